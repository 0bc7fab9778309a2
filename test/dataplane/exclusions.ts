import type { GatewayObject } from '../../src/model/gateway.ts';
import type { KubernetesObject } from '../traffic/object.ts';

const kinds = new Set(['Ingress', 'IngressClass', 'Service', 'Secret', 'ConfigMap', 'Namespace', 'EndpointSlice']);

/** Options that say nothing about what is served here; the others need a Gateway, a class or a version of their own. */
const usual = /^--(?:regex-hosts|accept)/;

/** Why a fixture is not asked about; undefined when it is. */
export function unfit(name: string, options: readonly string[], objects: () => readonly KubernetesObject[]): string | undefined {
  if (name.startsWith('scenarios/input-')) return 'about reading, not about traffic';
  if (options.some((option) => !usual.test(option))) return `needs ${options.join(' ')}`;
  try {
    return objects().every(({ kind }) => kinds.has(kind)) ? undefined : 'holds objects of other kinds';
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
  return undefined;
}
