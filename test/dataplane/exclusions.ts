import type { GatewayObject } from '../../src/model/gateway.ts';
import type { WeightedBackend } from '../../src/verify/outcome.ts';
import type { KubernetesObject } from '../traffic/object.ts';
import type { Implementation } from './world/state.ts';

function isServable({ kind, spec }: KubernetesObject): boolean {
  if (kind !== 'Service') return true;
  const { type, ports } = (spec ?? {}) as { readonly type?: string; readonly ports?: readonly unknown[] };
  return type !== 'ExternalName' && ports !== undefined && ports.length > 0;
}

/** Why a fixture is not asked about; undefined when it is. */
export function unfit(name: string, options: readonly string[], objects: () => readonly KubernetesObject[]): string | undefined {
  if (name.startsWith('scenarios/input-')) return 'about reading, not about traffic';
  if (options.includes('--channel=experimental')) return 'for the experimental channel, which is not installed';
  try {
    return objects().every(isServable) ? undefined : 'holds Services without ports';
  } catch {
    return 'cannot be read as it is';
  }
}

/**
 * Why an implementation is not given the objects of one Gateway; undefined when it is.
 * Source: traefik, pkg/provider/kubernetes/gateway: httproute.go alone looks for BackendTLSPolicies, and UDP is no protocol of its listeners.
 */
export function notFor(implementation: Implementation, objects: readonly GatewayObject[]): string | undefined {
  if (implementation !== 'traefik') return undefined;
  const has = (kind: string): boolean => objects.some((object) => object.kind === kind);
  if (has('TCPRoute') || has('UDPRoute')) return 'Traefik has no entry points for other ports here';
  return has('GRPCRoute') && has('BackendTLSPolicy') ? 'Traefik reads no BackendTLSPolicy of a GRPCRoute' : undefined;
}

/** Why nobody answers what is forwarded: the objects are only held against the implementation then. undefined when somebody does. */
export function unreachable(objects: readonly GatewayObject[]): string | undefined {
  if (objects.some(({ kind }) => kind === 'BackendTLSPolicy')) return 'the backends have no certificate that the policy trusts';
  if (objects.some(({ kind }) => kind === 'Backend')) return 'the names of a Backend lead nowhere here';
  if (objects.some(({ kind, spec }) => kind === 'BackendTrafficPolicy' && spec['routingType'] === 'Service')) return 'the addresses of Services lead nowhere here';
  if (objects.some(({ kind, spec }) => kind === 'ClientTrafficPolicy' && (spec['enableProxyProtocol'] === true || spec['proxyProtocol'] !== undefined))) return 'requests come without the PROXY protocol';
  return undefined;
}

/** Why the backends of one request do not answer it. Source: traefik, pkg/provider/kubernetes/gateway/httproute.go, getHTTPServiceProtocol */
export function unanswered(backends: readonly WeightedBackend[], implementation: Implementation): string | undefined {
  return implementation === 'traefik' && backends.some(({ port }) => port === 443) ? 'Traefik speaks TLS to the port 443 of a Service, and trusts none here' : undefined;
}
