import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { LedgerClaim } from '../diagnostics/ledger.ts';
import { compareText } from '../model/object.ts';
import type { LeftIngress } from '../nginx/configuration.ts';
import { codes } from './codes.ts';

/** Annotations of an Ingress that the controller drops: none has an effect, whatever it says, and one finding speaks for all. */
export function readDropped({ ingress, reason }: LeftIngress): { readonly claims: readonly LedgerClaim[]; readonly findings: readonly Finding[] } {
  const [first, ...also] = [...ingress.annotations.keys()].sort(compareText);
  if (first === undefined) return { claims: [], findings: [] };
  const args = { annotation: first, ingress: `${ingress.ref.namespace}/${ingress.ref.name}`, reason };
  return {
    claims: [first, ...also].map((key) => ({ ingress, key, state: 'inert' })),
    findings: [raise(codes, 'annotation/ingress-dropped', { ...aboutAnnotation(ingress, first), also }, args)],
  };
}
