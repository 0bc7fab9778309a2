import { objectsIn } from '../model/json.ts';
import { compareText } from '../model/object.ts';
import { attachmentsOf, listenerHost, scopeOf, type ParentLookup } from './attachments.ts';
import { byName, freeOf, indexById, pairingOf, type Counterpart, type Pairing } from './pairing.ts';
import type { NormalObject } from './normal.ts';

/** Listeners that name a host: one without says nothing about whose it is. */
const namedListeners = ({ spec }: NormalObject): readonly string[] =>
  objectsIn(spec, 'listeners').filter((listener) => listenerHost(listener) !== '').map((listener) => `${scopeOf(listener)} ${listenerHost(listener)}`);

/** For each Gateway of the conversion: the parents that the counterparts of its routes have today, and how many of them. */
function votesOf(routes: readonly Counterpart[], lookups: { readonly desired: ParentLookup; readonly existing: ParentLookup }): ReadonlyMap<string, readonly string[]> {
  const votes = new Map<string, string[]>();
  for (const { desired, existing } of routes) {
    const today = existing.flatMap((route) => [...new Set(attachmentsOf(route, lookups.existing).map(({ parent }) => parent))]);
    for (const parent of new Set(attachmentsOf(desired, lookups.desired).map((attachment) => attachment.parent))) {
      const known = votes.get(parent);
      if (known === undefined) votes.set(parent, today);
      else known.push(...today);
    }
  }
  return votes;
}

function mostLike(gateway: NormalObject, candidates: readonly NormalObject[], votes: readonly string[]): NormalObject | undefined {
  const listeners = new Set(namedListeners(gateway));
  const scored = candidates
    .filter(({ kind }) => kind === gateway.kind)
    .map((candidate) => ({ candidate, score: votes.filter((id) => id === candidate.id).length + namedListeners(candidate).filter((key) => listeners.has(key)).length }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || compareText(a.candidate.id, b.candidate.id));
  return scored[0]?.candidate;
}

/** A Gateway that exists is the conversion's under another name when routes for the same requests attach to it, or its listeners name the same hosts. */
export function pairGateways(desired: readonly NormalObject[], existing: readonly NormalObject[], routes: readonly Counterpart[], lookups: { readonly desired: ParentLookup; readonly existing: ParentLookup }): Pairing {
  const names = indexById(existing);
  const votes = votesOf(routes, lookups);
  let free = freeOf(desired, existing);
  const counterparts = desired.map((gateway): Counterpart => {
    const named = byName(gateway, names);
    if (named !== undefined) return named;
    const found = mostLike(gateway, free, votes.get(gateway.id) ?? []);
    free = free.filter((candidate) => candidate !== found);
    return { desired: gateway, existing: found === undefined ? [] : [found], by: 'meaning' };
  });
  return pairingOf(counterparts, existing);
}
