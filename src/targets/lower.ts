import { raise, type Finding } from '../diagnostics/finding.ts';
import type { GatewayObject } from '../model/gateway.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { IntentOf, ServerIntentKind } from '../plan/intents.ts';
import type { Plan, PlanHost } from '../plan/plan.ts';
import { codes } from './codes.ts';
import { settingFindings } from './controller-settings.ts';
import type { HostContext, HostLowerings, LowerHost, LoweringOptions, Target, Verdict } from './define.ts';
import type { HostDraft } from './draft.ts';
import { fallThrough, leftToOthers, widerHosts } from './fall-through.ts';
import { rulesOfHost } from './host-rules.ts';
import { lowerImplicit } from './implicit.ts';
import { certificateOf, createListenerTable, lacksCertificate, type ListenerTable } from './listeners.ts';
import { closingCodes, lowerRule, type DraftedRule } from './lower-rule.ts';
import type { LoweredPlan, LoweredRule } from './lowered.ts';
import { withoutDistrusted } from './distrust.ts';
import { placePaths } from './path-forms.ts';
import { createSink, type FindingSink } from './sink.ts';
import { lowerStreams } from './streams.ts';
import { aboutHost, hostName } from './subject.ts';
import { controllerPaths, escapedSlashes, undeclaredPaths } from './undeclared.ts';

/** What grows while the hosts are lowered one after the other. */
interface Run {
  readonly target: Target;
  readonly options: LoweringOptions;
  readonly settings: ControllerSettings;
  readonly sink: FindingSink;
  readonly listeners: ListenerTable;
  readonly rules: LoweredRule[];
  readonly objects: Map<string, GatewayObject>;
  readonly taken: ReadonlySet<string>;
  readonly wider: ReadonlySet<string>;
}

function newHostDraft(): HostDraft {
  return {
    appRoot: undefined,
    redirectsFrom: [],
    passthrough: undefined,
    listenerPolicies: [],
    clientAuthority: undefined,
    distrustedHeaders: [],
    listenerOptions: undefined,
    gatewayAnnotations: new Map(),
    objects: [],
  };
}

function lowerHostIntent<K extends ServerIntentKind>(
  lowerings: HostLowerings,
  kind: K,
  intent: IntentOf<K>,
  draft: HostDraft,
  context: HostContext,
): Verdict {
  const lower: LowerHost<K> = lowerings[kind];
  return lower(intent, draft, context);
}

/** Codes that close the whole host. */
function lowerHostIntents(run: Run, draft: HostDraft, context: HostContext): readonly string[] {
  const closedBy: string[] = [];
  for (const intent of context.host.intents) {
    const verdict = lowerHostIntent(run.target.hostLowerings, intent.kind, intent, draft, context);
    run.sink.add(verdict.findings);
    closedBy.push(...closingCodes(verdict, run.options));
  }
  return closedBy;
}

function keepObjects(run: Run, draft: HostDraft, rules: readonly DraftedRule[]): void {
  const keep = (object: GatewayObject): void => {
    const { namespace = '', name } = object.metadata;
    const key = `${object.kind} ${namespace}/${name}`;
    if (!run.objects.has(key)) run.objects.set(key, object);
  };
  draft.objects.forEach(keep);
  for (const rule of rules) {
    if (rule.closedBy.length === 0) rule.draft.objects.forEach(keep);
  }
}

function lowerHost(run: Run, host: PlanHost): void {
  const { options, sink, settings } = run;
  const { profile, regexHosts, inventory, accepted, defaults } = options;
  const { respond } = run.target;
  const draft = newHostDraft();
  const base: HostContext = { ...options, host, respond };
  const closedBy = lowerHostIntents(run, draft, base);
  const placed = placePaths(host, options, (finding) => sink.add([finding]));
  if (placed.length === 0 && draft.appRoot === undefined && draft.redirectsFrom.length === 0) {
    sink.add([leftToOthers(host, run.wider), undeclaredPaths(host, [])].filter((finding) => finding !== undefined));
    return;
  }
  const drafted = placed.map(({ rule, path }) => lowerRule(run.target.lowerings, { profile, regexHosts, inventory, accepted, defaults, host, rule, path, hostDraft: draft, respond }, closedBy, sink));
  const rules = withoutDistrusted(drafted, draft.distrustedHeaders, sink);
  const redirects = rules.some(({ draft: one }) => one.plainHttp !== undefined || one.httpsRedirect !== undefined);
  const certificate = draft.passthrough === undefined ? certificateOf(host, settings) : undefined;
  if (certificate === undefined && draft.passthrough === undefined && lacksCertificate(host, settings, redirects)) {
    sink.add([raise(codes, 'listener/no-certificate', aboutHost(host.server), { host: hostName(host.server) })]);
  }
  if (host.server.host.startsWith('*.')) {
    sink.add([raise(codes, 'host/wildcard-depth', aboutHost(host.server), { host: host.server.host })]);
  }
  const notes = [fallThrough(host, run.wider, profile), undeclaredPaths(host, rules), controllerPaths(host), escapedSlashes(host, rules, profile)];
  sink.add(notes.filter((finding) => finding !== undefined));
  const lowered = rulesOfHost({ host, draft, rules, https: certificate !== undefined, taken: run.taken });
  run.listeners.serve(lowered, draft, certificate);
  keepObjects(run, draft, rules);
  for (const rule of lowered) run.rules.push(rule);
}

/** Puts the plan into the target's words. Pure; linear in hosts, rules and intents. */
export function lowerPlan(plan: Plan, target: Target, options: LoweringOptions): { readonly value: LoweredPlan; readonly findings: readonly Finding[] } {
  const run: Run = {
    target,
    options,
    settings: plan.settings,
    sink: createSink(),
    listeners: createListenerTable(),
    rules: [],
    objects: new Map(),
    taken: new Set(plan.hosts.flatMap(({ hostnames }) => hostnames)),
    wider: widerHosts(plan),
  };
  for (const host of plan.hosts) lowerHost(run, host);
  if (run.rules.length > 0) run.listeners.serveUnknown(plan.settings, plan.hosts);
  const asked: LoweredPlan = { rules: run.rules, listeners: run.listeners.all(), gatewayPolicies: [], objects: [...run.objects.values()] };
  const implicit = run.rules.length === 0 ? { plan: asked, findings: [] } : lowerImplicit(asked, target, plan.settings, options);
  if (run.rules.length > 0) run.sink.add([...implicit.findings, ...settingFindings(target, plan.settings)]);
  const streams = lowerStreams(plan, options);
  run.sink.add(streams.findings);
  const lowered: LoweredPlan = streams.value.length === 0 ? implicit.plan : { ...implicit.plan, streams: streams.value };
  return { value: target.finish?.(lowered, plan, options) ?? lowered, findings: run.sink.all() };
}
