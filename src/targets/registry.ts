import type { Target } from './define.ts';
import { targetNames, type TargetName } from './names.ts';

/** Each target is loaded only when it is asked for. */
const loaders: Partial<Readonly<Record<TargetName, () => Promise<Target>>>> = {
  standard: async () => (await import('./standard/target.ts')).standard,
};

export { targetNames };

/** @throws RangeError for a name that is no target: callers check against `targetNames` */
export async function loadTarget(name: string): Promise<Target> {
  const known = targetNames.find((target) => target === name);
  const load = known === undefined ? undefined : loaders[known];
  if (load === undefined) throw new RangeError(`${name} is no target`);
  return await load();
}
