import { textsIn } from '../model/json.ts';
import { compareText } from '../model/object.ts';
import { redirects, sameAction } from './action.ts';
import { attachmentsOf, scopesOverlap, type Attachment, type ParentLookup } from './attachments.ts';
import { entriesFor, entriesOf, entryKey } from './entries.ts';
import { hostsOf } from './host.ts';
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

/**
 * One route for wider hosts that does already all that this one is to do, or redirects where this one does: a redirect to HTTPS for everybody.
 * It has to be attached to a Gateway that serves other routes of the conversion today: what another Gateway does says nothing about these hosts.
 */
function covering({ route, attachments }: Seen, free: readonly Seen[], gateways: ReadonlySet<string>): Seen | undefined {
  const hosts = hostsOf(textsIn(route.spec, 'hostnames'));
  const wanted = entriesOf(route);
  return free.find((other) => {
    if (other.route.kind !== route.kind || !scopesOverlap(attachments, other.attachments) || !other.attachments.some(({ parent }) => gateways.has(parent))) return false;
    const found = new Map(entriesFor(hosts, entriesOf(other.route)).map((entry) => [entryKey(entry), entry]));
    return wanted.length === found.size && wanted.every((entry) => {
      const today = found.get(entryKey(entry));
      return today !== undefined && (sameAction(today.action, entry.action) || (redirects(today.action) && redirects(entry.action)));
    });
  });
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
  const gateways = new Set([...[...taken].flatMap(({ attachments }) => attachments), ...first.flatMap(({ route }) => attachmentsOf(route, lookups.desired))].map(({ parent }) => parent));
  const counterparts = first.map(({ route, named, seen, found }): Counterpart => {
    if (named !== undefined) return named;
    if (found.size > 0) return { desired: route, existing: inOrder(found), by: 'meaning' };
    const ofHost = [...meeting(seen, seen.hosts, byHost)].filter((other) => !taken.has(other));
    const wider = ofHost.length > 0 ? undefined : covering(seen, free, gateways);
    return { desired: route, existing: wider === undefined ? inOrder(ofHost) : [wider.route], by: 'meaning' };
  });
  return pairingOf(counterparts, existing);
}
