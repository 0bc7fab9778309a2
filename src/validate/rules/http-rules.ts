import { durationMilliseconds } from '../duration.ts';
import { rule, type Rule } from './define.ts';

interface Filter {
  readonly requestRedirect?: { readonly path?: PathModifier };
  readonly urlRewrite?: { readonly path?: PathModifier };
}
interface PathModifier {
  readonly type: string;
  readonly replacePrefixMatch?: string;
}
interface HttpRule {
  readonly matches?: readonly { readonly path?: { readonly type?: string } }[];
  readonly filters?: readonly Filter[];
  readonly backendRefs?: readonly { readonly filters?: readonly Filter[] }[];
}
interface Timeouts {
  readonly request?: string;
  readonly backendRequest?: string;
}

/** A rule without matches has one on the prefix `/`, and so has a match without path. */
function hasOnePrefixMatch({ matches }: HttpRule): boolean {
  if (matches === undefined) return true;
  return matches.length === 1 && (matches[0]?.path?.type ?? 'PathPrefix') === 'PathPrefix';
}

type Replacing = 'requestRedirect' | 'urlRewrite';

function replacesPrefix(filter: Filter, member: Replacing): boolean {
  const path = filter[member]?.path;
  return path?.type === 'ReplacePrefixMatch' && path.replacePrefixMatch !== undefined;
}

/** The expressions ask exists_one: two such filters are another rule's matter. */
function once<T>(items: readonly T[] | undefined, test: (item: T) => boolean): boolean {
  let count = 0;
  if (items !== undefined) for (const item of items) if (test(item)) count++;
  return count === 1;
}

const inRule = (self: HttpRule, member: Replacing): boolean => once(self.filters, (filter) => replacesPrefix(filter, member));
const inBackends = (self: HttpRule, member: Replacing): boolean => once(self.backendRefs, ({ filters }) => once(filters, (filter) => replacesPrefix(filter, member)));

/** Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, HTTPRoute `spec.rules[]` and `spec.rules[].timeouts`. */
export const httpRuleRules: readonly Rule[] = [
  rule<HttpRule>(
    'redirect-with-backends',
    'RequestRedirect filter must not be used together with backendRefs',
    ({ backendRefs = [], filters = [] }) => backendRefs.length > 0 && filters.some(({ requestRedirect }) => requestRedirect !== undefined),
  ),
  rule<HttpRule>(
    'redirect-prefix-without-prefix-match',
    'When using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified',
    (self) => inRule(self, 'requestRedirect') && !hasOnePrefixMatch(self),
  ),
  rule<HttpRule>(
    'rewrite-prefix-without-prefix-match',
    'When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified',
    (self) => inRule(self, 'urlRewrite') && !hasOnePrefixMatch(self),
  ),
  rule<HttpRule>(
    'backend-rewrite-prefix-without-prefix-match',
    'Within backendRefs, When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified',
    (self) => inBackends(self, 'urlRewrite') && !hasOnePrefixMatch(self),
  ),
  rule<HttpRule>(
    'backend-redirect-prefix-without-prefix-match',
    'Within backendRefs, when using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified',
    (self) => inBackends(self, 'requestRedirect') && !hasOnePrefixMatch(self),
  ),
  rule<Timeouts>('backend-timeout-over-request', 'backendRequest timeout cannot be longer than request timeout', ({ request, backendRequest }) => {
    if (request === undefined || backendRequest === undefined) return false;
    const total = durationMilliseconds(request);
    return total !== 0 && durationMilliseconds(backendRequest) > total;
  }),
];
