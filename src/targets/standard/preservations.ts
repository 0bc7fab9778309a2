import type { HeaderModifier, RouteFilter } from '../../model/gateway.ts';
import { hstsValue } from '../../nginx/defaults.ts';
import { derivedId } from '../assemble.ts';
import type { Target } from '../define.ts';
import { maximumHeaders } from '../draft.ts';
import type { LoweredPlan, LoweredRule } from '../lowered.ts';

const forwards = ({ backendRefs, routeKind }: LoweredRule): boolean => backendRefs.length > 0 && routeKind !== 'TLSRoute';

/** Whether somebody who was asked for says something of the header already. */
function mentions({ set = [], add = [], remove = [] }: HeaderModifier, name: string): boolean {
  return [...set, ...add].map((header) => header.name).concat(remove).some((known) => known.toLowerCase() === name.toLowerCase());
}

/** A rule whose answers get `more` beside what its own filter does with their headers; the same rule where there is no room. */
function withResponseHeaders(rule: LoweredRule, name: string, more: (own: HeaderModifier) => HeaderModifier): LoweredRule {
  const own = rule.filters.find((filter) => filter.type === 'ResponseHeaderModifier')?.responseHeaderModifier ?? {};
  if (!forwards(rule) || mentions(own, name)) return rule;
  const responseHeaderModifier = more(own);
  if ((responseHeaderModifier.set?.length ?? 0) > maximumHeaders || (responseHeaderModifier.remove?.length ?? 0) > maximumHeaders) return rule;
  const filter: RouteFilter = { type: 'ResponseHeaderModifier', responseHeaderModifier };
  const others = rule.filters.filter(({ type }) => type !== 'ResponseHeaderModifier');
  const [first] = others;
  // The order of `filtersOf`: request headers before response headers.
  return { ...rule, filters: first?.type === 'RequestHeaderModifier' ? [first, filter, ...others.slice(1)] : [filter, ...others] };
}

const header = 'Strict-Transport-Security';

/** A filter does not see the scheme, so plain HTTP and HTTPS get a rule each; all of them, so that each scheme keeps the whole order of its rules. */
function onHttps(rule: LoweredRule, value: string): readonly LoweredRule[] {
  if (rule.routeKind === 'TLSRoute' || rule.listeners === 'http') return [rule];
  const secure = withResponseHeaders({ ...rule, listeners: 'https' }, header, (own) => ({ ...own, set: [...(own.set ?? []), { name: header, value }] }));
  if (rule.listeners === 'https') return [secure];
  return [{ ...rule, listeners: 'http' }, { ...secure, id: derivedId(rule.id, 'https') }];
}

function mapRules(plan: LoweredPlan, change: (rule: LoweredRule) => LoweredRule): LoweredPlan {
  return { ...plan, rules: plan.rules.map(change) };
}

/** What header filters and the field timeouts can keep. */
export const standardPreservations: Target['preservations'] = {
  hsts: {
    how: 'a ResponseHeaderModifier on the HTTPS listeners, whose hosts get routes for each scheme',
    differences: 'redirects and what the gateway answers itself, such as 404, go without it',
    write: (plan, _behaviour, settings) => ({ ...plan, rules: plan.rules.flatMap((rule) => onHttps(rule, hstsValue(settings))) }),
  },
  'server-header-removed': {
    how: 'a ResponseHeaderModifier that removes the header Server',
    differences: 'a gateway that writes a Server header of its own still does',
    write: (plan) => mapRules(plan, (rule) => withResponseHeaders(rule, 'Server', (own) => ({ ...own, remove: [...(own.remove ?? []), 'Server'] }))),
  },
  'idle-timeouts-60s': {
    how: 'timeouts.request 0s, so that no limit on the whole request cuts long answers',
    differences: 'nothing ends a request whose application stalls but the idle timeout of the gateway, and a gateway without the field keeps its limit',
    write: (plan) => mapRules(plan, (rule) => (rule.routeKind === 'HTTPRoute' && forwards(rule) && rule.timeouts === undefined ? { ...rule, timeouts: { request: '0s' } } : rule)),
  },
};
