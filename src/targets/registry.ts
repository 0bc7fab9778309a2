import type { Target } from './define.ts';
import { targetNames, type TargetName } from './names.ts';

/** Each target is loaded only when it is asked for. */
const loaders: Readonly<Record<TargetName, () => Promise<Target>>> = {
  'envoy-gateway': async () => (await import('./envoy-gateway/target.ts')).envoyGateway,
  standard: async () => (await import('./standard/target.ts')).standard,
};

/** @throws RangeError for a name that is no target: callers check against `targetNames` */
export async function loadTarget(name: string): Promise<Target> {
  const known = targetNames.find((target) => target === name);
  if (known === undefined) throw new RangeError(`${name} is no target`);
  return await loaders[known]();
}
