import type { Json, JsonObject } from '../model/gateway.ts';
import { objectsIn, textIn, textsIn } from '../model/json.ts';
import { canonicalText, isList, isMap, sortedBy, withEntries, without } from './canonical.ts';
import { covers, hostsOf } from './host.ts';
import type { NormalObject } from './normal.ts';

/** One line of the match table: what a route does with the requests of one host that one match takes. */
export interface Entry {
  /** '' for a route without hostnames. */
  readonly host: string;
  readonly match: JsonObject;
  /** The match as text, for comparisons. */
  readonly key: string;
  /** The rule without matches and name. */
  readonly action: JsonObject;
  /** Index of the rule in its route. */
  readonly rule: number;
  readonly route: NormalObject;
}

const routeKinds: ReadonlySet<string> = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']);

export const isRoute = ({ group, kind }: NormalObject): boolean => group === 'gateway.networking.k8s.io' && routeKinds.has(kind);

/** A trailing slash of a prefix is ignored: https://gateway-api.sigs.k8s.io/reference/spec/#pathmatchtype */
function plainPath(path: JsonObject): JsonObject {
  const value = textIn(path, 'value') ?? '/';
  return textIn(path, 'type') === 'PathPrefix' && value.length > 1 && value.endsWith('/') ? { ...path, value: value.slice(0, -1) } : path;
}

/** Header names have no letter case. */
function plainHeaders(headers: Json): Json {
  if (!isList(headers)) return headers;
  return sortedBy(headers.map((header) => (isMap(header) ? { ...header, name: (textIn(header, 'name') ?? '').toLowerCase() } : header)));
}

function plainMatch(match: JsonObject): JsonObject {
  return withEntries(match, (key, entry) => {
    if (key === 'path' && isMap(entry)) return plainPath(entry);
    return key === 'headers' ? plainHeaders(entry) : entry;
  });
}

const everything: readonly JsonObject[] = [{}];

/** Rules in order; of equal matches on one host the first one wins. */
export function entriesOf(route: NormalObject): readonly Entry[] {
  const hosts = hostsOf(textsIn(route.spec, 'hostnames'));
  return objectsIn(route.spec, 'rules').flatMap((rule, index) => {
    const action = without(rule, 'matches', 'name');
    const stated = objectsIn(rule, 'matches');
    return (stated.length === 0 ? everything : stated).flatMap((stating) => {
      const match = plainMatch(stating);
      const key = canonicalText(match);
      return hosts.map((host): Entry => ({ host, match, key, action, rule: index, route }));
    });
  });
}

/** Entries as far as they are for these hosts; those for wider ones stand for them where nothing is nearer. */
export function entriesFor(hosts: readonly string[], entries: readonly Entry[]): readonly Entry[] {
  const stated = new Set(entries.map(({ host }) => host));
  const wanting = hosts.filter((host) => !stated.has(host));
  return entries.flatMap((entry): readonly Entry[] => {
    if (hosts.includes(entry.host)) return [entry];
    return wanting.filter((host) => covers(entry.host, host)).map((host) => ({ ...entry, host }));
  });
}

export const entryKey = ({ host, key }: Pick<Entry, 'host' | 'key'>): string => `${host} ${key}`;
