import type { GatewayObject } from '../model/gateway.ts';

export interface ObjectIndex {
  readonly get: (group: string, kind: string, namespace: string, name: string) => GatewayObject | undefined;
  /** The output holds objects of the kind, so references to it stay inside the output. */
  readonly holds: (group: string, kind: string) => boolean;
}

/** `gateway.networking.k8s.io/v1` -> `gateway.networking.k8s.io`; '' for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

const typeKey = ({ apiVersion, kind }: GatewayObject): string => `${groupOf(apiVersion)}/${kind}`;
const keyOf = (object: GatewayObject): string => `${typeKey(object)}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;

export function indexObjects(objects: readonly GatewayObject[]): ObjectIndex {
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const types = new Set(objects.map(typeKey));
  return {
    get: (group, kind, namespace, name) => byKey.get(`${group}/${kind}/${namespace}/${name}`),
    holds: (group, kind) => types.has(`${group}/${kind}`),
  };
}

/** Objects whose name an earlier object of their kind has. */
export function repeatedObjects(objects: readonly GatewayObject[]): readonly GatewayObject[] {
  const seen = new Set<string>();
  return objects.filter((object) => {
    const key = keyOf(object);
    const repeated = seen.has(key);
    seen.add(key);
    return repeated;
  });
}
