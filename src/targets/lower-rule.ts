import { raise } from '../diagnostics/finding.ts';
import type { BackendRef } from '../model/gateway.ts';
import { refusesHost } from '../nginx/configuration.ts';
import type { Intent, IntentOf } from '../plan/intents.ts';
import { answersAll, inServerBlock, unreached } from '../plan/standing.ts';
import { codes } from './codes.ts';
import type { Lower, LoweringContext, Lowerings, LoweringOptions, RuleIntentKind, Verdict } from './define.ts';
import { answersFirst, type DraftResponse, type RuleDraft } from './draft.ts';
import { inLoweringOrder } from './order.ts';
import type { FindingSink } from './sink.ts';
import { aboutRule, hostName, subjectOf } from './subject.ts';

/** A rule whose intents are lowered, not yet tied to listeners. */
export interface DraftedRule {
  readonly context: LoweringContext;
  readonly draft: RuleDraft;
  /** Codes of what closes it; empty: it forwards or redirects. */
  readonly closedBy: readonly string[];
}

/** A reference as seen from a route in `namespace`. */
export function backendRef(backend: { readonly namespace: string; readonly name: string; readonly port: number }, namespace: string): BackendRef {
  const { name, port } = backend;
  return backend.namespace === namespace ? { name, port } : { name, namespace: backend.namespace, port };
}

/** Where the route of a rule lives: beside the Ingress it comes from, or beside its Service or who else asks for something where no Ingress owns it. */
export function namespaceOf({ rule, host }: Pick<LoweringContext, 'rule' | 'host'>): string {
  const { ingress, backend } = rule.location;
  if (ingress !== undefined) return ingress.ref.namespace;
  return backend.kind === 'service' ? backend.namespace : ((rule.intents[0]?.from[0]?.ingress ?? host.server.ingresses[0])?.ref.namespace ?? '');
}

function newDraft(context: LoweringContext): RuleDraft {
  const { backend } = context.rule.location;
  return {
    requestHeaders: { set: new Map(), add: new Map(), remove: new Set() },
    responseHeaders: { set: new Map(), add: new Map(), remove: new Set() },
    urlRewrite: {},
    redirect: undefined,
    response: undefined,
    methodGuards: [],
    plainHttp: undefined,
    pathAnswers: [],
    filters: [],
    backendRefs: backend.kind === 'service' ? [backendRef(backend, namespaceOf(context))] : [],
    branches: [],
    timeouts: undefined,
    retry: undefined,
    sessionPersistence: undefined,
    routeKind: 'HTTPRoute',
    policies: [],
    extensions: [],
    objects: [],
    routeAnnotations: new Map(),
    identityHeaders: new Set(),
    httpsRedirect: undefined,
  };
}

/**
 * Codes that close the rule. A loss the user accepted by name closes nothing, if it is a lost protection: a rule closed because it cannot be
 * said rightly stays closed (docs/adr/0007-accepting-a-loss.md).
 */
export function closingCodes(verdict: Verdict, options: Pick<LoweringOptions, 'accepted'>): readonly string[] {
  if (verdict.kind !== 'closed') return [];
  const open = verdict.findings.every((finding) => finding.entry.risk === 'security' && options.accepted(finding));
  return open ? [] : verdict.findings.map(({ code }) => code);
}

/** What still counts where nginx answers by itself: snippets run before, headers go with every answer, and annotations of the objects are no behaviour. */
const besideAnswers: ReadonlySet<RuleIntentKind> = new Set<RuleIntentKind>([
  ...(['redirect', 'rewrite-redirect', 'fixed-response', 'path-answer', 'method-guard', 'plain-http', 'https-redirect', 'snippet', 'refused', 'block-list', 'redirect-port', 'response-headers', 'metadata'] as const),
]);

/** Of a denied location nginx writes nothing but the refusal, behind the server block and before the error pages of all locations. */
function refusalKeeps(intent: Intent, { draft, context }: Pick<DraftedRule, 'draft' | 'context'>): boolean {
  const { location } = context.rule;
  const { kind, setting } = intent;
  if (location.denied === undefined || kind === 'metadata' || (kind === 'error-pages' && setting !== undefined)) return true;
  if (!refusesHost(location) && inServerBlock(intent)) return true;
  return draft.response === undefined && kind !== 'https-redirect' && kind !== 'plain-http';
}

