import type { HeaderModifier, HeaderValue, PathMatch, RouteFilter, RouteMatch } from '../model/gateway.ts';
import type { RuleId } from '../plan/plan.ts';
import { answersAll, inServerBlock, serverBlock } from '../plan/standing.ts';
import { guardUpTo, type DraftBranch, type DraftMethodGuard, type DraftResponse, type HeaderDraft, type RuleDraft } from './draft.ts';
import type { ListenerScope, LoweredRule } from './lowered.ts';
import { namespaceOf, type DraftedRule } from './lower-rule.ts';

/** Shared by all rules that have none: a run makes tens of thousands of them. */
export const none: readonly never[] = [];
export const noAnnotations: ReadonlyMap<string, string> = new Map();

/** Id of a further rule of the same location. */
export function derivedId(id: RuleId, suffix: string): RuleId {
  return `${id}#${suffix}` as RuleId;
}

const valuesOf = (headers: ReadonlyMap<string, string>): readonly HeaderValue[] => [...headers].map(([name, value]) => ({ name, value }));

function modifierOf({ set, add, remove }: HeaderDraft): HeaderModifier | undefined {
  if (set.size === 0 && add.size === 0 && remove.size === 0) return undefined;
  return {
    ...(set.size === 0 ? {} : { set: valuesOf(set) }),
    ...(add.size === 0 ? {} : { add: valuesOf(add) }),
    ...(remove.size === 0 ? {} : { remove: [...remove] }),
  };
}

function responseHeadersOf(draft: RuleDraft): readonly RouteFilter[] {
  const responseHeaderModifier = modifierOf(draft.responseHeaders);
  return responseHeaderModifier === undefined ? none : [{ type: 'ResponseHeaderModifier', responseHeaderModifier }];
}

