import type { GatewayObject } from '../model/gateway.ts';

export interface ObjectIndex {
  readonly get: (group: string, kind: string, namespace: string, name: string) => GatewayObject | undefined;
  /** The output holds objects of the kind, so references to it stay inside the output. */
  readonly holds: (group: string, kind: string) => boolean;
  /** Objects whose name an earlier object of their kind has. */
  readonly repeated: readonly GatewayObject[];
}

/** `gateway.networking.k8s.io/v1` -> `gateway.networking.k8s.io`; '' for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

export function indexObjects(objects: readonly GatewayObject[]): ObjectIndex {
  const types = new Map<string, Map<string, GatewayObject>>();
  const repeated: GatewayObject[] = [];
  for (const object of objects) {
    const type = `${groupOf(object.apiVersion)}/${object.kind}`;
    let names = types.get(type);
    if (names === undefined) types.set(type, (names = new Map<string, GatewayObject>()));
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    if (names.has(key)) repeated.push(object);
    else names.set(key, object);
  }
  return {
    get: (group, kind, namespace, name) => types.get(`${group}/${kind}`)?.get(`${namespace}/${name}`),
    holds: (group, kind) => types.has(`${group}/${kind}`),
    repeated,
  };
}
