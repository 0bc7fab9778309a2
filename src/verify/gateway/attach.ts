import { intersection } from './hosts.ts';
import { objectsIn, textIn, textsIn } from '../../model/json.ts';
import { assumedListeners, listenersIn, type ListenerView } from './listeners.ts';
import type { ObjectIndex, Placed } from './objects.ts';

/** A route as one listener serves it. */
export interface Attachment {
  readonly route: Placed;
  readonly listener: ListenerView;
  /** Length of the longest of the hostnames that both have. */
  readonly longestHost: number;
}

/** Listeners of one kind of connection that have the same hostname, and what is attached to them by hostname. */
export interface HostListeners {
  readonly listeners: readonly ListenerView[];
  readonly routes: ReadonlyMap<string, readonly Attachment[]>;
}

/** By scheme, then by the listener's hostname. */
export type ListenerTable = Readonly<Record<'http' | 'https', ReadonlyMap<string, HostListeners>>>;

interface Building {
  readonly listeners: ListenerView[];
  readonly routes: Map<string, Attachment[]>;
}

type BuildingTable = Record<'http' | 'https', Map<string, Building>>;

const parentKey = ({ kind, namespace, name }: Pick<Placed, 'kind' | 'namespace' | 'name'>): string => `${kind} ${namespace}/${name}`;

const schemeOf = ({ protocol }: ListenerView): 'http' | 'https' => (protocol === 'HTTP' ? 'http' : 'https');

function place(table: BuildingTable, listener: ListenerView): Building {
  const ofScheme = table[schemeOf(listener)];
  let known = ofScheme.get(listener.hostname);
  if (known === undefined) ofScheme.set(listener.hostname, (known = { listeners: [], routes: new Map() }));
  return known;
}

/** TLSRoutes belong to TLS listeners, all others to HTTP and HTTPS ones. */
function fits(route: Placed, listener: ListenerView): boolean {
  return (route.kind === 'TLSRoute') === (listener.protocol === 'TLS') && listener.admits(route.namespace);
}

function attach(route: Placed, listener: ListenerView, { routes }: Building): void {
  const stated = textsIn(route.spec, 'hostnames');
  const common = stated.length === 0 ? [listener.hostname] : stated.map((hostname) => intersection(hostname.toLowerCase(), listener.hostname));
  const hostnames = new Set(common.filter((hostname) => hostname !== undefined));
  const attachment: Attachment = { route, listener, longestHost: Math.max(0, ...[...hostnames].map(({ length }) => length)) };
  for (const hostname of hostnames) {
    const known = routes.get(hostname);
    if (known === undefined) routes.set(hostname, [attachment]);
    else known.push(attachment);
  }
}

/**
 * Ties every route to the listeners its parentRefs name. Ports are not told apart: an HTTP listener is where plain requests arrive.
 * Several Gateways count as one, since each host's name leads to the Gateway that has its listener.
 */
export function attachRoutes(index: ObjectIndex): ListenerTable {
  const table: BuildingTable = { http: new Map(), https: new Map() };
  const byParent = new Map<string, ListenerView[]>();
  const add = (listener: ListenerView): void => {
    place(table, listener).listeners.push(listener);
    const key = parentKey(listener.parent);
    const known = byParent.get(key);
    if (known === undefined) byParent.set(key, [listener]);
    else known.push(listener);
  };
  listenersIn(index).forEach(add);
  const present = new Set(byParent.keys());
  for (const route of index.routes) {
    for (const ref of objectsIn(route.spec, 'parentRefs')) {
      const parent = { kind: textIn(ref, 'kind') ?? 'Gateway', namespace: textIn(ref, 'namespace') ?? route.namespace, name: textIn(ref, 'name') ?? '' };
      const section = textIn(ref, 'sectionName');
      const key = parentKey(parent);
      if (!present.has(key)) {
        const missing = assumedListeners(parent, section).filter(({ name }) => byParent.get(key)?.some((known) => known.name === name) !== true);
        missing.forEach(add);
      }
      for (const listener of byParent.get(key) ?? []) {
        if ((section === undefined || section === listener.name) && fits(route, listener)) attach(route, listener, place(table, listener));
      }
    }
  }
  return table;
}
