import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { Location } from '../nginx/configuration.ts';
import type { AnnotationUse } from '../plan/intents.ts';
import { codes } from './codes.ts';

/**
 * The Ingress whose settings the upstream of a location has: the first that names the Service and port, whoever owns the location.
 * Undefined where nothing is forwarded. Source: createUpstreams in
 * https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
 */
export function deciderOf({ backend, ingress }: Location): Ingress | undefined {
  return backend.kind === 'service' ? (backend.upstream.ingresses[0] ?? ingress) : undefined;
}

/** Said of an annotation that asks for something else than the Ingress that decides. */
export function decidedByAnother({ ingress, key }: AnnotationUse, { backend }: Location, decider: Ingress): Finding {
  const service = backend.kind === 'service' ? `${backend.namespace}/${backend.name}` : '';
  const args = { annotation: key, service, other: `${decider.ref.namespace}/${decider.ref.name}` };
  return raise(codes, 'annotation/first-ingress-decides', aboutAnnotation(ingress, key), args);
}
