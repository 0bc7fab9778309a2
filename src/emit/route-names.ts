import type { EmitRule } from './emit-rule.ts';
import type { RouteGroup, RoutePart } from './group.ts';
import { allocateNames, hostText, isCanonicalHost, longestName, scopeOf, type NameRequest, type TakenNames } from './names.ts';

/** A route object to be written, not yet named. */
export interface NamelessRoute {
  readonly group: RouteGroup;
  readonly part: RoutePart;
  /** Counted from 1 within its group. */
  readonly number: number;
  /** Of its group. */
  readonly count: number;
}

const kindSuffix = { HTTPRoute: '', GRPCRoute: '-grpc', TLSRoute: '-tls' } as const;

const isRedirect = ({ rule }: EmitRule): boolean => rule.filters.some(({ type }) => type === 'RequestRedirect');

/** Scopes of the groups of one host, namespace and kind. */
function siblingKey({ hostnames, namespace, kind }: RouteGroup): string {
  return `${hostnames.join(' ')}|${namespace}|${kind}`;
}

/** The group that serves the host has the plain name; what is beside it says what it is. */
function scopeSuffix(group: RouteGroup, scopes: ReadonlySet<RouteGroup['scope']>): string {
  if (scopes.size === 1 || group.scope === 'https' || (group.scope === 'both' && !scopes.has('https'))) return '';
  if (group.scope === 'both') return '-any-scheme';
  return group.rules.every(isRedirect) ? '-redirect' : '-http';
}

/** Padded, so that the order of the names is the order of the parts: routes of one age are ranked by name. */
function numberSuffix(number: number, count: number): string {
  return number === 1 ? '' : `-${String(number).padStart(count > 9 ? String(count).length : 1, '0')}`;
}

function requestFor({ group, part, number, count }: NamelessRoute, scopes: ReadonlySet<RouteGroup['scope']>): NameRequest {
  const host = group.hostnames[0] ?? '';
  const suffix = `${kindSuffix[group.kind]}${scopeSuffix(group, scopes)}${numberSuffix(number, count)}`;
  return {
    scope: scopeOf(group.kind, group.namespace),
    text: `${hostText(host)}${suffix}`,
    key: `${group.hostnames.join(' ')}|${group.scope}|${part.hostnames[0] ?? ''}|${number}`,
    canonical: suffix === '' && isCanonicalHost(host),
  };
}

/** Names after the host, in the order of the routes. */
export function nameRoutes(routes: readonly NamelessRoute[], taken: TakenNames): readonly string[] {
  const scopes = new Map<string, Set<RouteGroup['scope']>>();
  for (const { group } of routes) {
    const key = siblingKey(group);
    const known = scopes.get(key);
    if (known === undefined) scopes.set(key, new Set([group.scope]));
    else known.add(group.scope);
  }
  return allocateNames(
    routes.map((route) => requestFor(route, scopes.get(siblingKey(route.group)) ?? new Set())),
    longestName,
    taken,
  );
}
