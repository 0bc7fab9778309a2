import type { NormalObject } from './normal.ts';

/** What exists for one object of the conversion. */
export interface Counterpart {
  readonly desired: NormalObject;
  /** Empty: nothing does. Several: what one object is to do is done by several today. */
  readonly existing: readonly NormalObject[];
  /** `name`: applying the object would change this one. `meaning`: another object does the same today. */
  readonly by: 'name' | 'meaning';
}

export interface Pairing {
  /** In the order of the conversion. */
  readonly counterparts: readonly Counterpart[];
  /** What exists and is nobody's counterpart. */
  readonly unpaired: readonly NormalObject[];
}

/** Objects that the conversion would overwrite are theirs; all others may be found by meaning. */
export function freeOf(desired: readonly NormalObject[], existing: readonly NormalObject[]): readonly NormalObject[] {
  const names = new Set(desired.map(({ id }) => id));
  return existing.filter(({ id }) => !names.has(id));
}

export function byName(desired: NormalObject, existing: ReadonlyMap<string, NormalObject>): Counterpart | undefined {
  const found = existing.get(desired.id);
  return found === undefined ? undefined : { desired, existing: [found], by: 'name' };
}

export function pairingOf(counterparts: readonly Counterpart[], existing: readonly NormalObject[]): Pairing {
  const paired = new Set(counterparts.flatMap((counterpart) => counterpart.existing));
  return { counterparts, unpaired: existing.filter((object) => !paired.has(object)) };
}

export function indexById(objects: readonly NormalObject[]): ReadonlyMap<string, NormalObject> {
  return new Map(objects.map((object) => [object.id, object]));
}
