import type { Ingress } from './model/ingress.ts';
import type { Inventory } from './model/inventory.ts';

/** `name`: Ingresses without a creation time were created in one second. A list: NAMESPACE/NAME, the oldest first. */
export type AssumedOrder = 'name' | readonly string[];

/** Later than any time that a cluster states: what has none is not in the cluster yet. */
const later = 8_640_000_000_000_000;

const nameOf = ({ ref }: Ingress): string => `${ref.namespace}/${ref.name}`;

/** Names of the order that no Ingress of the input has. */
export function unknownNames({ ingresses }: Inventory, order: AssumedOrder): readonly string[] {
  const known = new Set(ingresses.map(nameOf));
  return order === 'name' ? [] : order.filter((name) => !known.has(name));
}

/** The inventory as if its Ingresses stated what the user assumes. A stated creation time always wins. */
export function assumeOrder(inventory: Inventory, order: AssumedOrder): Inventory {
  const placeOf = (ingress: Ingress): number | undefined => {
    if (order === 'name') return 0;
    const place = order.indexOf(nameOf(ingress));
    return place < 0 ? undefined : place;
  };
  const ingresses = inventory.ingresses.map((ingress) => {
    const place = ingress.createdAtMs === undefined ? placeOf(ingress) : undefined;
    return place === undefined ? ingress : { ...ingress, createdAtMs: later + place, orderAssumed: true };
  });
  return { ...inventory, ingresses };
}
