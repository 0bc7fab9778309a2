import type { KubernetesObject } from './world/api.ts';

/** Kinds the oracle can serve. */
const kinds = new Set(['Ingress', 'IngressClass', 'Service', 'Secret', 'ConfigMap', 'Namespace', 'EndpointSlice']);

function isServable({ apiVersion, kind, metadata }: KubernetesObject): boolean {
  return kinds.has(kind) && typeof metadata.name === 'string' && (kind !== 'Ingress' || apiVersion === 'networking.k8s.io/v1');
}

/** Why a fixture is not asked about; undefined when it is. */
export function unfit(name: string, options: readonly string[], objects: () => readonly KubernetesObject[]): string | undefined {
  if (name.startsWith('scenarios/input-')) return 'about reading, not about traffic';
  if (options.some((option) => !option.startsWith('--regex-hosts') && !option.startsWith('--gateway') && !option.startsWith('--accept'))) return `needs ${options.join(' ')}`;
  return objects().every(isServable) ? undefined : 'holds objects of other kinds or versions';
}
