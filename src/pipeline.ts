import { collectIntents } from './annotations/collect.ts';
import { nearest } from './annotations/edit-distance.ts';
import type { Finding } from './diagnostics/finding.ts';
import { closeLedger, type LedgerEntry } from './diagnostics/ledger.ts';
import type { Acceptance } from './diagnostics/acceptance.ts';
import { emitObjects, type Emission } from './emit/emit.ts';
import { controllerService } from './emit/infrastructure.ts';
import type { EmitOptions } from './emit/options.ts';
import { judged, ofFamilies, openGate, reportUnused, unusedAcceptances, type Gate } from './gate/acceptances.ts';
import type { GatewayObject } from './model/gateway.ts';
import type { Ingress } from './model/ingress.ts';
import type { Inventory } from './model/inventory.ts';
import type { ObjectRef } from './model/object.ts';
import { buildConfiguration } from './nginx/build.ts';
import type { EffectiveConfiguration } from './nginx/configuration.ts';
import type { Selection } from './nginx/selection.ts';
import type { ControllerSettings } from './nginx/settings.ts';
import { reportNothingServed } from './nothing-served.ts';
import { planRoutes } from './plan/build.ts';
import type { Plan, RuleId } from './plan/plan.ts';
import type { DefaultsMode, Target } from './targets/define.ts';
import { lowerPlan } from './targets/lower.ts';
import type { LoweredPlan } from './targets/lowered.ts';
import type { Profile } from './targets/profile.ts';
import { validateObjects } from './validate/validate.ts';

export interface MigrationOptions {
  readonly settings: ControllerSettings;
  readonly selection: Selection;
  readonly target: Target;
  readonly profile: Profile;
  readonly regexHosts: 'faithful' | 'literal';
  /** What becomes of what nginx does unasked. */
  readonly defaults: DefaultsMode;
  /** Losses the user accepts by name: a rule closed by nothing else opens again. */
  readonly accept: readonly Acceptance[];
  /** YYYY-MM-DD: acceptances given until an earlier day do not hold. */
  readonly today?: string | undefined;
  readonly emit: EmitOptions;
  /** Called when a stage begins, with how many objects it is about. */
  readonly onStage?: ((stage: string, count: number) => void) | undefined;
}

export interface Migration {
  readonly profile: Profile;
  readonly configuration: EffectiveConfiguration;
  readonly plan: Plan;
  readonly lowered: LoweredPlan;
  readonly objects: readonly GatewayObject[];
  readonly routes: Emission['routes'];
  /** Objects that serve each Ingress. */
  readonly produced: ReadonlyMap<Ingress, readonly ObjectRef[]>;
  readonly ledger: readonly LedgerEntry[];
  /** Whether a finding is accepted by name. */
  readonly accepted: (finding: Finding) => boolean;
  /** Acceptances of what a cluster says, of these families of codes, that none of what it said needs. */
  readonly unneeded: (families: readonly string[], said: readonly Finding[]) => Promise<readonly Finding[]>;
  /** Of every stage, in no particular order. */
  readonly findings: readonly Finding[];
}

function producedBy(plan: Plan, placed: ReadonlyMap<RuleId, readonly ObjectRef[]>): ReadonlyMap<Ingress, readonly ObjectRef[]> {
  const produced = new Map<Ingress, Set<ObjectRef>>();
  const add = (ingress: Ingress | undefined, refs: readonly ObjectRef[]): void => {
    if (ingress === undefined) return;
    let set = produced.get(ingress);
    if (set === undefined) produced.set(ingress, (set = new Set()));
    for (const ref of refs) set.add(ref);
  };
  for (const { rules } of plan.hosts) {
    for (const { id, location } of rules) {
      const refs = placed.get(id);
      if (refs === undefined) continue;
      add(location.ingress, refs);
      if (location.backend.kind === 'service') add(location.backend.upstream.canary?.ingress, refs);
    }
  }
  return new Map([...produced].map(([ingress, refs]) => [ingress, [...refs]]));
}

/** The Ingresses that the run is about: an Ingress of another class accepts nothing. */
function askedFor({ ingresses, left }: EffectiveConfiguration): readonly Ingress[] {
  return [...ingresses, ...left.filter(({ status }) => status === 'refused').map(({ ingress }) => ingress)];
}

/** Acceptances that accept nothing. The catalogue is loaded only to tell a misspelt code from one that is not needed. */
async function aboutUnused(active: readonly Acceptance[], raised: readonly Finding[], families: readonly string[] = []): Promise<readonly Finding[]> {
  const unused = unusedAcceptances(active, raised);
  if (unused.length === 0) return [];
  const { catalogue } = await import('./catalogue.ts');
  const guess = (code: string): { readonly known: boolean; readonly nearest: string | undefined } => ({ known: catalogue.has(code), nearest: nearest(code, [...catalogue.keys()]) });
  return reportUnused(judged(unused, families, (code) => catalogue.has(code)), guess);
}

function unneededBy({ active }: Gate): Migration['unneeded'] {
  return async (families, said) => await aboutUnused(ofFamilies(active, families), said, families);
}

/** The whole conversion, from what was read to what is written. The same inventory and options give the same result. */
export async function migrate(inventory: Inventory, read: readonly Finding[], options: MigrationOptions): Promise<Migration> {
  const { profile } = options;
  const configuration = buildConfiguration(inventory, options.settings, options.selection);
  const collected = collectIntents(configuration, inventory);
  const plan = planRoutes(configuration, collected);
  const gate = openGate(askedFor(configuration), options.accept, options.today);
  const { accepted } = gate;
  const lowering = lowerPlan(plan, options.target, { profile, regexHosts: options.regexHosts, defaults: options.defaults, inventory, accepted });
  const emitted = emitObjects(lowering.value, profile, { ...options.emit, accepted, controllerService: controllerService(inventory) });
  options.onStage?.('checking objects', emitted.value.length);
  const invalid = await validateObjects(emitted.value, profile);
  const produced = producedBy(plan, emitted.placed);
  const unserved = reportNothingServed(configuration.ingresses, produced);
  const raised = [...read, ...configuration.findings, ...collected.findings, ...lowering.findings, ...emitted.findings, ...invalid, ...unserved];
  const findings = [...raised, ...gate.findings, ...(await aboutUnused(gate.active, raised))];
  return {
    profile,
    configuration,
    plan,
    lowered: lowering.value,
    objects: emitted.value,
    routes: emitted.routes,
    produced,
    ledger: closeLedger(collected.claims, findings),
    accepted,
    unneeded: unneededBy(gate),
    findings,
  };
}
