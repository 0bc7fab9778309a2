import { objectsIn, textsIn } from '../model/json.ts';
import { listenerHost, parentId } from './attachments.ts';
import { isRoute } from './entries.ts';
import { hostsOf } from './host.ts';
import type { NormalObject } from './normal.ts';

/** What the conversion is about: only what concerns it can be extra. */
export interface Concern {
  readonly hosts: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

const routeHosts = ({ spec }: NormalObject): readonly string[] => hostsOf(textsIn(spec, 'hostnames'));

export function concernOf(desired: readonly NormalObject[]): Concern {
  return { hosts: new Set(desired.filter(isRoute).flatMap(routeHosts)), ids: new Set(desired.map(({ id }) => id)) };
}

/**
 * Whether something that exists without counterpart belongs to what is converted: a route for one of its hosts (one for any host: on one
 * of its Gateways), a listener for one of its hosts, or a policy on one of its objects. The rest of the cluster is nobody's difference.
 *
 * @param object in the conversion's names
 */
export function isExtra(object: NormalObject, { hosts, ids }: Concern): boolean {
  const refersTo = (key: string): boolean => objectsIn(object.spec, key).some((ref) => ids.has(parentId(ref, object.namespace)));
  if (isRoute(object)) return routeHosts(object).some((host) => hosts.has(host) && (host !== '' || refersTo('parentRefs')));
  if (refersTo('targetRefs')) return true;
  return objectsIn(object.spec, 'listeners').some((listener) => listenerHost(listener) !== '' && hosts.has(listenerHost(listener)));
}
