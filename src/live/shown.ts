import type { GatewayObject, Json, JsonObject } from '../model/gateway.ts';
import { textsIn } from '../model/json.ts';
import { compareText } from '../model/object.ts';
import { isList, isMap } from './canonical.ts';
import type { ObjectDifference } from './compare.ts';
import { isRoute } from './entries.ts';
import { hostsOf } from './host.ts';
import type { NormalObject } from './normal.ts';

/** Keys in one order, as kubectl prints them. */
function inKeyOrder(value: Json): Json {
  if (isList(value)) return value.map(inKeyOrder);
  return isMap(value) ? mapInKeyOrder(value) : value;
}

function mapInKeyOrder(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(value)
      .sort(compareText)
      .map((key): [string, Json | undefined] => [key, value[key] === undefined ? undefined : inKeyOrder(value[key])]),
  );
}

const only = (texts: NormalObject['labels'], keys: NormalObject['labels']): NormalObject['labels'] => Object.fromEntries(Object.entries(texts).filter(([key]) => key in keys).sort(([a], [b]) => compareText(a, b)));

function textsOf(name: 'labels' | 'annotations', object: NormalObject, wanted: NormalObject, isNamed: boolean): object {
  const texts = isNamed ? only(object[name], wanted[name]) : {};
  return Object.keys(texts).length === 0 ? {} : { [name]: texts };
}

/** A route that is one for other hosts as well, as far as it is one for these; where it is attached is the conversion's words when it is the same. */
function concerned({ spec }: NormalObject, desired: NormalObject, { by, changes }: ObjectDifference): JsonObject {
  if (!isRoute(desired)) return spec;
  const hosts = new Set(hostsOf(textsIn(desired.spec, 'hostnames')));
  const own = textsIn(spec, 'hostnames').filter((host) => hosts.has(host));
  // A route for wider hosts is shown as one for these.
  const hostnames = by === 'name' ? textsIn(spec, 'hostnames') : own.length > 0 ? own : textsIn(desired.spec, 'hostnames');
  const isAttachedAlike = changes.every(({ aspect }) => aspect !== 'parents');
  return {
    ...spec,
    ...(hostnames.length === 0 ? {} : { hostnames }),
    ...(isAttachedAlike && desired.spec['parentRefs'] !== undefined ? { parentRefs: desired.spec['parentRefs'] } : {}),
  };
}

function shown(object: NormalObject, spec: JsonObject, wanted: NormalObject, isNamed: boolean): GatewayObject {
  const { apiVersion, kind, namespace, name } = wanted.ref;
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === '' ? {} : { namespace }), ...textsOf('labels', object, wanted, isNamed), ...textsOf('annotations', object, wanted, isNamed) },
    spec: mapInKeyOrder(spec),
  };
}

/** Both sides in the conversion's names, without what does not count. */
export function shownObjects(difference: ObjectDifference): { readonly before: readonly GatewayObject[]; readonly after: readonly GatewayObject[] } {
  const { desired, existing, by } = difference;
  if (desired === undefined) return { before: existing.map((object) => shown(object, object.spec, object, true)), after: [] };
  const isNamed = by === 'name' || existing.length === 0;
  return {
    before: existing.map((object) => shown(object, concerned(object, desired, difference), desired, isNamed)),
    after: [shown(desired, desired.spec, desired, isNamed)],
  };
}
