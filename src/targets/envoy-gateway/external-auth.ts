import { raise, type Finding, type Subject } from '../../diagnostics/finding.ts';
import type { GatewayObject, JsonObject } from '../../model/gateway.ts';
import { objectIn, textsIn } from '../../model/json.ts';
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
const forwardedHeaders: readonly string[] = ['cookie', 'authorization', 'x-forwarded-for', 'x-forwarded-proto', 'accept'];

/** Of the headers that the service names, those it does not have to see itself: they are taken out of every request before anything else. */
function removable({ responseHeaders }: ExternalAuthIntent): readonly string[] {
  return responseHeaders.map((name) => name.toLowerCase()).filter((name) => !forwardedHeaders.includes(name));
}

/** With the headers that other annotations of the rule pass on. */
function withAnswered(intent: ExternalAuthIntent, { rule }: LoweringContext): ExternalAuthIntent {
  const known = new Set(intent.responseHeaders.map((name) => name.toLowerCase()));
  const more = rule.intents.flatMap((other) => (other.kind === 'request-headers' ? (other.answered ?? []) : [])).filter((name) => !known.has(name.toLowerCase()));
  return more.length === 0 ? intent : { ...intent, responseHeaders: [...intent.responseHeaders, ...more] };
}

/** Headers, in lower case, that the answer of the service gives to the backends of a rule. */
export function setByService({ policies }: RuleDraft): ReadonlySet<string> {
  const named = policies.flatMap(({ spec }) => textsIn(objectIn(objectIn(spec, 'extAuth'), 'http'), 'headersToBackend'));
  return new Set(named.map((name) => name.toLowerCase()));
}

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

/**
 * The check of oauth2-proxy for nginx, under whatever prefix. It answers 202, which Envoy refuses; at its root it does the same check, then answers
 * as its upstream. What is let in there depends on settings that are not in the input, so somebody has to say that it is right. Never the path of
 * the request: /ping, /ready and /robots.txt answer 200 to everybody.
 * Source: buildServeMux, Proxy and AuthOnly in https://github.com/oauth2-proxy/oauth2-proxy/blob/v7.15.2/oauthproxy.go
 */
const oauth2Check = /\/oauth2\/auth(?=\?|$)/u;

const noSignin = 'a refused request gets the answer of the service (401) instead of a redirect to the sign-in page';

function differencesOf(intent: ExternalAuthIntent): readonly string[] {
  const taken = removable(intent);
  const list = [
    intent.method === '' || intent.method === 'GET' ? '' : `the sub-request has the method of the request instead of ${intent.method}`,
    taken.length === 0 ? '' : `what clients send as ${taken.join(', ')} is taken out at the whole Gateway`,
    intent.extras.size === 0 ? '' : `${[...intent.extras.keys()].join(', ')} has no counterpart`,
  ];
  return list.filter((part) => part !== '');
}

/** Who is asked: the Service of an in-cluster URL, or the one behind a host of the input. */
function serviceOf({ url, answeredBy }: ExternalAuthIntent): AuthService | undefined {
  return answeredBy?.kind === 'service' ? answeredBy : authService(url);
}

/** What somebody has to confirm before the rule may forward. */
function unconfirmed(intent: ExternalAuthIntent, { path }: AuthService, subject: Subject, args: { readonly object: string; readonly service: string }): readonly Finding[] {
  const kept = intent.responseHeaders.filter((name) => forwardedHeaders.includes(name.toLowerCase()));
  const query = path.includes('?') ? ['oauth2-proxy reads the query of its root since 7.13.0 alone'] : [];
  const also = (list: readonly string[]): string => list.map((text) => ` Also: ${text}.`).join('');
  if (oauth2Check.test(path)) {
    const own = raise(codes, 'envoy-gateway/oauth2-proxy-unconfirmed', subject, { ...args, differences: also([...query, ...differencesOf(intent)]) });
    return kept.length === 0 ? [own] : [own, raise(codes, 'envoy-gateway/client-header-kept', subject, { ...args, headers: kept.join(', '), differences: '' })];
  }
  const signin = intent.signinUrl === '' ? [] : [noSignin];
  return kept.length === 0 ? [] : [raise(codes, 'envoy-gateway/client-header-kept', subject, { ...args, headers: kept.join(', '), differences: also([...signin, ...differencesOf(intent)]) })];
}

export function lowerExternalAuth(asked: ExternalAuthIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  const intent = withAnswered(asked, context);
  const subject = subjectOf(intent, context);
  const object = nameOf(context);
  const service = serviceOf(intent);
  const namespace = context.rule.location.ingress?.ref.namespace ?? '';
  if (service === undefined) {
    const reason = intent.answeredBy?.kind === 'unusable' ? intent.answeredBy.reason : 'which is no Service of the cluster';
    return { kind: 'closed', findings: [raise(codes, 'envoy-gateway/external-auth-outside-cluster', subject, { object, url: intent.url, reason })] };
  }
  const answering = oauth2Check.test(service.path) ? { ...service, path: service.path.replace(/^[^?]*/u, '/') } : service;
  addPolicy(draft, 'SecurityPolicy', { extAuth: extAuth(intent, answering, namespace) });
  for (const name of removable(intent)) draft.identityHeaders.add(name);
  if (service.namespace !== namespace) draft.objects.push(grantFor(service, namespace));
  const args = { object, service: `${service.namespace}/${service.name}` };
  const [first, ...others] = unconfirmed(intent, service, subject, args);
  if (first !== undefined) return { kind: 'closed', findings: [first, ...others] };
  const differences = [...(intent.signinUrl === '' ? [] : [noSignin]), ...differencesOf(intent)].join('; ');
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/external-auth-differences', subject, { ...args, differences: differences === '' ? 'the service sees fewer headers' : differences })] };
}
