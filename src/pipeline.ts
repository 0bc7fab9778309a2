import { collectIntents } from './annotations/collect.ts';
import { closeLedger, type LedgerEntry } from './diagnostics/ledger.ts';
import type { Finding } from './diagnostics/finding.ts';
import { emitObjects } from './emit/emit.ts';
import type { EmitOptions } from './emit/options.ts';
import type { GatewayObject } from './model/gateway.ts';
import type { Inventory } from './model/inventory.ts';
import { buildConfiguration } from './nginx/build.ts';
import type { EffectiveConfiguration } from './nginx/configuration.ts';
import type { Selection } from './nginx/selection.ts';
import type { ControllerSettings } from './nginx/settings.ts';
import { planRoutes } from './plan/build.ts';
import type { Plan } from './plan/plan.ts';
import type { Target } from './targets/define.ts';
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
  readonly emit: EmitOptions;
}

export interface Migration {
  readonly configuration: EffectiveConfiguration;
  readonly plan: Plan;
  readonly lowered: LoweredPlan;
  readonly objects: readonly GatewayObject[];
  readonly ledger: readonly LedgerEntry[];
  /** Of every stage, in no particular order. */
  readonly findings: readonly Finding[];
}

/** The whole conversion, from what was read to what is written. Pure: the same inventory and options give the same result. */
export function migrate(inventory: Inventory, read: readonly Finding[], options: MigrationOptions): Migration {
  const configuration = buildConfiguration(inventory, options.settings, options.selection);
  const collected = collectIntents(configuration, inventory);
  const plan = planRoutes(configuration, collected);
  const lowering = lowerPlan(plan, options.target, { profile: options.profile, regexHosts: options.regexHosts, inventory });
  const emitted = emitObjects(lowering.value, options.profile, options.emit);
  const invalid = validateObjects(emitted.value, options.profile);
  const findings = [...read, ...configuration.findings, ...collected.findings, ...lowering.findings, ...emitted.findings, ...invalid];
  return {
    configuration,
    plan,
    lowered: lowering.value,
    objects: emitted.value,
    ledger: closeLedger(collected.claims, findings),
    findings,
  };
}