function lowerIntent<K extends RuleIntentKind>(lowerings: Lowerings, kind: K, intent: IntentOf<K>, drafted: Pick<DraftedRule, 'draft' | 'context'>, reached: boolean): Verdict {
  const { draft, context } = drafted;
  const lower: Lower<K> = lowerings[kind];
  const denied = !refusalKeeps(intent, drafted);
  const beside = besideAnswers.has(kind) || (kind === 'error-pages' && context.rule.location.denied !== undefined);
  if (reached && !denied && (!answersFirst(draft) || beside)) return lower(intent, draft, context);
  const idle: Intent = intent;
  const [use] = idle.from;
  if (use === undefined || kind === 'https-redirect') return { kind: 'exact' };
  // Only preflights are answered before the texts and redirects of a location.
  if (kind === 'cors' && !denied && !context.rule.intents.some((other) => answersAll(other) && inServerBlock(other))) {
    return { kind: 'approximate', findings: [raise(codes, 'cors/answered-first', subjectOf(idle, context), { key: use.key })] };
  }
  return { kind: 'exact', findings: [raise(codes, 'redirect/answers-first', subjectOf(idle, context), { key: use.key })] };
}

/** An error of nginx itself, as the target gives it. */
function refusalOf(status: number, context: LoweringContext): DraftResponse | undefined {
  return context.respond?.({ status, body: '', contentType: '' }, namespaceOf(context));
}

/** What closes the rule whatever its intents are. */
function closedBefore({ context, draft }: Pick<DraftedRule, 'context' | 'draft'>, sink: FindingSink): readonly string[] {
  const { location, intents } = context.rule;
  const answered = !refusesHost(location) && intents.some((intent) => answersAll(intent) && inServerBlock(intent));
  if (location.denied === undefined || answered) return context.path.closedBy;
  const { status, finding } = location.denied;
  const response = refusalOf(status, context);
  const args = { host: hostName(context.host.server), path: location.path, status: String(status) };
  sink.add([raise(codes, response === undefined ? 'closed-rule/denied' : 'closed-rule/denied-kept', aboutRule(context.rule), args)]);
  if (response === undefined || context.path.closedBy.length > 0) return [finding.code];
  draft.response = response;
  return [];
}

function closedWithoutBackend({ context, draft }: Pick<DraftedRule, 'context' | 'draft'>, sink: FindingSink): readonly string[] {
  const { location } = context.rule;
  if (location.backend.kind !== 'none' || draft.redirect !== undefined || draft.response !== undefined) return [];
  const { reason, status, finding } = location.backend;
  // Where the input does not say enough, nginx may well have a backend: then nobody knows what it answers.
  const response = (finding?.entry.fidelity ?? 'exact') === 'exact' ? refusalOf(status, context) : undefined;
  const args = { host: hostName(context.host.server), path: location.path, reason, status: String(status) };
  sink.add([raise(codes, response === undefined ? 'closed-rule/no-backend' : 'closed-rule/no-backend-kept', aboutRule(context.rule), args)]);
  if (response === undefined) return ['closed-rule/no-backend'];
  draft.response = response;
  return [];
}

/** Runs the lowerings of all intents of a rule. */
export function lowerRule(lowerings: Lowerings, context: LoweringContext, hostClosedBy: readonly string[], sink: FindingSink): DraftedRule {
  const draft = newDraft(context);
  const drafted = { context, draft };
  const before = closedBefore(drafted, sink);
  if (context.rule.intents.length === 0 && before.length === 0 && draft.backendRefs.length > 0) return { context, draft, closedBy: hostClosedBy };
  const closedBy = [...hostClosedBy, ...before];
  const idle = unreached(context.rule.intents);
  for (const intent of inLoweringOrder(context.rule.intents)) {
    const verdict = lowerIntent(lowerings, intent.kind, intent, drafted, !idle.has(intent));
    sink.add(verdict.findings);
    closedBy.push(...closingCodes(verdict, context));
  }
  if (closedBy.length === 0) closedBy.push(...closedWithoutBackend(drafted, sink));
  return { ...drafted, closedBy };
}
