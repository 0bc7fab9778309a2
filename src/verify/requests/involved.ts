import type { Server } from '../../nginx/configuration.ts';
import type { Ingress } from '../../model/ingress.ts';

/** Ingresses whose annotations decide about requests to a server: owners of its locations and canaries of their Services. */
export function backendIngresses({ locations }: Server): readonly Ingress[] {
  const found = new Set<Ingress>();
  for (const { ingress, backend } of locations) {
    if (ingress !== undefined) found.add(ingress);
    const canary = backend.kind === 'service' ? backend.upstream.canary : undefined;
    if (canary !== undefined) found.add(canary.ingress);
  }
  return [...found];
}
