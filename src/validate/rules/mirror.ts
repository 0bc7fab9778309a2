import { rule, type Rule } from './define.ts';

interface Mirror {
  readonly percent?: number;
  readonly fraction?: unknown;
}
interface Fraction {
  readonly numerator: number;
  /** Default 100. */
  readonly denominator?: number;
}

/** Source: GEP-3171 and config/crd of https://github.com/kubernetes-sigs/gateway-api, `filters[].requestMirror`. */
export const mirrorRules: readonly Rule[] = [
  rule<Mirror>(
    'mirror-percent-and-fraction',
    'Only one of percent or fraction may be specified in HTTPRequestMirrorFilter',
    (self) => self.percent !== undefined && self.fraction !== undefined,
  ),
  rule<Fraction>('fraction-over-one', 'numerator must be less than or equal to denominator', (self) => self.numerator > (self.denominator ?? 100)),
];
