import type { GatewayObject, JsonObject } from '../../model/gateway.ts';
import { isClosed, mapsIn, textOf, textsIn } from './rule-text.ts';
import { counted } from './words.ts';

export interface Node {
  readonly text: string;
  /** Stands after the text, in plain words. */
  readonly note: string;
  readonly alarm: boolean;
}

export interface Frame {
  readonly title: string;
  readonly listeners: readonly string[];
}

/** Hosts, Gateways with their listeners, and routes. Nodes go by key; `links` are sorted by first use. */
export interface Graph {
  readonly hosts: ReadonlyMap<string, Node>;
  readonly frames: ReadonlyMap<string, Frame>;
  readonly listeners: ReadonlyMap<string, Node>;
  readonly routes: ReadonlyMap<string, Node>;
  readonly toListener: readonly (readonly [host: string, listener: string])[];
  readonly toRoute: readonly (readonly [listener: string, route: string])[];
}

/** One host of one route on one listener: what both pictures are made of. */
export interface Attachment {
  readonly host: string;
  readonly namespace: string;
  readonly gateway: string;
  readonly listener: string;
  readonly protocol: string;
  readonly route: string;
  readonly kind: string;
  readonly closed: number;
}

const routeKinds: ReadonlySet<string> = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']);

function gatewayKey(namespace: string, gateway: string): string {
  return namespace === '' ? gateway : `${namespace}/${gateway}`;
}

function listenersOf(objects: readonly GatewayObject[]): ReadonlyMap<string, ReadonlyMap<string, JsonObject>> {
  const gateways = objects.filter(({ kind }) => kind === 'Gateway');
  return new Map(
    gateways.map(({ metadata, spec }) => [
      gatewayKey(metadata.namespace ?? '', metadata.name),
      new Map(mapsIn(spec['listeners']).map((listener) => [textOf(listener['name']), listener])),
    ]),
  );
}

/** Every pair of host and listener of every route, in the order in which the objects are written. */
export function attachmentsOf(objects: readonly GatewayObject[]): readonly Attachment[] {
  const listeners = listenersOf(objects);
  return objects.filter(({ kind }) => routeKinds.has(kind)).flatMap(({ kind, metadata, spec }) => {
    const namespace = metadata.namespace ?? '';
    const hosts = textsIn(spec['hostnames']);
    const closed = kind === 'TLSRoute' ? 0 : mapsIn(spec['rules']).filter(isClosed).length;
    return mapsIn(spec['parentRefs']).flatMap((parent) => {
      const gateway = gatewayKey(textOf(parent['namespace']) || namespace, textOf(parent['name']));
      const listener = textOf(parent['sectionName']);
      const known = listeners.get(gateway)?.get(listener);
      // A listener with a host of its own serves that host alone.
      const own = textOf(known?.['hostname']);
      const served = own !== '' && hosts.includes(own) ? [own] : hosts.length === 0 ? [''] : hosts;
      const place = { namespace, gateway, listener, protocol: textOf(known?.['protocol']), route: metadata.name, kind, closed };
      return served.map((host) => ({ host, ...place }));
    });
  });
}

function plain(text: string, note = '', alarm = false): Node {
  return { text, note, alarm };
}

type Keys = Readonly<Record<'host' | 'listener' | 'route', (attachment: Attachment) => readonly [key: string, node: Node]>>;

function graphBy(attachments: readonly Attachment[], keys: Keys): Graph {
  const hosts = new Map<string, Node>();
  const listeners = new Map<string, Node>();
  const routes = new Map<string, Node>();
  const frames = new Map<string, Set<string>>();
  const toListener = new Map<string, readonly [string, string]>();
  const toRoute = new Map<string, readonly [string, string]>();
  for (const attachment of attachments) {
    const [host, hostNode] = keys.host(attachment);
    const [listener, listenerNode] = keys.listener(attachment);
    const [route, routeNode] = keys.route(attachment);
    hosts.set(host, hostNode);
    listeners.set(listener, listenerNode);
    routes.set(route, routeNode);
    frames.set(attachment.gateway, (frames.get(attachment.gateway) ?? new Set()).add(listener));
    toListener.set(`${host}\n${listener}`, [host, listener]);
    toRoute.set(`${listener}\n${route}`, [listener, route]);
  }
  return {
    hosts,
    listeners,
    routes,
    frames: new Map([...frames].map(([gateway, own]) => [gateway, { title: gateway, listeners: [...own] }])),
    toListener: [...toListener.values()],
    toRoute: [...toRoute.values()],
  };
}

