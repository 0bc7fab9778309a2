import type { GatewayObject } from '../model/gateway.ts';
import { objectsIn, textIn } from '../model/json.ts';
import type { ObjectRef } from '../model/object.ts';
import type { ParentLookup } from './attachments.ts';
import type { Change } from './change.ts';
import { changesOfFields, changesOfMetadata } from './compare-fields.ts';
import { gatewayChanges } from './compare-gateways.ts';
import { routeChanges } from './compare-routes.ts';
import { isRoute } from './entries.ts';
import { concernOf, isExtra } from './extra.ts';
import { normalise, type NormalObject } from './normal.ts';
import { pairGateways } from './pair-gateways.ts';
import { pairOthers } from './pair-others.ts';
import { pairRoutes } from './pair-routes.ts';
import { indexById, type Counterpart } from './pairing.ts';
import { renamed, renamesOf, type Renames } from './renames.ts';

export type DifferenceStatus = 'added' | 'changed' | 'unchanged' | 'extra' | 'unknown';

/** One object of the conversion against what exists, or something that exists and that the conversion does not give. */
export interface ObjectDifference {
  readonly status: DifferenceStatus;
  readonly desired: NormalObject | undefined;
  /** In the conversion's names; `ref` is theirs. */
  readonly existing: readonly NormalObject[];
  readonly by: Counterpart['by'];
  readonly changes: readonly Change[];
}

export interface CompareOptions {
  /** Namespace of objects that state none. */
  readonly namespace: string;
  /** Whether objects of this kind and namespace could not be read: what may be there is never called absent. */
  readonly isUnread?: ((ref: ObjectRef) => boolean) | undefined;
}

const isParent = ({ kind }: NormalObject): boolean => kind === 'Gateway' || kind === 'ListenerSet';

/** A parent with the listeners of both sides: a difference between listeners is said once, of the Gateway, and not again of its routes. */
function merged(desired: NormalObject | undefined, existing: NormalObject | undefined): NormalObject | undefined {
  if (desired === undefined || existing === undefined) return desired ?? existing;
  const listeners = objectsIn(desired.spec, 'listeners');
  const names = new Set(listeners.map((listener) => textIn(listener, 'name')));
  return { ...desired, spec: { ...desired.spec, listeners: [...listeners, ...objectsIn(existing.spec, 'listeners').filter((listener) => !names.has(textIn(listener, 'name')))] } };
}

/** Parents by the conversion's names. */
function mergedLookup(desired: readonly NormalObject[], existing: readonly NormalObject[], renames: Renames): ParentLookup {
  const wanted = indexById(desired);
  const found = new Map(existing.filter(isParent).map((parent) => [renames.objects.get(parent.id)?.id ?? parent.id, renamed(parent, renames)]));
  return (id) => merged(wanted.get(id), found.get(id));
}

function changesOf(counterpart: Counterpart, existing: readonly NormalObject[], lookup: ParentLookup): readonly Change[] {
  const { desired, by } = counterpart;
  const [first] = existing;
  if (first === undefined) return [];
  if (isRoute(desired)) return routeChanges(counterpart, existing, { desired: lookup, existing: lookup });
  if (isParent(desired)) return gatewayChanges(counterpart, first);
  return [...changesOfFields(first.spec, desired.spec), ...(by === 'name' ? changesOfMetadata(first, desired) : [])];
}

function pairAll(desired: readonly NormalObject[], existing: readonly NormalObject[]): { readonly counterparts: readonly Counterpart[]; readonly unpaired: readonly NormalObject[]; readonly renames: Renames } {
  const [wanted, found] = [indexById(desired), indexById(existing)];
  const lookups = { desired: (id: string) => wanted.get(id) ?? found.get(id), existing: (id: string) => found.get(id) ?? wanted.get(id) };
  const isOther = (object: NormalObject): boolean => !isRoute(object) && !isParent(object);
  const routes = pairRoutes(desired.filter(isRoute), existing.filter(isRoute), lookups);
  const parents = pairGateways(desired.filter(isParent), existing.filter(isParent), routes.counterparts, lookups);
  const named = [...routes.counterparts, ...parents.counterparts];
  const others = pairOthers(desired.filter(isOther), existing.filter(isOther), renamesOf(named));
  const byDesired = new Map([...named, ...others.counterparts].map((counterpart) => [counterpart.desired, counterpart]));
  return {
    counterparts: desired.map((object) => byDesired.get(object)).filter((counterpart) => counterpart !== undefined),
    unpaired: [...routes.unpaired, ...parents.unpaired, ...others.unpaired],
    renames: renamesOf([...byDesired.values()]),
  };
}

/** Compares by meaning: objects of the conversion in their order, then what exists beside them. */
export function compareObjects(desired: readonly GatewayObject[], existing: readonly GatewayObject[], { namespace, isUnread }: CompareOptions): readonly ObjectDifference[] {
  const [after, before] = [desired, existing].map((objects) => objects.map((object) => normalise(object, namespace)));
  if (after === undefined || before === undefined) return [];
  const { counterparts, unpaired, renames } = pairAll(after, before);
  const lookup = mergedLookup(after, before, renames);
  const concern = concernOf(after);
  const compared = counterparts.map((counterpart): ObjectDifference => {
    const found = counterpart.existing.map((object) => renamed(object, renames));
    const changes = changesOf(counterpart, found, lookup);
    const absent = isUnread?.(counterpart.desired.ref) === true ? 'unknown' : 'added';
    const status = found.length === 0 ? absent : changes.length === 0 ? 'unchanged' : 'changed';
    return { status, desired: counterpart.desired, existing: found, by: counterpart.by, changes };
  });
  const extra = unpaired
    .map((object) => renamed(object, renames))
    .filter((object) => isExtra(object, concern))
    .map((object): ObjectDifference => ({ status: 'extra', desired: undefined, existing: [object], by: 'meaning', changes: [] }));
  return [...compared, ...extra];
}
