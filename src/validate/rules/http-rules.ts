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

/** The expressions ask exists_one: two such filters are another rule's matter. */
function replacesPrefixOnce(filters: readonly Filter[] | undefined, member: 'requestRedirect' | 'urlRewrite'): boolean {
  const replacing = (filters ?? []).filter((filter) => {
    const path = filter[member]?.path;
    return path?.type === 'ReplacePrefixMatch' && path.replacePrefixMatch !== undefined;
  });
  return replacing.length === 1;
}

const inBackends = (self: HttpRule, member: 'requestRedirect' | 'urlRewrite'): boolean =>
  (self.backendRefs ?? []).filter(({ filters }) => replacesPrefixOnce(filters, member)).length === 1;

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
    (self) => replacesPrefixOnce(self.filters, 'requestRedirect') && !hasOnePrefixMatch(self),
  ),
  rule<HttpRule>(
    'rewrite-prefix-without-prefix-match',
    'When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified',
    (self) => replacesPrefixOnce(self.filters, 'urlRewrite') && !hasOnePrefixMatch(self),
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
