import { accountFor, fails } from './account.ts';
import { assumeOrder, unknownNames, type AssumedOrder } from './assumed-order.ts';
import { controllerSettings, type ControllerOptions } from './controller.ts';
import type { Acceptance } from './diagnostics/acceptance.ts';
import type { BaselineEntry } from './gate/baseline-file.ts';
import { holdAgainst } from './gate/baseline.ts';
import type { SourceItem } from './input/define.ts';
import { readInventory } from './input/inventory.ts';
import type { GatewayObject } from './model/gateway.ts';
import type { Inventory } from './model/inventory.ts';
import { OptionError } from './option-error.ts';
import { migrate, type Migration } from './pipeline.ts';
import type { FailOn, Report } from './report/define.ts';
import type { Profile } from './targets/profile.ts';
import type { DefaultsMode } from './targets/define.ts';
import { loadTarget } from './targets/registry.ts';
import type { TargetName } from './targets/names.ts';
import type { VerificationOptions } from './verification.ts';

export { OptionError };
export type { VerificationOptions };

/** Finds routes of another origin, once it is known what the conversion writes. */
export type FindRoutes = (written: readonly GatewayObject[]) => Promise<readonly GatewayObject[]>;

/** Every option of a run; the command line's flags of the same names say what they mean. */
export interface ConvertOptions extends ControllerOptions {
  readonly namespace?: string | undefined;
  readonly allClasses?: boolean;
  /** Which Ingress is the older one, where the input states no creation times. */
  readonly assumeOrder?: AssumedOrder | undefined;
  readonly target?: TargetName;
  readonly targetVersion?: string | undefined;
  readonly gatewayApiVersion?: string | undefined;
  readonly channel?: 'standard' | 'experimental' | undefined;
  readonly regexHosts?: 'faithful' | 'literal';
  readonly defaults?: DefaultsMode;
  readonly gateway?: { readonly namespace?: string | undefined; readonly name: string } | undefined;
  readonly gatewayClass?: string | undefined;
  readonly existingGateway?: boolean;
  readonly accept?: readonly Acceptance[];
  /** Findings that were there before: they pass, and open nothing. */
  readonly baseline?: { readonly entries: readonly BaselineEntry[]; readonly update: boolean } | undefined;
  /** Today as YYYY-MM-DD, for acceptances and baseline entries that end; without it none has ended. */
  readonly today?: string | undefined;
  readonly failOn?: FailOn;
  /** Compare what nginx serves with the output; not done for inputs with more hosts than `hosts`. */
  readonly verify?: (VerificationOptions & { readonly hosts?: number; readonly findRoutes?: FindRoutes | undefined }) | undefined;
  /** Called when a stage begins, with how many objects it is about. */
  readonly onStage?: ((stage: string, count: number) => void) | undefined;
  /** Name and version that reports give as the tool's. */
  readonly tool?: { readonly name: string; readonly version: string };
}

export interface ConvertResult {
  readonly objects: readonly GatewayObject[];
  readonly report: Report;
  readonly migration: Migration;
  /** Findings at or over `failOn`. */
  readonly failed: boolean;
  /** The baseline as it is after the run, if one was given. */
  readonly baseline: readonly BaselineEntry[] | undefined;
  /** Some input could not be read; the rest was converted. */
  readonly unreadable: boolean;
  /** The output did not pass its own validation: a bug, never the user's fault. */
  readonly internal: boolean;
}

/** The inventory in the order that the options assume. */
function ordered(inventory: Inventory, { assumeOrder: order }: ConvertOptions): Inventory {
  if (order === undefined) return inventory;
  const [unknown] = unknownNames(inventory, order);
  if (unknown !== undefined) throw new OptionError(`--assume-order: there is no Ingress ${unknown} in the input`);
  return assumeOrder(inventory, order);
}

async function targetOf(options: ConvertOptions): Promise<{ readonly target: Awaited<ReturnType<typeof loadTarget>>; readonly profile: Profile }> {
  const target = await loadTarget(options.target ?? 'standard');
  const profile = target.profile({ version: options.targetVersion, gatewayApiVersion: options.gatewayApiVersion, channel: options.channel });
  if ('error' in profile) throw new OptionError(profile.error);
  return { target, profile };
}

async function verifiedBy(migration: Migration, inventory: Inventory, { verify }: ConvertOptions): Promise<Report['verified']> {
  if (verify === undefined || migration.configuration.servers.length > (verify.hosts ?? Number.POSITIVE_INFINITY)) return undefined;
  const { verifyMigration } = await import('./verification.ts');
  const routes = (await verify.findRoutes?.(migration.objects)) ?? verify.routes;
  return verifyMigration(migration, inventory, { ...verify, routes });
}

/** Reads, converts and accounts. Never throws for what the sources hold; throws OptionError for options that cannot be. */
export async function convert(sources: AsyncIterable<SourceItem> | Iterable<SourceItem>, options: ConvertOptions = {}): Promise<ConvertResult> {
  if (options.existingGateway === true && options.gateway === undefined) throw new OptionError('--existing-gateway needs --gateway to name it');
  const { target, profile } = await targetOf(options);
  const read = await readInventory(sources, { namespace: options.namespace });
  const inventory = ordered(read.value, options);
  const settings = await controllerSettings(inventory, options);
  options.onStage?.('converting Ingresses', inventory.ingresses.length);
  const migration = await migrate(inventory, [...read.findings, ...settings.findings], {
    settings: settings.value,
    selection: { ingressClasses: options.ingressClasses ?? [], allClasses: options.allClasses ?? false },
    target,
    profile,
    regexHosts: options.regexHosts ?? 'faithful',
    defaults: options.defaults ?? 'report',
    accept: options.accept ?? [],
    today: options.today,
    onStage: options.onStage,
    emit: {
      gateway: options.gateway,
      gatewayClass: options.gatewayClass,
      layout: 'shared',
      existingGateway: options.existingGateway ?? false,
      omitNamespace: !inventory.namespaceStated,
    },
  });
  const account = accountFor(inventory, migration, { tool: options.tool ?? { name: 'gwmigrate', version: '' }, target, ignoreDefaults: options.defaults === 'ignore' });
  const held = options.baseline === undefined ? undefined : holdAgainst(account, { ...options.baseline, today: options.today });
  const verified = await verifiedBy(migration, inventory, options);
  const report: Report = { ...(held?.report ?? account), ...(verified === undefined ? {} : { verified }) };
  const internal = migration.findings.some(({ code }) => code.startsWith('internal/'));
  const failed = internal || fails(report, options.failOn ?? 'security');
  return { objects: migration.objects, report, migration, failed, internal, unreadable: inventory.counts.unreadable > 0, baseline: held?.entries };
}
