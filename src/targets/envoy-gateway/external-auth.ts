import { raise } from '../../diagnostics/finding.ts';
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

function differencesOf(intent: ExternalAuthIntent): string {
  const list = [
    intent.signinUrl === '' ? '' : 'a refused request gets 401 instead of a redirect to the sign-in page',
    intent.method === '' || intent.method === 'GET' ? '' : `the sub-request has the method of the request instead of ${intent.method}`,
    intent.extras.size === 0 ? '' : `${[...intent.extras.keys()].join(', ')} has no counterpart`,
  ].filter((part) => part !== '');
  return list.length === 0 ? 'the service sees fewer headers' : list.join('; ');
}

export function lowerExternalAuth(intent: ExternalAuthIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  const subject = subjectOf(intent, context);
  const object = nameOf(context);
  const service = authService(intent.url);
  const namespace = context.rule.location.ingress?.ref.namespace ?? '';
  if (service === undefined) {
    return { kind: 'closed', findings: [raise(codes, 'envoy-gateway/external-auth-outside-cluster', subject, { object, url: intent.url })] };
  }
  addPolicy(draft, 'SecurityPolicy', { extAuth: extAuth(intent, service, namespace) });
  if (service.namespace !== namespace) draft.objects.push(grantFor(service, namespace));
  const finding = raise(codes, 'envoy-gateway/external-auth-differences', subject, {
    object,
    service: `${service.namespace}/${service.name}`,
    differences: differencesOf(intent),
  });
  return { kind: 'approximate', findings: [finding] };
}
