import type { GatewayObject } from '../model/gateway.ts';
import { compareText } from '../model/object.ts';

const rankOfKind: ReadonlyMap<string, number> = new Map([
  ['GatewayClass', 0],
  ['Gateway', 1],
  ['ReferenceGrant', 2],
  ['HTTPRoute', 4],
  ['GRPCRoute', 4],
  ['TLSRoute', 4],
  ['TCPRoute', 4],
  ['UDPRoute', 4],
]);
const rankOfPolicies = 3;

/**
 * The order of the output: classes and Gateways, grants, then policies and all they need, then routes. Routes come last, so that applying the
 * objects one after the other never leaves a route without its protection. Within each, by kind (routes: not), namespace and name.
 */
export function inOrder(objects: readonly GatewayObject[]): readonly GatewayObject[] {
  const keyed = objects.map((object) => {
    const { kind, metadata } = object;
    const rank = rankOfKind.get(kind) ?? rankOfPolicies;
    return { object, rank, namespace: metadata.namespace ?? '', group: rank === rankOfPolicies ? kind : '' };
  });
  keyed.sort(
    (a, b) =>
      a.rank - b.rank ||
      compareText(a.namespace, b.namespace) ||
      compareText(a.group, b.group) ||
      compareText(a.object.metadata.name, b.object.metadata.name) ||
      compareText(a.object.kind, b.object.kind),
  );
  return keyed.map(({ object }) => object);
}
