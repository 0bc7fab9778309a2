import type { GatewayObject } from '../model/gateway.ts';
import type { LoweredPlan } from '../targets/lowered.ts';
import { prune } from './json.ts';
import { nameKey } from './names.ts';

/** Objects whose names the target chose, each once. */
export interface FixedObjects {
  readonly objects: readonly GatewayObject[];
  /** Their names, which nothing else may take: see `allocateNames`. */
  readonly taken: ReadonlySet<string>;
}

/** The place of an object's name: see `allocateNames`. */
export function nameKeyOf({ kind, metadata }: GatewayObject): string {
  return nameKey(`${kind} ${metadata.namespace ?? ''}`, metadata.name);
}

/**
 * Collects what the target wrote in final form. One object may be named by many rules.
 *
 * @throws Error when two different objects have one name: a bug of the target
 */
export function fixedObjects({ objects, rules }: LoweredPlan): FixedObjects {
  const byName = new Map<string, GatewayObject>();
  const add = (object: GatewayObject): void => {
    const { apiVersion, kind, metadata } = object;
    const key = `${apiVersion} ${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, object);
    else if (known !== object && JSON.stringify(known) !== JSON.stringify(object)) throw new Error(`two different objects ${key}`);
  };
  objects.forEach(add);
  for (const { extensions } of rules) extensions.forEach(add);
  const all = [...byName.values()];
  return {
    objects: all.map((object) => ({ ...object, spec: prune(object.spec) })),
    taken: new Set(all.map(nameKeyOf)),
  };
}
