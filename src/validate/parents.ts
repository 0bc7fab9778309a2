import type { GatewayObject } from '../model/gateway.ts';
import type { AddProblem } from './backends.ts';
import type { ObjectIndex } from './object-index.ts';
import { gatewayOf, namespaceOf, routeOf, type ListenerShape, type NamespaceSelector, type Reference } from './shapes.ts';

const gatewayGroup = 'gateway.networking.k8s.io';
const nameLabel = 'kubernetes.io/metadata.name';

const protocols: Readonly<Record<string, readonly string[]>> = {
  HTTPRoute: ['HTTP', 'HTTPS'],
  GRPCRoute: ['HTTP', 'HTTPS'],
  TLSRoute: ['TLS'],
  TCPRoute: ['TCP', 'TLS'],
  UDPRoute: ['UDP'],
};

/** Listeners by object, then by name. */
export type ListenerIndex = ReadonlyMap<GatewayObject, ReadonlyMap<string, ListenerShape>>;

export function indexListeners(objects: readonly GatewayObject[]): ListenerIndex {
  const owners = objects.filter(({ kind }) => kind === 'Gateway' || kind === 'ListenerSet');
  return new Map(owners.map((owner) => [owner, new Map((gatewayOf(owner).listeners ?? []).map((listener) => [listener.name, listener]))]));
}

/** A selector on anything but the namespace's own name is the cluster's to answer. */
function selects({ matchLabels, matchExpressions = [] }: NamespaceSelector, namespace: string): boolean {
  const label = matchLabels?.[nameLabel];
  if (label !== undefined && label !== namespace) return false;
  return matchExpressions.every(({ key, operator, values = [] }) => key !== nameLabel || operator !== 'In' || values.includes(namespace));
}

function admits(listener: ListenerShape, owner: GatewayObject, namespace: string): boolean {
  const { from = 'Same', selector = {} } = listener.allowedRoutes?.namespaces ?? {};
  if (from === 'All') return true;
  return from === 'Selector' ? selects(selector, namespace) : namespace === namespaceOf(owner);
}

const matchesWildcard = (wildcard: string, host: string): boolean => wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1)) && host.length > wildcard.length - 1;

/** Source: https://gateway-api.sigs.k8s.io/reference/spec/#hostname, intersection of listener and route hostnames. */
function intersects(listener: string | undefined, hostnames: readonly string[] | undefined): boolean {
  if (listener === undefined || hostnames === undefined || hostnames.length === 0) return true;
  return hostnames.some((host) => host === listener || matchesWildcard(listener, host) || matchesWildcard(host, listener));
}

/** Why the route does not attach to the listener. */
function refusal(route: GatewayObject, listener: ListenerShape, owner: GatewayObject): string | undefined {
  if (protocols[route.kind]?.includes(listener.protocol) === false) return `listener ${listener.name} has the protocol ${listener.protocol}`;
  if (!admits(listener, owner, namespaceOf(route))) return `listener ${listener.name} does not admit routes of namespace ${namespaceOf(route)}`;
  if (!intersects(listener.hostname, routeOf(route).hostnames)) return `listener ${listener.name} serves none of the route's hostnames`;
  return undefined;
}

function parentProblem(route: GatewayObject, ref: Reference, index: ObjectIndex, listeners: ListenerIndex): string | undefined {
  const { group = gatewayGroup, kind = 'Gateway', namespace = namespaceOf(route), name, sectionName } = ref;
  // Without Gateways in the output the routes go to one that exists already.
  if (group !== gatewayGroup || !index.holds(group, kind)) return undefined;
  const owner = index.get(group, kind, namespace, name);
  if (owner === undefined) return `there is no ${kind} ${name}`;
  const byName = listeners.get(owner);
  if (byName === undefined) return undefined;
  if (sectionName !== undefined) {
    const listener = byName.get(sectionName);
    return listener === undefined ? `${kind} ${name} has no listener ${sectionName}` : refusal(route, listener, owner);
  }
  const refusals = [...byName.values()].map((listener) => refusal(route, listener, owner));
  return refusals.length === 0 || refusals.includes(undefined) ? undefined : refusals[0];
}

export function parentProblems(route: GatewayObject, index: ObjectIndex, listeners: ListenerIndex, add: AddProblem): void {
  for (const [i, ref] of (routeOf(route).parentRefs ?? []).entries()) {
    const problem = parentProblem(route, ref, index, listeners);
    if (problem !== undefined) add(`spec.parentRefs[${i}]`, problem);
  }
}
