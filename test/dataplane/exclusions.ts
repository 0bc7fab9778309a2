import type { GatewayObject } from '../../src/model/gateway.ts';
import type { KubernetesObject } from '../traffic/object.ts';

const kinds = new Set(['Ingress', 'IngressClass', 'Service', 'Secret', 'ConfigMap', 'Namespace', 'EndpointSlice']);

function isServable({ kind, spec }: KubernetesObject): boolean {
  if (kind !== 'Service') return kinds.has(kind);
  const { type, ports } = (spec ?? {}) as { readonly type?: string; readonly ports?: readonly unknown[] };
  return type !== 'ExternalName' && ports !== undefined && ports.length > 0;
}

/** Options that say nothing about what is served here; the others need a Gateway, a class or a version of their own. */
const usual = /^--(?:regex-hosts|accept)/;

/** Why a fixture is not asked about; undefined when it is. */
export function unfit(name: string, options: readonly string[], objects: () => readonly KubernetesObject[]): string | undefined {
  if (name.startsWith('scenarios/input-')) return 'about reading, not about traffic';
  if (options.some((option) => !usual.test(option))) return `needs ${options.join(' ')}`;
  try {
    return objects().every(isServable) ? undefined : 'holds objects of other kinds, or Services without ports';
  } catch {
    return 'cannot be read as it is';
  }
}

/** Why the output is not served; undefined when it is. */
export function unfitOutput(objects: readonly GatewayObject[]): string | undefined {
  const gateways = objects.filter(({ kind }) => kind === 'Gateway');
  if (gateways.length === 0) return 'no Gateway comes out';
  if (gateways.length > 1) return 'several Gateways would need several addresses';
  if (objects.some(({ kind }) => kind === 'BackendTLSPolicy')) return 'the backends have no certificate that the policy trusts';
  if (objects.some(({ kind }) => kind === 'Backend')) return 'the names of a Backend lead nowhere here';
  if (objects.some(({ kind, spec }) => kind === 'BackendTrafficPolicy' && spec['routingType'] === 'Service')) return 'the addresses of Services lead nowhere here';
  return undefined;
}