function filtersOf(draft: RuleDraft): readonly RouteFilter[] {
  const filters: RouteFilter[] = [];
  const requestHeaderModifier = modifierOf(draft.requestHeaders);
  if (requestHeaderModifier !== undefined) filters.push({ type: 'RequestHeaderModifier', requestHeaderModifier });
  filters.push(...responseHeadersOf(draft));
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

/** The fields all rules have, written out: spreading tens of thousands of objects is what would take the time here. */
function plainRule(
  { planRule, hostnames, namespace, listeners, ingresses, routeAnnotations }: Frame,
  id: RuleId,
  matches: readonly RouteMatch[],
  filters: readonly RouteFilter[],
  closedBy: readonly string[],
): LoweredRule {
  return {
    id,
    planRule,
    hostnames,
    namespace,
    routeKind: 'HTTPRoute',
    listeners,
    matches,
    filters,
    backendRefs: none,
    policies: none,
    extensions: none,
    closedBy,
    ingresses,
    routeAnnotations,
  };
}

/** A rule that answers with a redirect and needs nothing else. */
export function redirectRule(
  frame: Frame,
  id: RuleId,
  matches: readonly RouteMatch[],
  requestRedirect: NonNullable<RuleDraft['redirect']>,
  headers: readonly RouteFilter[] = none,
): LoweredRule {
  return plainRule(frame, id, matches, [...headers, { type: 'RequestRedirect', requestRedirect }], none);
}

function openRule(drafted: DraftedRule, frame: Frame, matches: readonly RouteMatch[], branch: DraftBranch | undefined): LoweredRule {
  const { draft, context } = drafted;
  const { timeouts, retry, sessionPersistence, policies, extensions, identityHeaders } = draft;
  const { id } = context.rule;
  const rule: LoweredRule = {
    id: branch === undefined ? id : derivedId(id, branch.suffix),
    planRule: frame.planRule,
    hostnames: frame.hostnames,
    namespace: frame.namespace,
    routeKind: draft.routeKind,
    listeners: frame.listeners,
    // Every method of every service is what a GRPCRoute takes without matches.
    matches: draft.routeKind === 'GRPCRoute' && context.path.match.value === '/' ? none : matches,
    filters: filtersOf(draft),
    backendRefs: branch === undefined ? draft.backendRefs : branch.backendRefs,
    policies: policies.length === 0 ? none : policies,
    extensions: extensions.length === 0 ? none : extensions,
    closedBy: none,
    ingresses: frame.ingresses,
    routeAnnotations: frame.routeAnnotations,
  };
  if (timeouts === undefined && retry === undefined && sessionPersistence === undefined && identityHeaders.size === 0) return rule;
  return {
    ...rule,
    ...(identityHeaders.size === 0 ? {} : { identityHeaders: [...identityHeaders] }),
    ...(timeouts === undefined ? {} : { timeouts }),
    ...(retry === undefined ? {} : { retry }),
    ...(sessionPersistence === undefined ? {} : { sessionPersistence }),
  };
}

/** A rule that answers with a filter of the target. */
export function responseRule(frame: Frame, id: RuleId, matches: readonly RouteMatch[], { filter, extension }: DraftResponse, headers: readonly RouteFilter[] = none): LoweredRule {
  return { ...plainRule(frame, id, matches, [...headers, filter], none), extensions: [extension] };
}

/** What is left of matches when only some methods are let through. */
function allowedMatches(matches: readonly RouteMatch[], allowed: readonly string[] | undefined): readonly RouteMatch[] {
  return allowed === undefined ? matches : matches.flatMap((match) => allowed.map((method) => ({ ...match, method })));
}

type Serve = (matches: readonly RouteMatch[]) => readonly LoweredRule[];

/** What a guard lets through, beside the rule that refuses the methods: those named, which win by the match on the method, or all that no other rule of the path takes. */
export function behindGuard(guard: DraftMethodGuard | undefined, frame: Frame, id: RuleId, matches: readonly RouteMatch[], serve: Serve): readonly LoweredRule[] {
  if (guard === undefined) return serve(matches);
  const { allowed, refused, response } = guard;
  const other = derivedId(id, 'other-methods');
  const refuse = (those: readonly RouteMatch[]): LoweredRule => (response === undefined ? plainRule(frame, other, those, none, ['method-guard/status']) : responseRule(frame, other, those, response));
  if (allowed === undefined) return [refuse(allowedMatches(matches, refused)), ...serve(matches)];
  return allowed.length === 0 ? [refuse(matches)] : [...serve(allowedMatches(matches, allowed)), refuse(matches)];
}

/** A branch that refuses its requests has its matches and nothing else. */
function branchRule(drafted: DraftedRule, frame: Frame, matches: readonly RouteMatch[], branch: DraftBranch): LoweredRule {
  if (branch.closedBy === undefined) return openRule(drafted, frame, matches, branch);
  const id = derivedId(drafted.context.rule.id, branch.suffix);
  return branch.response === undefined ? plainRule(frame, id, matches, none, [branch.closedBy]) : responseRule(frame, id, matches, branch.response);
}

/** What the rule does with requests that no branch and no guard takes: it answers itself, or forwards. */
function servingRule(drafted: DraftedRule, frame: Frame, matches: readonly RouteMatch[]): LoweredRule {
  const { draft, context } = drafted;
  if (draft.redirect !== undefined) return redirectRule(frame, context.rule.id, matches, draft.redirect, responseHeadersOf(draft));
  if (draft.response !== undefined) return responseRule(frame, context.rule.id, matches, draft.response, responseHeadersOf(draft));
  return openRule(drafted, frame, matches, undefined);
}

/** Branches first: refused clients before every answer, canaries before the backend. */
function servingRules(drafted: DraftedRule, frame: Frame, matches: readonly RouteMatch[]): readonly LoweredRule[] {
  const branched = (branch: DraftBranch): LoweredRule => branchRule(drafted, frame, matches.map((match) => ({ ...match, headers: branch.headers })), branch);
  return [...drafted.draft.branches.map(branched), servingRule(drafted, frame, matches)];
}

/** The path without its final slash, where nginx has no redirect for it, because the server block answers both. */
function bareOf(drafted: DraftedRule): readonly PathMatch[] {
  const { rule, path } = drafted.context;
  const { type, value } = path.match;
  return type === 'Exact' && rule.location.addSlashRedirect && answeredBefore(drafted) ? [{ type, value: value.replace(/\/$/, '') }] : none;
}

const matchesOf = (drafted: DraftedRule): readonly RouteMatch[] => [drafted.context.path.match, ...(drafted.context.path.also ?? none), ...bareOf(drafted)].map((match) => ({ path: match }));

/** Freezes a draft. */
export function assembleRule(drafted: DraftedRule, listeners: ListenerScope): readonly LoweredRule[] {
  const { draft, context, closedBy } = drafted;
  const frame = frameOf(drafted, listeners);
  const matches = matchesOf(drafted);
  if (closedBy.length > 0) {
    // The matches and nothing else: see docs/adr/0004-closed-rules.md.
    return [plainRule(frame, context.rule.id, matches, none, closedBy)];
  }
  return behindGuard(guardUpTo(draft, Number.POSITIVE_INFINITY), frame, context.rule.id, matches, (those) => servingRules(drafted, frame, those));
}

/** What refuses methods before nginx looks for a location. */
const inServerBlockOf = ({ draft }: DraftedRule): DraftMethodGuard | undefined => guardUpTo(draft, serverBlock);

/** Rules for locations of a snippet, beside those of the host. */
export function pathAnswerRules(drafted: DraftedRule, listeners: ListenerScope): readonly LoweredRule[] {
  const frame = frameOf(drafted, listeners);
  return drafted.draft.pathAnswers.flatMap(({ name, matches: paths, redirect, response, code }) => {
    const id = derivedId(drafted.context.rule.id, `path-${name}`);
    const answer = (matches: readonly RouteMatch[]): LoweredRule => {
      if (redirect !== undefined) return redirectRule(frame, id, matches, redirect);
      return response === undefined ? plainRule(frame, id, matches, none, [code]) : responseRule(frame, id, matches, response);
    };
    return behindGuard(inServerBlockOf(drafted), frame, id, paths.map((path) => ({ path })), (those) => [answer(those)]);
  });
}

/** The redirect to HTTPS that plain HTTP gets in place of one rule, behind the methods that are refused before it. */
export function httpsRedirectRules(drafted: DraftedRule, { statusCode, standing }: NonNullable<RuleDraft['httpsRedirect']>): readonly LoweredRule[] {
  const frame = frameOf(drafted, 'http');
  const id = derivedId(drafted.context.rule.id, 'https-redirect');
  return behindGuard(guardUpTo(drafted.draft, standing), frame, id, matchesOf(drafted), (those) => [redirectRule(frame, id, those, { scheme: 'https', statusCode })]);
}

/** What plain HTTP gets in place of one rule that is for HTTPS alone. */
export function plainHttpRules(drafted: DraftedRule): readonly LoweredRule[] {
  const { plainHttp } = drafted.draft;
  if (plainHttp === undefined) return none;
  const { response, code, standing } = plainHttp;
  const frame = frameOf(drafted, 'http');
  const id = derivedId(drafted.context.rule.id, 'plain-http');
  return behindGuard(guardUpTo(drafted.draft, standing), frame, id, matchesOf(drafted), (those) => [response === undefined ? plainRule(frame, id, those, none, [code]) : responseRule(frame, id, those, response)]);
}

/** What the server block answers, or may answer, comes before nginx looks for a location, the one of the path without its final slash among them. */
const answeredBefore = ({ context, closedBy }: DraftedRule): boolean =>
  context.rule.intents.some((intent) => (answersAll(intent) && inServerBlock(intent)) || (closedBy.length > 0 && intent.kind === 'snippet' && intent.context === 'server' && intent.protective));

/** nginx answers the path without its final slash with 301, unless it denies the location. A rule that is closed here has the redirect as well: it leads to the closed rule. */
export function addSlashRules(drafted: DraftedRule, listeners: ListenerScope): readonly LoweredRule[] {
  const { rule, path } = drafted.context;
  if (!rule.location.addSlashRedirect || rule.location.denied !== undefined || answeredBefore(drafted) || path.match.type === 'RegularExpression') return none;
  const bare = path.match.value.replace(/\/$/, '');
  if (bare === '') return none;
  const matches: readonly RouteMatch[] = [{ path: { type: 'Exact', value: bare } }];
  const redirect = { path: { type: 'ReplaceFullPath', replaceFullPath: `${bare}/` }, statusCode: 301 } as const;
  const frame = frameOf(drafted, listeners);
  const id = derivedId(rule.id, 'add-slash');
  return behindGuard(inServerBlockOf(drafted), frame, id, matches, (those) => [redirectRule(frame, id, those, redirect)]);
}
