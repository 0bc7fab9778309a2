import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { bool, onOff } from './spelling.ts';

/** Text of the other annotations of the Ingress, as written; '' when absent. */
export type Siblings = (name: AnnotationName) => string;

/** Why an annotation changes nothing on an Ingress, as a clause; undefined when it does. */
export type Idle = (siblings: Siblings, settings: ControllerSettings) => string | undefined;

export const needs =
  (name: AnnotationName, consequence: string): Idle =>
  (siblings) =>
    siblings(name).trim() === '' ? `${name} is absent, and ${consequence}` : undefined;

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/opentelemetry/main.go */
export const needsTracing: Idle = (siblings) =>
  bool(siblings('enable-opentelemetry')) === 'true' ? undefined : 'it is read only beside enable-opentelemetry: "true" on the same Ingress';

/** None of these directives is used while answers pass unbuffered: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering */
export const needsBuffering: Idle = (siblings, settings) => {
  const on = (onOff(siblings('proxy-buffering')) ?? settings.raw.get('proxy-buffering')) === 'on';
  return on ? undefined : 'answers pass unbuffered unless proxy-buffering is on';
};

/** How the backend is spoken to, in the letter case of the controller; '' for its default. */
export const protocolOf = (siblings: Siblings): string => siblings('backend-protocol').trim().toUpperCase();

export const needsFastcgi: Idle = (siblings) =>
  protocolOf(siblings) === 'FCGI' ? undefined : 'the backend is not spoken to in FastCGI (backend-protocol: FCGI)';

/** Order of precedence: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua (get_implementation) */
export const affinityWins: Idle = (siblings) =>
  siblings('affinity').trim() === 'cookie' ? 'affinity: cookie takes precedence over any other choice of endpoint' : undefined;

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go (buildModSecurityForLocation) */
export const modsecurityIsOff: Idle = (siblings, settings) => {
  const own = bool(siblings('enable-modsecurity')) ?? settings.raw.get('enable-modsecurity');
  return own === 'true' ? undefined : 'ModSecurity is not switched on (enable-modsecurity)';
};

/** The first reason that holds. */
export const anyOf =
  (...reasons: readonly Idle[]): Idle =>
  (siblings, settings) => {
    for (const reason of reasons) {
      const found = reason(siblings, settings);
      if (found !== undefined) return found;
    }
    return undefined;
  };
