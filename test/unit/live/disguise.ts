import fc from 'fast-check';
import type { GatewayObject, Json, JsonObject } from '../../../src/model/gateway.ts';

export const isMap = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** Rebuilds a value from the inside out; `key` is the field it stands in, '' for items of the root. */
export function rebuilt(value: Json, change: (value: Json, key: string) => Json, key = ''): Json {
  if (isList(value)) return change(value.map((item) => rebuilt(item, change, `${key}[]`)), key);
  if (!isMap(value)) return change(value, key);
  return change(Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, entry === undefined ? undefined : rebuilt(entry, change, name)])), key);
}

export function respecced(object: GatewayObject, change: (value: Json, key: string) => Json): GatewayObject {
  const spec = rebuilt(object.spec, change);
  return { ...object, spec: isMap(spec) ? spec : {} };
}

const gatewayGroup = 'gateway.networking.k8s.io';

/** What the API server was seen to add (kube-apiserver 1.37 with the CRDs of 1.7), written here by hand. */
function withDefaults(value: Json, key: string): Json {
  if (!isMap(value)) return value;
  if (key === 'parentRefs[]') return { group: gatewayGroup, kind: 'Gateway', ...value };
  if (key === 'backendRefs[]') return { group: '', kind: 'Service', weight: 1, ...value };
  if (key === 'certificateRefs[]') return { group: '', kind: 'Secret', ...value };
  if (key === 'tls' && 'certificateRefs' in value) return { mode: 'Terminate', ...value };
  if (key === 'headers[]' || key === 'queryParams[]') return 'name' in value && 'value' in value ? { type: 'Exact', ...value } : value;
  if (key === 'path' && 'value' in value && !('replaceFullPath' in value)) return { type: 'PathPrefix', ...value };
  if (key === 'listeners[]') return { allowedRoutes: { namespaces: { from: 'Same' } }, ...value };
  return value;
}

/** As `kubectl get -o yaml` would show the object. */
export function stored(object: GatewayObject): GatewayObject {
  const metadata = { ...object.metadata, uid: 'b1f7', resourceVersion: '42', generation: 3, creationTimestamp: '2026-01-01T00:00:00Z', managedFields: [{ manager: 'kubectl' }] };
  const annotations = { ...object.metadata.annotations, 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'argocd.argoproj.io/tracking-id': 'x' };
  return Object.assign(respecced(object, withDefaults), { metadata: { ...metadata, annotations, labels: { ...object.metadata.labels, 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, status: { parents: [] } });
}

const named = new Set(['Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute']);
const other = (name: Json | undefined): Json | undefined => (typeof name === 'string' ? `x-${name}` : name);

/** Other names for Gateways, routes, listeners and rules of the output, and for all that refers to them. */
export function renamedByHand(object: GatewayObject, _index: number, all: readonly GatewayObject[]): GatewayObject {
  const isOurs = (kind: string, name: Json | undefined): boolean => all.some((candidate) => candidate.kind === kind && candidate.metadata.name === name);
  const renamed = respecced(object, (value, key) => {
    if (!isMap(value)) return value;
    const { name, sectionName } = value;
    if (key === 'listeners[]' || (key === 'rules[]' && named.has(object.kind) && name !== undefined)) return { ...value, name: other(name) };
    if ((key === 'parentRefs[]' && isOurs('Gateway', name)) || (key === 'targetRefs[]' && typeof value['kind'] === 'string' && named.has(value['kind']) && isOurs(value['kind'], name))) {
      return { ...value, name: other(name), ...(sectionName === undefined ? {} : { sectionName: other(sectionName) }) };
    }
    return value;
  });
  return named.has(object.kind) ? { ...renamed, metadata: { ...renamed.metadata, name: `x-${renamed.metadata.name}` } } : renamed;
}

/** Lists whose order has no meaning, and the keys of every map. */
const unordered = new Set(['listeners', 'parentRefs', 'hostnames', 'backendRefs', 'certificateRefs', 'headers', 'set', 'add', 'remove', 'allowMethods', 'allowHeaders', 'exposeHeaders']);

/** The same object, written by somebody else: a shuffle for each seed. */
export function shuffled(object: GatewayObject, seed: number): GatewayObject {
  const orderOf = <T>(items: readonly T[]): readonly T[] => fc.sample(fc.shuffledSubarray([...items], { minLength: items.length }), { seed, numRuns: 1 })[0] ?? items;
  return respecced(object, (value, key) => {
    if (isList(value)) return unordered.has(key) ? orderOf(value) : value;
    return isMap(value) ? Object.fromEntries(orderOf(Object.entries(value))) : value;
  });
}
