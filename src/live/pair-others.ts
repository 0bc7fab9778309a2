import { canonicalText } from './canonical.ts';
import { byName, freeOf, indexById, pairingOf, type Counterpart, type Pairing } from './pairing.ts';
import type { NormalObject } from './normal.ts';
import { renamed, type Renames } from './renames.ts';

/** What stands for an object of a kind whose name nobody chose: what a policy is about, and the whole of everything else. */
function meaningOf({ group, kind, spec }: NormalObject, namespace: string): string {
  return canonicalText([kind, group, namespace, spec['targetRefs'] ?? spec]);
}

/** Policies, grants and objects that routes refer to, once Gateways and routes have the conversion's names. */
export function pairOthers(desired: readonly NormalObject[], existing: readonly NormalObject[], renames: Renames): Pairing {
  const names = indexById(existing);
  const free = new Map<string, NormalObject>();
  for (const object of freeOf(desired, existing)) {
    const meaning = meaningOf(renamed(object, renames), object.namespace);
    if (!free.has(meaning)) free.set(meaning, object);
  }
  const counterparts = desired.map((object): Counterpart => {
    const named = byName(object, names);
    if (named !== undefined) return named;
    const meaning = meaningOf(object, object.namespace);
    const found = free.get(meaning);
    free.delete(meaning);
    return { desired: object, existing: found === undefined ? [] : [found], by: 'meaning' };
  });
  return pairingOf(counterparts, existing);
}
