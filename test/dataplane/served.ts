import type { KubernetesObject } from '../traffic/object.ts';
import { supply } from '../traffic/supply.ts';
import type { World } from './world/world.ts';

/** Nothing that the conversion reads. */
const supplied = new Set(['Namespace', 'EndpointSlice']);

/** The input with the Services it names, each object with its namespace: what the conversion reads. */
export function servedObjects(objects: readonly KubernetesObject[], { backends, pair }: World): readonly KubernetesObject[] {
  return supply(objects, backends, pair).filter(({ kind }) => !supplied.has(kind));
}
