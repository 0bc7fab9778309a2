import type { GatewayObject } from '../model/gateway.ts';
import { groupOf } from './object-index.ts';
import { grantOf, namespaceOf, type Reference } from './shapes.ts';

/** Whether `from` may name `reference` of another namespace. */
export type Grants = (from: GatewayObject, reference: Required<Pick<Reference, 'group' | 'kind' | 'namespace' | 'name'>>) => boolean;

/** Source: https://gateway-api.sigs.k8s.io/api-types/referencegrant/ */
export function indexGrants(objects: readonly GatewayObject[]): Grants {
  const granted = new Set<string>();
  for (const object of objects) {
    if (object.kind !== 'ReferenceGrant') continue;
    const { from, to } = grantOf(object);
    for (const source of from) {
      for (const target of to) {
        granted.add([source.group, source.kind, source.namespace, target.group, target.kind, namespaceOf(object), target.name ?? '*'].join(' '));
      }
    }
  }
  return (from, { group, kind, namespace, name }) => {
    const pair = [groupOf(from.apiVersion), from.kind, namespaceOf(from), group, kind, namespace].join(' ');
    return granted.has(`${pair} ${name}`) || granted.has(`${pair} *`);
  };
}
