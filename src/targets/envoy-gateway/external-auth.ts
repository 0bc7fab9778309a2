import { raise, type Subject } from '../../diagnostics/finding.ts';
import type { GatewayObject, JsonObject } from '../../model/gateway.ts';
import type { ExternalAuthIntent } from '../../plan/intents.ts';
import type { LoweringContext, Verdict } from '../define.ts';
import type { RuleDraft } from '../draft.ts';
import { subjectOf } from '../subject.ts';
import { codes } from './codes.ts';
import { addPolicy, envoyGatewayGroup } from './policies.ts';
import { nameOf } from './protections.ts';

interface AuthService {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  /** Path and query of the sub-request; `/` when the URL has none. */
  readonly path: string;
}

const serviceUrl = /^http:\/\/([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc(?:\.[a-z0-9.-]+)?)?(?::(\d+))?(\/[^$]*)?$/u;

/** The Service behind an in-cluster URL; undefined for other hosts, https, and URLs with variables in host or path. */
export function authService(url: string): AuthService | undefined {
  const match = serviceUrl.exec(url);
  const [, name, namespace, port, path] = match ?? [];
  if (name === undefined || namespace === undefined) return undefined;
  // A public two-label host such as auth.example would look like a Service; only .svc or a port says that it is one.
  if (!/\.svc[.:/]|\.svc$/u.test(url) && port === undefined) return undefined;
  return { name, namespace, port: port === undefined ? 80 : Number(port), path: path ?? '/' };
}

/** A SecurityPolicy may name a Service of another namespace only with a grant there (gateway.networking.k8s.io ReferenceGrant). */
function grantFor(service: AuthService, from: string): GatewayObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: `security-policies-of-${from}-to-${service.name}`, namespace: service.namespace },
    spec: {
      from: [{ group: envoyGatewayGroup, kind: 'SecurityPolicy', namespace: from }],
      to: [{ group: '', kind: 'Service', name: service.name }],
    },
  };
}

/** nginx sends every request header to the service; Envoy only the listed ones, and Authorization. */
const forwardedHeaders = ['cookie', 'authorization', 'x-forwarded-for', 'x-forwarded-proto', 'accept'];

function extAuth(intent: ExternalAuthIntent, service: AuthService, routeNamespace: string): JsonObject {
  return {
    headersToExtAuth: forwardedHeaders,
    failOpen: false,
    http: {
      backendRefs: [{ name: service.name, port: service.port, ...(service.namespace === routeNamespace ? {} : { namespace: service.namespace }) }],
      pathOverride: service.path,
      ...(intent.responseHeaders.length === 0 ? {} : { headersToBackend: [...intent.responseHeaders] }),
    },
  };
}

/** The check of oauth2-proxy for nginx, under whatever prefix. */
const oauth2Check = /\/oauth2\/auth(?=\?|$)/u;

function differencesOf(intent: ExternalAuthIntent): readonly string[] {
  const list = [
    intent.method === '' || intent.method === 'GET' ? '' : `the sub-request has the method of the request instead of ${intent.method}`,
    intent.extras.size === 0 ? '' : `${[...intent.extras.keys()].join(', ')} has no counterpart`,
  ];
  return list.filter((part) => part !== '');
}

/** As it is asked today: what the service answers to a refused request is what the client gets. */
function lowerDirectly(intent: ExternalAuthIntent, service: AuthService, object: string, subject: Subject): Verdict {
  const signin = intent.signinUrl === '' ? [] : ['a refused request gets 401 instead of a redirect to the sign-in page'];
  const list = [...signin, ...differencesOf(intent)];
  const differences = list.length === 0 ? 'the service sees fewer headers' : list.join('; ');
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/external-auth-differences', subject, { object, service: `${service.namespace}/${service.name}`, differences })] };
}

/**
 * oauth2-proxy answers 202 at its check for nginx, which Envoy refuses; at its root it does the same check, then answers as its upstream. What
 * is let in there depends on settings that are not in the input, so somebody has to say that it is right. Never the path of the request: /ping,
 * /ready and /robots.txt answer 200 to everybody.
 * Source: buildServeMux, Proxy and AuthOnly in https://github.com/oauth2-proxy/oauth2-proxy/blob/v7.15.2/oauthproxy.go
 */
function lowerAtRoot(intent: ExternalAuthIntent, service: AuthService, object: string, subject: Subject): Verdict {
  const differences = [...(service.path.includes('?') ? ['oauth2-proxy reads the query of its root since 7.13.0 alone'] : []), ...differencesOf(intent)].map((text) => ` Also: ${text}.`).join('');
  return { kind: 'closed', findings: [raise(codes, 'envoy-gateway/oauth2-proxy-unconfirmed', subject, { object, service: `${service.namespace}/${service.name}`, differences })] };
}

/** Who is asked: the Service of an in-cluster URL, or the one behind a host of the input. */
function serviceOf({ url, answeredBy }: ExternalAuthIntent): AuthService | undefined {
  return answeredBy?.kind === 'service' ? answeredBy : authService(url);
}

export function lowerExternalAuth(intent: ExternalAuthIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  const subject = subjectOf(intent, context);
  const object = nameOf(context);
  const service = serviceOf(intent);
  const namespace = context.rule.location.ingress?.ref.namespace ?? '';
  if (service === undefined) {
    const reason = intent.answeredBy?.kind === 'unusable' ? intent.answeredBy.reason : 'which is no Service of the cluster';
    return { kind: 'closed', findings: [raise(codes, 'envoy-gateway/external-auth-outside-cluster', subject, { object, url: intent.url, reason })] };
  }
  const atRoot = oauth2Check.test(service.path);
  const asked = atRoot ? { ...service, path: service.path.replace(/^[^?]*/u, '/') } : service;
  addPolicy(draft, 'SecurityPolicy', { extAuth: extAuth(intent, asked, namespace) });
  if (service.namespace !== namespace) draft.objects.push(grantFor(service, namespace));
  return atRoot ? lowerAtRoot(intent, service, object, subject) : lowerDirectly(intent, service, object, subject);
}
