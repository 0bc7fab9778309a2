import { compareText } from '../model/object.ts';
import { attachmentsOf, scopesOverlap, type Attachment, type ParentLookup } from './attachments.ts';
import { entriesOf, entryKey } from './entries.ts';
import { byName, freeOf, indexById, pairingOf, type Counterpart, type Pairing } from './pairing.ts';
import type { NormalObject } from './normal.ts';

interface Seen {
  readonly route: NormalObject;
  readonly attachments: readonly Attachment[];
  /** Keys of its entries, and its hosts. */
  readonly keys: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
}

function seenOf(route: NormalObject, lookup: ParentLookup): Seen {
  const entries = entriesOf(route);
  return {
    route,
    attachments: attachmentsOf(route, lookup),
    keys: new Set(entries.map((entry) => `${route.kind} ${entryKey(entry)}`)),
    hosts: new Set(entries.map(({ host }) => `${route.kind} ${host}`)),
  };
}

function indexed(routes: readonly Seen[], keysOf: (seen: Seen) => ReadonlySet<string>): ReadonlyMap<string, readonly Seen[]> {
  const index = new Map<string, Seen[]>();
  for (const seen of routes) {
    for (const key of keysOf(seen)) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [seen]);
      else known.push(seen);
    }
  }
  return index;
}

const servesAnyHost = ({ hosts, route }: Seen): boolean => hosts.has(`${route.kind} `);

/** A host is evidence that two routes have to do with each other; without one, only a common namespace or Gateway is. */
function mayMeet(a: Seen, b: Seen): boolean {
  if (!scopesOverlap(a.attachments, b.attachments)) return false;
  if (!servesAnyHost(a) || a.route.namespace === b.route.namespace) return true;
  return a.attachments.some(({ parent }) => b.attachments.some((other) => other.parent === parent));
}

function meeting(seen: Seen, keys: ReadonlySet<string>, index: ReadonlyMap<string, readonly Seen[]>): ReadonlySet<Seen> {
  return new Set([...keys].flatMap((key) => index.get(key) ?? []).filter((other) => mayMeet(seen, other)));
}

const inOrder = (found: Iterable<Seen>): readonly NormalObject[] => [...found].map(({ route }) => route).sort((a, b) => compareText(a.id, b.id));

/**
 * Finds for each route of the conversion what serves its requests today: the object of its name, or every route with an equal match on an
 * equal host that listens on the same scheme. Where no match is equal, a route for the same host will do, unless it is another one's.
 */
export function pairRoutes(desired: readonly NormalObject[], existing: readonly NormalObject[], lookups: { readonly desired: ParentLookup; readonly existing: ParentLookup }): Pairing {
  const names = indexById(existing);
  const free = freeOf(desired, existing).map((route) => seenOf(route, lookups.existing));
  const byKey = indexed(free, ({ keys }) => keys);
  const byHost = indexed(free, ({ hosts }) => hosts);
  const taken = new Set<Seen>();
  const first = desired.map((route) => {
    const named = byName(route, names);
    if (named !== undefined) return { route, named };
    const seen = seenOf(route, lookups.desired);
    const found = meeting(seen, seen.keys, byKey);
    for (const other of found) taken.add(other);
    return { route, seen, found };
  });
  const counterparts = first.map(({ route, named, seen, found }): Counterpart => {
    if (named !== undefined) return named;
    if (found.size > 0) return { desired: route, existing: inOrder(found), by: 'meaning' };
    return { desired: route, existing: inOrder([...meeting(seen, seen.hosts, byHost)].filter((other) => !taken.has(other))), by: 'meaning' };
  });
  return pairingOf(counterparts, existing);
}
