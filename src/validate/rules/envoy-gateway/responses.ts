import { isSet, rule, type Rule } from '../define.ts';

/** Default type: Inline. */
interface Body {
  readonly type?: string;
  readonly inline?: string;
  readonly valueRef?: { readonly kind: string };
}
/** Default type: Value. */
interface StatusCode {
  readonly type?: string;
  readonly value?: number;
  readonly range?: unknown;
}
interface HeaderChange {
  readonly remove?: readonly string[];
}

/** Source: charts/gateway-helm/charts/crds of https://github.com/envoyproxy/gateway, `responseOverride` and HTTPRouteFilter. */
export const responseRules: readonly Rule[] = [
  rule<{ readonly response?: unknown }>('override-without-response', 'exactly one of response or redirect must be specified', (self) => self.response === undefined),
  rule<{ readonly statusCodes?: unknown; readonly responseHeaders?: unknown }>(
    'override-match-empty',
    'at least one of statusCodes or responseHeaders must be specified',
    (self) => self.statusCodes === undefined && self.responseHeaders === undefined,
  ),
  rule<StatusCode>('status-code-value', 'value must be set for type Value', ({ type = 'Value', value }) => type === 'Value' && value === undefined),
  rule<StatusCode>('status-code-range', 'range must be set for type Range', ({ type, range }) => type === 'Range' && range === undefined),
  rule<{ readonly start: number; readonly end: number }>('status-code-range-order', 'end must be greater than start', ({ start, end }) => end <= start),
  rule<Body>('body-inline', 'inline must be set for type Inline', ({ type = 'Inline', inline }) => type === 'Inline' && inline === undefined),
  rule<Body>('body-value-ref', 'valueRef must be set for type ValueRef', ({ type, valueRef }) => type === 'ValueRef' && valueRef === undefined),
  rule<Body>('body-value-ref-kind', 'only ConfigMap is supported for ValueRef', ({ valueRef }) => valueRef !== undefined && valueRef.kind !== 'ConfigMap'),
  rule<HeaderChange>('override-removes-header', 'Remove is not supported for header in CustomResponse', ({ remove }) => isSet(remove)),
  rule<HeaderChange>('direct-response-removes-header', 'header.remove is not supported for DirectResponse', ({ remove }) => isSet(remove)),
  rule<{ readonly type: string; readonly replaceRegexMatch?: unknown }>(
    'regex-rewrite-missing',
    'If HTTPPathModifier type is ReplaceRegexMatch, replaceRegexMatch field needs to be set.',
    (self) => (self.type === 'ReplaceRegexMatch') !== (self.replaceRegexMatch !== undefined),
  ),
];
