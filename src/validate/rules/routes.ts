import { repeats, rule, type Rule } from './define.ts';

type Rules = readonly { readonly name?: string; readonly matches?: readonly unknown[] }[];

/** An HTTPRoute rule without matches has one on the prefix `/`; a GRPCRoute rule has none. */
function totalMatches(rules: Rules, kind: string): number {
  const unstated = kind === 'HTTPRoute' ? 1 : 0;
  return rules.reduce((sum, { matches }) => sum + (matches?.length ?? unstated), 0);
}

/** Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, `spec.rules` of the routes. */
export const routeRules: readonly Rule[] = [
  rule<Rules>('rule-name-repeated', 'Rule name must be unique within the route', (self) => repeats(self, ({ name }) => name)),
  rule<Rules>(
    'over-128-matches',
    'While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128',
    // The message says less than; the expression says at most.
    (self, kind) => totalMatches(self, kind) > 128,
  ),
];
