import type { GatewayObject } from '../model/gateway.ts';
import { backendProblems, certificateProblems } from './backends.ts';
import { indexGrants } from './grants.ts';
import type { Problem } from './kind.ts';
import type { ObjectIndex } from './object-index.ts';
import { indexListeners, parentProblems } from './parents.ts';
import { isRoute } from './shapes.ts';
import { targetProblems } from './policies.ts';

export interface ObjectProblem extends Problem {
  readonly object: GatewayObject;
}

/** References from `sound` objects that do not hold in the output. What lives in the cluster (Services, Secrets, GatewayClasses) is taken for granted. */
export function referenceProblems(index: ObjectIndex, sound: readonly GatewayObject[]): readonly ObjectProblem[] {
  const listeners = indexListeners(sound);
  const grants = indexGrants(sound);
  const result: ObjectProblem[] = [];
  for (const object of sound) {
    const add = (path: string, message: string): void => void result.push({ object, path, message });
    if (isRoute(object)) {
      parentProblems(object, index, listeners, add);
      backendProblems(object, index, grants, add);
    } else if (object.kind === 'Gateway' || object.kind === 'ListenerSet') {
      certificateProblems(object, index, grants, add);
    } else {
      targetProblems(object, index, grants, add);
    }
  }
  return result;
}
