import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { bool } from './untranslated-grammar.ts';
import type { Siblings } from './untranslated-table.ts';

/** Why an annotation changes nothing on an Ingress, as a clause; undefined when it does. */
type Idle = (siblings: Siblings, settings: ControllerSettings) => string | undefined;

export const needs =
  (name: AnnotationName, consequence: string): Idle =>
  (siblings) =>
    siblings(name) === '' ? `${name} is absent, and ${consequence}` : undefined;

const enabled = (siblings: Siblings, name: AnnotationName): boolean => bool(siblings(name)) === 'true';

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/opentelemetry/main.go */
export const needsTracing: Idle = (siblings) =>
  enabled(siblings, 'enable-opentelemetry') ? undefined : 'it is read only beside enable-opentelemetry: "true" on the same Ingress';

/** Neither directive is used while answers pass unbuffered: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering */
export const needsBuffering: Idle = (siblings, settings) => {
  const buffering = siblings('proxy-buffering');
  const on = buffering === 'on' || (buffering !== 'off' && settings.raw.get('proxy-buffering') === 'on');
  return on ? undefined : 'answers pass unbuffered unless proxy-buffering is on';
};

export const needsFastcgi: Idle = (siblings) =>
  siblings('backend-protocol').toUpperCase() === 'FCGI' ? undefined : 'the backend is not spoken to in FastCGI (backend-protocol: FCGI)';

/** Order of precedence: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua (get_implementation) */
export const affinityWins: Idle = (siblings) =>
  siblings('affinity') === 'cookie' ? 'affinity: cookie takes precedence over any other choice of endpoint' : undefined;

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go (buildModSecurityForLocation) */
export const modsecurityIsOff: Idle = (siblings, settings) => {
  const own = bool(siblings('enable-modsecurity')) ?? settings.raw.get('enable-modsecurity');
  return own === 'true' ? undefined : 'ModSecurity is not switched on (enable-modsecurity)';
};

/**
 * The two work as a pair. `off` and `default` stand alone and rewrite at most Locations that name the controller's internal upstream,
 * which no backend sends; a `from` without `to` writes no directive. See proxy_redirect in
 * https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
export const redirectPairIncomplete: Idle = (siblings, settings) => {
  const of = (name: 'proxy-redirect-from' | 'proxy-redirect-to'): string => siblings(name) || (settings.raw.get(name) ?? 'off');
  const from = of('proxy-redirect-from');
  if (from === 'off' || from === 'default') return `proxy-redirect-from is ${from}, so no text is replaced`;
  return of('proxy-redirect-to') === 'off' ? 'proxy-redirect-to is off, so no text is replaced' : undefined;
};
