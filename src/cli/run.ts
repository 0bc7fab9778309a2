import { accountFor, fails } from '../account.ts';
import type { Finding } from '../diagnostics/finding.ts';
import { openInputs } from '../input/open.ts';
import { readInventory } from '../input/inventory.ts';
import type { ConfigMap, Inventory } from '../model/inventory.ts';
import { controllerFlags, readSettings } from '../nginx/settings-read.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { migrate, type Migration } from '../pipeline.ts';
import type { Report } from '../report/define.ts';
import { loadTarget } from '../targets/registry.ts';
import type { Target } from '../targets/define.ts';
import type { Profile } from '../targets/profile.ts';
import { exitCodeOf, exitCodes, UsageError } from './exit.ts';
import type { RunFlags } from './options.ts';
import type { Streams } from './streams.ts';
import { version } from './version.ts';

export interface RunResult {
  readonly migration: Migration;
  readonly report: Report;
  readonly failed: boolean;
  readonly unreadable: boolean;
  /** The output did not pass its own validation: a bug, never the user's fault. */
  readonly internal: boolean;
}

/** Names under which charts and manifests of ingress-nginx install the controller's ConfigMap. */
const controllerConfigMaps = ['ingress-nginx-controller', 'nginx-configuration', 'ingress-controller-nginx', 'nginx-load-balancer-conf'];

async function readConfigMap(file: string, flags: RunFlags, streams: Streams): Promise<ConfigMap> {
  const { value } = await readInventory(openInputs([file], { recursive: false, stdin: streams.stdin }), { namespace: flags.namespace });
  const [key] = value.configMaps.keys();
  const configMap = key === undefined ? undefined : value.configMaps.get(key);
  if (configMap === undefined) throw new UsageError(`--controller-configmap ${file}: there is no readable ConfigMap in it`);
  return configMap;
}

async function controllerConfigMap(inventory: Inventory, flags: RunFlags, streams: Streams): Promise<ConfigMap | undefined> {
  if (flags.controllerConfigmap !== undefined) return await readConfigMap(flags.controllerConfigmap, flags, streams);
  const found = inventory.configMaps.keys().find((key) => controllerConfigMaps.includes(key.slice(key.indexOf('/') + 1)));
  return found === undefined ? undefined : inventory.configMaps.get(found);
}

interface Settings {
  readonly value: ControllerSettings;
  readonly findings: readonly Finding[];
}

async function settingsOf(inventory: Inventory, flags: RunFlags, streams: Streams): Promise<Settings> {
  const args = controllerFlags(flags.controllerArgs.join(' '));
  const settings = readSettings(await controllerConfigMap(inventory, flags, streams), {
    ...args.value,
    ...(flags.annotationsPrefix === undefined ? {} : { annotationsPrefix: flags.annotationsPrefix }),
    ...(flags.controllerClass === undefined ? {} : { controllerClass: flags.controllerClass }),
  });
  return { value: settings.value, findings: [...args.findings, ...settings.findings] };
}

function profileOf(target: Target, flags: RunFlags): Profile {
  const profile = target.profile({ version: flags.targetVersion, gatewayApiVersion: flags.gatewayApiVersion, channel: flags.channel });
  if ('error' in profile) throw new UsageError(profile.error);
  return profile;
}

function inputsOf(files: readonly string[], flags: RunFlags): readonly string[] {
  const inputs = [...flags.filename, ...files];
  if (inputs.length === 0) throw new UsageError('name at least one file or directory, or - to read standard input');
  return inputs;
}

/** Reads, converts and accounts: what `convert` and `audit` share. */
export async function execute(files: readonly string[], flags: RunFlags, streams: Streams): Promise<RunResult> {
  const inputs = inputsOf(files, flags);
  if (flags.existingGateway && flags.gateway === undefined) throw new UsageError('--existing-gateway needs --gateway to name it');
  const target = await loadTarget(flags.target);
  const profile = profileOf(target, flags);
  const read = await readInventory(openInputs(inputs, { recursive: flags.recursive, stdin: streams.stdin }), { namespace: flags.namespace });
  const inventory = read.value;
  const settings = await settingsOf(inventory, flags, streams);
  const migration = await migrate(inventory, [...read.findings, ...settings.findings], {
    settings: settings.value,
    selection: { ingressClasses: flags.ingressClass, allClasses: flags.allClasses },
    target,
    profile,
    regexHosts: flags.regexHosts,
    accept: flags.accept,
    emit: {
      gateway: flags.gateway,
      gatewayClass: flags.gatewayClass,
      layout: flags.layout,
      existingGateway: flags.existingGateway,
      omitNamespace: !inventory.namespaceStated,
    },
  });
  const report = accountFor(inventory, migration, { tool: { name: 'gwmigrate', version }, accept: flags.accept });
  const internal = migration.findings.some(({ code }) => code.startsWith('internal/'));
  return { migration, report, internal, failed: internal || fails(report, flags.failOn), unreadable: inventory.counts.unreadable > 0 };
}

export function exitOf(result: RunResult): number {
  return result.internal ? exitCodes.bug : exitCodeOf(result);
}
