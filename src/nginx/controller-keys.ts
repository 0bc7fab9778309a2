import { raise, type CodeEntry, type CodeTable, type Finding, type Subject } from '../diagnostics/finding.ts';
import type { ConfigMap } from '../model/inventory.ts';
import { compareText } from '../model/object.ts';
import { codes } from './controller-codes.ts';
import type { LostKey } from './keys/define.ts';
import { controllerKeys } from './keys/table.ts';
import type { ControllerSettings } from './settings.ts';
import { parseBoolean } from './values.ts';

/** One key of a ConfigMap. */
export function aboutKey({ ref, origin }: Pick<ConfigMap, 'ref' | 'origin'>, key: string): Subject {
  return { object: ref, origin: { ...origin, path: [...origin.path.slice(0, -2), 'data', key] } };
}

/** A key of the controller's ConfigMap; nothing when it has none. */
export function aboutSetting({ configMap }: Pick<ControllerSettings, 'configMap'>, key: string): Subject {
  return configMap === undefined ? {} : aboutKey(configMap, key);
}

/** The value the controller has without the key, however it is written. */
export function isInitial(initial: string, raw: string): boolean {
  const text = raw.trim();
  if (text === '' || text === initial) return true;
  const flag = parseBoolean(text);
  return flag !== undefined && flag === parseBoolean(initial);
}

function entryOf(key: string, { cost, effect, todo }: LostKey): CodeEntry {
  return {
    fidelity: 'lost',
    risk: cost === 'nothing' ? 'none' : 'availability',
    what: `Key ${key} of the controller ConfigMap is not converted: nginx ${effect}.`,
    why: 'It is a setting of the whole controller, and the Gateway API has no field for it.',
    do: todo,
    source: `https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#${key}`,
  };
}

/** One code for each key that goes nowhere: what it means and what to do differ. */
export const lostKeyCodes: CodeTable = Object.fromEntries(
  Object.entries(controllerKeys).flatMap(([key, fact]) => (fact.fate === 'lost' || fact.fate === 'target' ? [[`controller/${key}`, entryOf(key, fact)] as const] : [])),
);

function lostFinding(configMap: Pick<ConfigMap, 'ref' | 'origin'>, key: string, fact: LostKey): Finding {
  return { ...raise(codes, 'controller/unknown-key', aboutKey(configMap, key), { key }), code: `controller/${key}`, entry: entryOf(key, fact), args: {} };
}

/** The keys that are set to something of their own and that targets decide about, each with the finding of its loss; sorted. */
export function targetKeys({ configMap, raw }: Pick<ControllerSettings, 'configMap' | 'raw'>): readonly { readonly key: string; readonly lost: Finding }[] {
  if (configMap === undefined) return [];
  return [...raw.keys()].sort(compareText).flatMap((key) => {
    const fact = Object.hasOwn(controllerKeys, key) ? controllerKeys[key] : undefined;
    return fact?.fate === 'target' && !isInitial(fact.initial, raw.get(key) ?? '') ? [{ key, lost: lostFinding(configMap, key, fact) }] : [];
  });
}

/** Keys that a version before or after knows, or that nobody does: the controller ignores them. */
function unknownKey(configMap: ConfigMap, key: string): Finding {
  return raise(codes, 'controller/unknown-key', aboutKey(configMap, key), { key });
}

/** One finding per key that is set and goes nowhere, sorted by key. What targets decide about is no matter of this stage. */
export function unconvertedKeys(configMap: ConfigMap): readonly Finding[] {
  return [...configMap.data.keys()].sort(compareText).flatMap((key) => {
    const fact = Object.hasOwn(controllerKeys, key) ? controllerKeys[key] : undefined;
    if (fact === undefined) return [unknownKey(configMap, key)];
    return fact.fate === 'lost' && !isInitial(fact.initial, configMap.data.get(key) ?? '') ? [lostFinding(configMap, key, fact)] : [];
  });
}
