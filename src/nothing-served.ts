import { aboutIngress, defineCodes, raise, type Finding } from './diagnostics/finding.ts';
import type { Ingress } from './model/ingress.ts';
import type { ObjectRef } from './model/object.ts';

export const codes = defineCodes({
  'ingress/nothing-served': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Nothing is written for Ingress {ingress}: nginx forwards no request for it either.',
    why: 'Its rules have no paths, name backends that are no Services, were refused above, or lost every path to an older Ingress; a canary without a main Ingress serves nothing.',
    do: 'Delete it if that is meant; otherwise mend what the other findings about it name.',
  },
});

/** An Ingress that ends in no object is never passed over in silence. */
export function reportNothingServed(ingresses: readonly Ingress[], produced: ReadonlyMap<Ingress, readonly ObjectRef[]>): readonly Finding[] {
  return ingresses
    .filter((ingress) => (produced.get(ingress) ?? []).length === 0)
    .map((ingress) => raise(codes, 'ingress/nothing-served', aboutIngress(ingress), { ingress: `${ingress.ref.namespace}/${ingress.ref.name}` }));
}
