import { rule, type Rule } from './define.ts';

/** `rules[].filters` and `rules[].backendRefs[].filters` as lists. Source: config/crd of https://github.com/kubernetes-sigs/gateway-api. */
type Filters = readonly { readonly type: string }[];

const once = ['CORS', 'RequestHeaderModifier', 'RequestRedirect', 'ResponseHeaderModifier', 'URLRewrite'] as const;

const count = (filters: Filters, type: string): number => filters.reduce((sum, filter) => (filter.type === type ? sum + 1 : sum), 0);

export const filterListRules: readonly Rule[] = [
  ...once.map((type) => rule<Filters>(`${type.toLowerCase()}-repeated`, `${type} filter cannot be repeated`, (self) => count(self, type) > 1)),
  rule<Filters>(
    'redirect-with-rewrite',
    'May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both',
    (self) => count(self, 'RequestRedirect') > 0 && count(self, 'URLRewrite') > 0,
  ),
];
