import type { Ingress } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';

/** An Ingress without a creation time is not in the cluster yet, so it is younger than those that have one. */
const youngest = Number.POSITIVE_INFINITY;

function compare(a: Ingress, b: Ingress): number {
  const older = a.createdAtMs ?? youngest;
  const younger = b.createdAtMs ?? youngest;
  if (older !== younger) return older < younger ? -1 : 1;
  return compareText(`${b.ref.namespace}/${b.ref.name}`, `${a.ref.namespace}/${a.ref.name}`);
}

/**
 * The controller's order: creation time, then namespace/name descending. First wins nearly everywhere.
 * Source: sortIngressSlice in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/store/store.go
 */
export function inControllerOrder(ingresses: readonly Ingress[]): readonly Ingress[] {
  return [...ingresses].sort(compare);
}
