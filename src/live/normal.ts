import type { GatewayObject, Json, JsonObject } from '../model/gateway.ts';
import type { ObjectRef } from '../model/object.ts';
import { isList, isMap, sortedBy, withEntries } from './canonical.ts';
import { canonicalDuration } from './duration.ts';
import { fillIn } from './fill.ts';
import { schemaOf } from './schema.ts';

/** An object without what does not count: what the API server added, and orders that mean nothing. */
export interface NormalObject {
  /** `KIND.GROUP NAMESPACE/NAME`: versions of an API hold the same objects. */
  readonly id: string;
  /** As it is written. */
  readonly ref: ObjectRef;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: JsonObject;
}

const clusterScoped: ReadonlySet<string> = new Set(['GatewayClass']);
/** Lists that the CRDs keep in order, but whose order the Gateway API gives no meaning. */
const unordered: ReadonlySet<string> = new Set(['parentRefs', 'hostnames', 'backendRefs', 'targetRefs', 'certificateRefs', 'from', 'to']);
const durations: ReadonlySet<string> = new Set(['request', 'backendRequest', 'backoff', 'idleTimeout', 'absoluteTimeout']);

export const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');

export function idOf(group: string, kind: string, namespace: string, name: string): string {
  return `${kind}.${group} ${namespace}/${name}`;
}

/** References say their namespace only where it is another one; what has no order comes in one. */
export function tidy(value: Json, namespace: string): Json {
  if (isList(value)) return value.map((item) => tidy(item, namespace));
  if (!isMap(value)) return value;
  const isReference = typeof value['name'] === 'string' && typeof value['kind'] === 'string';
  return withEntries(value, (key, entry) => {
    if (isReference && key === 'namespace' && entry === namespace) return undefined;
    if (durations.has(key) && typeof entry === 'string') return canonicalDuration(entry);
    const tidied = tidy(entry, namespace);
    return unordered.has(key) && isList(tidied) ? sortedBy(tidied) : tidied;
  });
}

const noTexts: Readonly<Record<string, string>> = {};

/** @param fallback namespace of objects that state none */
export function normalise({ apiVersion, kind, metadata, spec }: GatewayObject, fallback: string): NormalObject {
  const group = groupOf(apiVersion);
  const namespace = clusterScoped.has(kind) ? '' : (metadata.namespace ?? fallback);
  const node = schemaOf(group, kind);
  const filled = node === undefined ? spec : fillIn(spec, node);
  const tidied = tidy(filled, namespace);
  return {
    id: idOf(group, kind, namespace, metadata.name),
    ref: { apiVersion, kind, namespace, name: metadata.name },
    group,
    kind,
    namespace,
    name: metadata.name,
    labels: metadata.labels ?? noTexts,
    annotations: metadata.annotations ?? noTexts,
    spec: isMap(tidied) ? tidied : {},
  };
}