/** Every host, listener and route by itself. */
export function fineGraph(attachments: readonly Attachment[]): Graph {
  return graphBy(attachments, {
    host: ({ host }) => [host, plain(host === '' ? 'every other host' : host)],
    listener: ({ gateway, listener }) => [`${gateway} ${listener}`, plain(listener === '' ? 'any listener' : listener)],
    route: ({ kind, namespace, route, closed }) => [
      `${kind} ${namespace}/${route}`,
      plain(gatewayKey(namespace, route), [...(kind === 'HTTPRoute' ? [] : [kind]), ...(closed === 0 ? [] : [`${counted(closed, 'rule')} closed`])].join(', '), closed > 0),
    ],
  });
}

function sizes(attachments: readonly Attachment[], groupOf: (one: Attachment) => string, memberOf: (one: Attachment) => string): ReadonlyMap<string, number> {
  const groups = new Map<string, Set<string>>();
  for (const one of attachments) {
    const group = groupOf(one);
    groups.set(group, (groups.get(group) ?? new Set()).add(memberOf(one)));
  }
  return new Map([...groups].map(([group, { size }]) => [group, size]));
}

/** Gateways as one, for a drawing in which each would be linked with everything. */
export function withoutGateways(attachments: readonly Attachment[], count: number): readonly Attachment[] {
  const gateway = counted(count, 'Gateway');
  return attachments.map((one) => ({ ...one, gateway, listener: `${one.gateway} ${one.listener}` }));
}

/** Too much for one picture: namespaces instead of hosts and routes, protocols instead of listeners. */
export function coarseGraph(attachments: readonly Attachment[], mostNamespaces: number): Graph {
  const bySize = [...sizes(attachments, ({ namespace }) => namespace, ({ host }) => host)].sort(([, a], [, b]) => b - a);
  const own = new Set(bySize.slice(0, mostNamespaces).map(([namespace]) => namespace));
  const group = ({ namespace }: Attachment): string => (own.has(namespace) ? namespace : '');
  const title = (key: string): string => (key === '' ? (own.has('') ? 'all' : counted(bySize.length - own.size, 'other namespace')) : key);
  const listenerGroup = ({ gateway, protocol }: Attachment): string => `${gateway} ${protocol}`;
  const hosts = sizes(attachments, group, ({ host }) => host);
  const listeners = sizes(attachments, listenerGroup, ({ listener }) => listener);
  const routes = sizes(attachments, group, ({ namespace, kind, route }) => `${kind} ${namespace}/${route}`);
  const closed = sizes(attachments.filter((one) => one.closed > 0), group, ({ namespace, kind, route }) => `${kind} ${namespace}/${route}`);
  // The rest comes last, whatever its names are.
  const inOrder = [...attachments.filter((one) => own.has(one.namespace)), ...attachments.filter((one) => !own.has(one.namespace))];
  return graphBy(inOrder, {
    host: (one) => [group(one), plain(title(group(one)), counted(hosts.get(group(one)) ?? 0, 'host'))],
    listener: (one) => [listenerGroup(one), plain(one.protocol === '' ? 'any' : one.protocol, counted(listeners.get(listenerGroup(one)) ?? 0, 'listener'))],
    route: (one) => {
      const shut = closed.get(group(one)) ?? 0;
      const count = counted(routes.get(group(one)) ?? 0, 'route');
      return [group(one), plain(title(group(one)), shut === 0 ? count : `${count}, ${shut} closed in part`, shut > 0)];
    },
  });
}
