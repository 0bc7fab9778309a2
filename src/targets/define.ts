import type { CodeTable, Finding } from '../diagnostics/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { IntentKind, IntentOf, NamedValue, ServerIntentKind } from '../plan/intents.ts';
import type { Plan, PlanHost, PlanRule } from '../plan/plan.ts';
import type { DifferingDefault, ImplicitBehaviour, SharedDefault } from '../nginx/defaults.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { LoweredPlan } from './lowered.ts';
import type { DraftResponse, HostDraft, RuleDraft } from './draft.ts';
import type { RulePath } from './paths.ts';
import type { Profile } from './profile.ts';

/** `preserve`: written where the target can; `report`: said once a run; `ignore`: counted, and nothing more. */
export type DefaultsMode = 'preserve' | 'report' | 'ignore';

/** What the run was asked for. */
export interface LoweringOptions {
  readonly profile: Profile;
  /** Paths of a regex host: as nginx matches them, or as the author plainly meant them. */
  readonly regexHosts: 'faithful' | 'literal';
  readonly inventory: Inventory;
  /** What becomes of behaviour that nobody asked nginx for: see docs/adr/0019-defaults.md. */
  readonly defaults: DefaultsMode;
  /** Losses the user accepted by name (--accept): a `closed` verdict whose findings are all accepted counts as `lost`, and the rule stays open. */
  readonly accepted: (finding: Finding) => boolean;
}

/** What nginx answers by itself, word for word. */
export interface FixedAnswer {
  readonly status: number;
  /** '' for none. */
  readonly body: string;
  readonly contentType: string;
  /** Among them the Location of a redirect that the core filter cannot say. */
  readonly headers?: readonly NamedValue[];
}

/** A filter of the target that answers by itself; undefined where it cannot give this answer. */
export type Respond = (answer: FixedAnswer, namespace: string) => DraftResponse | undefined;

export interface HostContext extends LoweringOptions {
  readonly host: PlanHost;
  /** The target's own; absent: rules that answer by themselves are closed. */
  readonly respond: Respond | undefined;
}

export interface LoweringContext extends HostContext {
  readonly rule: PlanRule;
  /** How the location is matched and what a rewrite of it can be; decided for the whole host before any lowering runs. */
  readonly path: RulePath;
  readonly hostDraft: HostDraft;
}

/**
 * The one answer a lowering gives. There is no way to say nothing: `approximate` and `lost` need their findings,
 * and `closed` makes the rule refuse every request, which is the only answer for a protection that is lost.
 */
export type Verdict =
  | { readonly kind: 'exact'; readonly findings?: readonly Finding[] }
  | { readonly kind: 'approximate'; readonly findings: readonly [Finding, ...Finding[]] }
  | { readonly kind: 'lost'; readonly findings: readonly [Finding, ...Finding[]] }
  | { readonly kind: 'closed'; readonly findings: readonly [Finding, ...Finding[]] };

/** Writes one intent into the draft of its rule. */
export type Lower<K extends IntentKind> = (intent: IntentOf<K>, draft: RuleDraft, context: LoweringContext) => Verdict;

/** Writes one intent of a whole host. `closed` closes every rule of the host. */
export type LowerHost<K extends ServerIntentKind> = (intent: IntentOf<K>, draft: HostDraft, context: HostContext) => Verdict;

export type RuleIntentKind = Exclude<IntentKind, ServerIntentKind>;
export type Lowerings = { readonly [K in RuleIntentKind]: Lower<K> };
export type HostLowerings = { readonly [K in ServerIntentKind]: LowerHost<K> };

/** For the support matrix and `explain`: computed claims are checked against verdicts by a law test. */
export interface Capability {
  readonly fidelity: 'exact' | 'approximate' | 'lost';
  /** Field that takes the intent's place, or why there is none. */
  readonly how: string;
}

/** How a target keeps what nginx does unasked, when the user wants it kept. */
export interface Preservation {
  /** Fields that say it. */
  readonly how: string;
  /** What is different all the same, as a clause; '' for nothing. */
  readonly differences: string;
  readonly write: (plan: LoweredPlan, behaviour: ImplicitBehaviour, settings: ControllerSettings) => LoweredPlan;
}

export interface Target {
  readonly name: string;
  readonly title: string;
  readonly codes: CodeTable;
  readonly profile: (options: { readonly version?: string | undefined; readonly gatewayApiVersion?: string | undefined; readonly channel?: string | undefined }) => Profile | { readonly error: string };
  /** Best case per intent kind. A new kind is a compile error here until someone decides. */
  readonly capabilities: Readonly<Record<IntentKind, Capability>>;
  readonly lowerings: Lowerings;
  readonly hostLowerings: HostLowerings;
  /** Answers without a backend, where the target has a filter for them. */
  readonly respond?: Respond;
  /** Implicit nginx behaviour: how the target compares. */
  readonly defaults: Readonly<Record<DifferingDefault, Capability>> & Readonly<Record<SharedDefault, Capability & { readonly fidelity: 'exact' }>>;
  /** What --defaults preserve can write; `finish` runs after it. */
  readonly preservations: Readonly<Partial<Record<DifferingDefault, Preservation>>>;
  /** Keys of the controller's ConfigMap that `finish` turns into a setting of the Gateway; what is not named is lost. */
  readonly settings?: Readonly<Record<string, Capability>>;
  /** Policies for the whole Gateway, objects of the target's own. Runs after all rules are lowered. */
  readonly finish?: (plan: LoweredPlan, source: Plan, options: LoweringOptions) => LoweredPlan;
}
