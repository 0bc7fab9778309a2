import type { JsonObject } from '../model/gateway.ts';
import { numberIn, objectsIn, textIn, textsIn } from '../model/json.ts';
import { hostsMeet, hostsOf } from './host.ts';
import { idOf, type NormalObject } from './normal.ts';

/** A place where a route is served. */
export interface Attachment {
  /** Id of the Gateway or ListenerSet. */
  readonly parent: string;
  /** `https:443` of the listener; `?NAME` or `?` when the parent is not known, for the section that the route names. */
  readonly scope: string;
}

/** Finds a parent by id; what was read of the cluster, then what the conversion gives. */
export type ParentLookup = (id: string) => NormalObject | undefined;

const admits: Readonly<Record<string, readonly string[]>> = { HTTPRoute: ['HTTP', 'HTTPS'], GRPCRoute: ['HTTP', 'HTTPS'], TLSRoute: ['TLS'], TCPRoute: ['TCP', 'TLS'], UDPRoute: ['UDP'] };

export const parentId = (ref: JsonObject, namespace: string): string =>
  idOf(textIn(ref, 'group') ?? '', textIn(ref, 'kind') ?? '', textIn(ref, 'namespace') ?? namespace, textIn(ref, 'name') ?? '');

export const scopeOf = (listener: JsonObject): string => `${(textIn(listener, 'protocol') ?? '').toLowerCase()}:${numberIn(listener, 'port') ?? 0}`;

export const listenerHost = (listener: JsonObject): string => hostsOf([textIn(listener, 'hostname') ?? ''])[0] ?? '';

function listenersFor(ref: JsonObject, { kind, spec }: NormalObject, parent: NormalObject): readonly JsonObject[] {
  const section = textIn(ref, 'sectionName');
  const port = numberIn(ref, 'port');
  const hosts = hostsOf(textsIn(spec, 'hostnames'));
  return objectsIn(parent.spec, 'listeners').filter(
    (listener) =>
      (section === undefined || textIn(listener, 'name') === section) &&
      (port === undefined || numberIn(listener, 'port') === port) &&
      (admits[kind] ?? []).includes(textIn(listener, 'protocol') ?? '') &&
      hosts.some((host) => hostsMeet(host, listenerHost(listener))),
  );
}

/** Where a route is served, by its parentRefs; without what it names but cannot attach to. */
export function attachmentsOf(route: NormalObject, lookup: ParentLookup): readonly Attachment[] {
  return objectsIn(route.spec, 'parentRefs').flatMap((ref): readonly Attachment[] => {
    const parent = parentId(ref, route.namespace);
    const known = lookup(parent);
    if (known === undefined) return [{ parent, scope: `?${textIn(ref, 'sectionName') ?? ''}` }];
    return listenersFor(ref, route, known).map((listener) => ({ parent, scope: scopeOf(listener) }));
  });
}

function scopesMeet(a: string, b: string): boolean {
  if (a === b || a === '?' || b === '?') return true;
  // A section without a known parent may be any listener, but two names are two listeners.
  return a.startsWith('?') !== b.startsWith('?');
}

/** Whether two routes may be asked the same request; routes that are attached nowhere are held together by their hosts alone. */
export function scopesOverlap(a: readonly Attachment[], b: readonly Attachment[]): boolean {
  if (a.length === 0 || b.length === 0) return true;
  return a.some(({ scope }) => b.some((other) => scopesMeet(scope, other.scope)));
}
