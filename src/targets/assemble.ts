import type { HeaderModifier, RouteFilter, RouteMatch } from '../model/gateway.ts';
import type { RuleId } from '../plan/plan.ts';
import type { DraftBranch, RuleDraft } from './draft.ts';
import type { ListenerScope, LoweredRule } from './lowered.ts';
import { namespaceOf, type DraftedRule } from './lower-rule.ts';

/** Shared by all rules that have none: a run makes tens of thousands of them. */
export const none: readonly never[] = [];
export const noAnnotations: ReadonlyMap<string, string> = new Map();

/** Id of a further rule of the same location. */
export function derivedId(id: RuleId, suffix: string): RuleId {
  return `${id}#${suffix}` as RuleId;
}

function modifierOf({ set, remove }: RuleDraft['requestHeaders']): HeaderModifier | undefined {
  if (set.size === 0 && remove.size === 0) return undefined;
  return {
    ...(set.size === 0 ? {} : { set: [...set].map(([name, value]) => ({ name, value })) }),
    ...(remove.size === 0 ? {} : { remove: [...remove] }),
  };
}

function filtersOf(draft: RuleDraft): readonly RouteFilter[] {
  const filters: RouteFilter[] = [];
  const requestHeaderModifier = modifierOf(draft.requestHeaders);
  if (requestHeaderModifier !== undefined) filters.push({ type: 'RequestHeaderModifier', requestHeaderModifier });
  const responseHeaderModifier = modifierOf(draft.responseHeaders);
  if (responseHeaderModifier !== undefined) filters.push({ type: 'ResponseHeaderModifier', responseHeaderModifier });
  const { path, hostname } = draft.urlRewrite;
  if (path !== undefined || hostname !== undefined) filters.push({ type: 'URLRewrite', urlRewrite: draft.urlRewrite });
  filters.push(...draft.filters);
  return filters.length === 0 ? none : filters;
}

type Frame = Pick<LoweredRule, 'planRule' | 'hostnames' | 'namespace' | 'listeners' | 'ingresses' | 'routeAnnotations'>;

function frameOf({ context, draft }: DraftedRule, listeners: ListenerScope): Frame {
  const { rule, host } = context;
  const { ingress } = rule.location;
  return {
    planRule: rule.id,
    hostnames: host.hostnames,
    namespace: namespaceOf(context),
    listeners,
    ingresses: ingress === undefined ? none : [ingress],
    routeAnnotations: draft.routeAnnotations.size === 0 ? noAnnotations : draft.routeAnnotations,
  };
}

/** A rule that answers with a redirect and needs nothing else. */
export function redirectRule(
  frame: Frame,
  id: RuleId,
  matches: readonly RouteMatch[],
  requestRedirect: NonNullable<RuleDraft['redirect']>,
): LoweredRule {
  const filters: readonly RouteFilter[] = [{ type: 'RequestRedirect', requestRedirect }];
  return { ...frame, id, routeKind: 'HTTPRoute', matches, filters, backendRefs: none, policies: none, extensions: none, closedBy: none };
}

/** Keeps the matches and nothing else: see docs/adr/0004-closed-rules.md. */
function closedRule(frame: Frame, id: RuleId, matches: readonly RouteMatch[], closedBy: readonly string[]): LoweredRule {
  return { ...frame, id, routeKind: 'HTTPRoute', matches, filters: none, backendRefs: none, policies: none, extensions: none, closedBy };
}

function openRule(drafted: DraftedRule, frame: Frame, matches: readonly RouteMatch[], branch: DraftBranch | undefined): LoweredRule {
  const { draft, context } = drafted;
  const { timeouts, retry, sessionPersistence } = draft;
  const { id } = context.rule;
  return {
    ...frame,
    id: branch === undefined ? id : derivedId(id, branch.suffix),
    routeKind: draft.routeKind,
    matches: draft.routeKind === 'GRPCRoute' ? none : matches,
    filters: filtersOf(draft),
    backendRefs: branch === undefined ? draft.backendRefs : branch.backendRefs,
    ...(timeouts === undefined ? {} : { timeouts }),
    ...(retry === undefined ? {} : { retry }),
    ...(sessionPersistence === undefined ? {} : { sessionPersistence }),
    policies: draft.policies.length === 0 ? none : draft.policies,
    extensions: draft.extensions.length === 0 ? none : draft.extensions,
    closedBy: none,
  };
}

/** Freezes a draft: the branches of a canary first, then the rule itself. */
export function assembleRule(drafted: DraftedRule, listeners: ListenerScope): readonly LoweredRule[] {
  const { draft, context, closedBy } = drafted;
  const frame = frameOf(drafted, listeners);
  const { match: path } = context.path;
  const matches: readonly RouteMatch[] = [{ path }];
  if (closedBy.length > 0) return [closedRule(frame, context.rule.id, matches, closedBy)];
  if (draft.redirect !== undefined) return [redirectRule(frame, context.rule.id, matches, draft.redirect)];
  return [
    ...draft.branches.map((branch) => openRule(drafted, frame, [{ path, headers: branch.headers }], branch)),
    openRule(drafted, frame, matches, undefined),
  ];
}

/** The redirect to HTTPS that plain HTTP gets in place of one rule. */
export function httpsRedirectRule(drafted: DraftedRule, statusCode: number): LoweredRule {
  const id = derivedId(drafted.context.rule.id, 'https-redirect');
  return redirectRule(frameOf(drafted, 'http'), id, [{ path: drafted.context.path.match }], { scheme: 'https', statusCode });
}

/** nginx answers the path without its final slash with 301, unless the location is shut. */
export function addSlashRule(drafted: DraftedRule, listeners: ListenerScope): LoweredRule | undefined {
  const { rule, path } = drafted.context;
  if (!rule.location.addSlashRedirect || drafted.closedBy.length > 0 || path.match.type === 'RegularExpression') return undefined;
  const bare = path.match.value.replace(/\/$/, '');
  if (bare === '') return undefined;
  const matches: readonly RouteMatch[] = [{ path: { type: 'Exact', value: bare } }];
  const redirect = { path: { type: 'ReplaceFullPath', replaceFullPath: `${bare}/` }, statusCode: 301 } as const;
  return redirectRule(frameOf(drafted, listeners), derivedId(rule.id, 'add-slash'), matches, redirect);
}
