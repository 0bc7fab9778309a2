import { aboutAnnotation, raise } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { codes } from './codes.ts';
import type { FamilyReading, PresentAnnotation } from './define.ts';

/**
 * An Ingress with a default backend alone becomes `/` of the catch-all server, and the controller keeps that location's own redirect and
 * rewrite settings instead of taking those of the Ingress.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go (createServers).
 */
export function readWithoutRules(ingress: Ingress, present: readonly PresentAnnotation[]): FamilyReading | undefined {
  if (ingress.rules.length > 0) return undefined;
  const findings = present.map(({ key }) => raise(codes, 'annotation/no-rules', aboutAnnotation(ingress, key), { annotation: key, ingress: ingress.ref.name }));
  return { inert: present.map(({ key }) => key), findings };
}
