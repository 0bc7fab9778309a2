import type { GatewayObject } from '../model/gateway.ts';
import type { LoweredPlan } from '../targets/lowered.ts';
import { prune } from './json.ts';
import { scopeOf, type TakenNames } from './names.ts';

/** The names of these objects, in the scopes that policies and routes are named in. */
export function namesOf(objects: readonly GatewayObject[]): TakenNames {
  const taken = new Map<string, Set<string>>();
  for (const { kind, metadata } of objects) {
    const scope = scopeOf(kind, metadata.namespace ?? '');
    const names = taken.get(scope);
    if (names === undefined) taken.set(scope, new Set([metadata.name]));
    else names.add(metadata.name);
  }
  return taken;
}

/**
 * Objects whose names the target chose, each once: one may be named by many rules.
 *
 * @throws Error when two different objects have one name: a bug of the target
 */
export function fixedObjects({ objects, rules }: LoweredPlan): readonly GatewayObject[] {
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
  return [...byName.values()].map((object) => ({ ...object, spec: prune(object.spec) }));
}
