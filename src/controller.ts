import { raise, type Finding } from './diagnostics/finding.ts';
import type { SourceItem } from './input/define.ts';
import { readInventory } from './input/inventory.ts';
import type { ConfigMap, ControllerWorkload, Inventory } from './model/inventory.ts';
import { objectKey } from './model/object.ts';
import { codes } from './nginx/controller-codes.ts';
import { controllerFlags, type ControllerFlags } from './nginx/controller-flags.ts';
import { readSettings } from './nginx/settings-read.ts';
import type { ControllerSettings } from './nginx/settings.ts';
import { OptionError } from './option-error.ts';

/** What a run is told of the controller that is left. */
export interface ControllerOptions {
  readonly ingressClasses?: readonly string[];
  readonly controllerClass?: string | undefined;
  readonly annotationsPrefix?: string | undefined;
  /** Text that holds the controller's ConfigMap; found among the sources when absent. */
  readonly controllerConfigMap?: AsyncIterable<SourceItem> | Iterable<SourceItem> | undefined;
  /** The controller's own flags, as on its command line. */
  readonly controllerArgs?: string;
}

/** Names under which charts and manifests of ingress-nginx install the controller's ConfigMap. */
const usualConfigMaps = ['ingress-nginx-controller', 'nginx-configuration', 'ingress-controller-nginx', 'nginx-load-balancer-conf'];

interface Read<T> {
  readonly value: T;
  readonly findings: readonly Finding[];
}

const nameOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string => `${namespace}/${name}`;

async function configMapOfFile(sources: AsyncIterable<SourceItem> | Iterable<SourceItem>): Promise<ConfigMap> {
  const { value } = await readInventory(sources, { namespace: undefined });
  const [key] = value.configMaps.keys();
  const configMap = key === undefined ? undefined : value.configMaps.get(key);
  if (configMap === undefined) throw new OptionError('the controller ConfigMap: there is no readable ConfigMap in the file');
  return configMap;
}

/** The ConfigMap the user names, the one the flags name, or one of a usual name. */
async function configMapOf(inventory: Inventory, options: ControllerOptions, { configMapName }: ControllerFlags): Promise<Read<ConfigMap | undefined>> {
  if (options.controllerConfigMap !== undefined) return { value: await configMapOfFile(options.controllerConfigMap), findings: [] };
  if (configMapName !== undefined) {
    const value = inventory.configMaps.get(objectKey(configMapName.namespace, configMapName.name));
    const findings = value === undefined ? [raise(codes, 'controller/configmap-not-given', {}, { map: nameOf(configMapName), flag: '--configmap' })] : [];
    return { value, findings };
  }
  const found = inventory.configMaps.keys().find((key) => usualConfigMaps.includes(key.slice(key.indexOf('/') + 1)));
  return { value: found === undefined ? undefined : inventory.configMaps.get(found), findings: [] };
}

/** Controllers that can be the one that is left: by the class asked for, when one is. */
function candidates({ controllers }: Inventory, { controllerClass, ingressClasses = [] }: ControllerOptions): readonly ControllerWorkload[] {
  const asked = controllers.filter(({ flags }) => {
    const { value } = controllerFlags(flags);
    if (controllerClass !== undefined) return (value.controllerClass ?? 'k8s.io/ingress-nginx') === controllerClass;
    return ingressClasses.includes(value.ingressClassAnnotation ?? 'nginx');
  });
  return asked.length > 0 ? asked : controllers;
}

function flagsOf(inventory: Inventory, options: ControllerOptions): Read<ControllerFlags> {
  const { controllerArgs = '' } = options;
  if (controllerArgs !== '') return controllerFlags(controllerArgs);
  const found = candidates(inventory, options);
  const [chosen] = found;
  if (chosen === undefined) return controllerFlags('');
  const read = controllerFlags(chosen.flags);
  const about = { object: chosen.ref, origin: chosen.origin };
  const findings: Finding[] = read.findings.map((finding) => ({ ...finding, ...about }));
  if (new Set(found.map(({ flags }) => [...flags].sort().join('\n'))).size > 1) {
    const names = found.map(({ ref }) => nameOf(ref));
    findings.push(raise(codes, 'controller/several', about, { count: String(found.length), names: names.join(', '), chosen: nameOf(chosen.ref) }));
  }
  return { value: read.value, findings };
}

/** What the controller that is left was told: options first, then what the input holds, then its defaults. */
export async function controllerSettings(inventory: Inventory, options: ControllerOptions): Promise<Read<ControllerSettings>> {
  const flags = flagsOf(inventory, options);
  const configMap = await configMapOf(inventory, options, flags.value);
  const settings = readSettings(configMap.value, {
    ...flags.value,
    ...(options.annotationsPrefix === undefined ? {} : { annotationsPrefix: options.annotationsPrefix }),
    ...(options.controllerClass === undefined ? {} : { controllerClass: options.controllerClass }),
  });
  return { value: settings.value, findings: [...flags.findings, ...configMap.findings, ...settings.findings] };
}
