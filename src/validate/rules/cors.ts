import { rule, type Rule } from './define.ts';

const wildcardBesideOthers = (self: readonly string[]): boolean => self.length > 1 && self.includes('*');

/** Source: GEP-1767 and config/crd of https://github.com/kubernetes-sigs/gateway-api, `filters[].cors`. */
export const corsRules: readonly Rule[] = [
  rule('cors-origins-wildcard', "AllowOrigins cannot contain '*' alongside other origins", wildcardBesideOthers),
  rule('cors-methods-wildcard', "AllowMethods cannot contain '*' alongside other methods", wildcardBesideOthers),
  // The CRD says "methods" here too.
  rule('cors-headers-wildcard', "AllowHeaders cannot contain '*' alongside other methods", wildcardBesideOthers),
];
