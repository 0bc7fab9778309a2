import { raise, type Finding } from '../diagnostics/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import { compareText, objectKey } from '../model/object.ts';
import { aboutSetting } from '../nginx/controller-keys.ts';
import { splitReference } from '../nginx/reader.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { hasVariable, parseList } from '../nginx/values.ts';
import type { RequestHeadersIntent, ResponseHeadersIntent } from '../plan/intents.ts';
import { codes } from './controller-codes.ts';
import { settingUse } from './setting-use.ts';

interface Read<T> {
  readonly intents: readonly T[];
  readonly findings: readonly Finding[];
}

const nothing = { intents: [], findings: [] };

interface Named extends Required<Pick<RequestHeadersIntent, 'set' | 'remove'>> {
  readonly findings: readonly Finding[];
}

/** Headers of the ConfigMap that a key names. An empty value removes the header, in both directions. */
function namedHeaders(key: 'add-headers' | 'proxy-set-headers', settings: ControllerSettings, inventory: Inventory): Named | undefined {
  const map = (settings.raw.get(key) ?? '').trim();
  if (map === '') return undefined;
  const about = aboutSetting(settings, key);
  const { namespace, name } = splitReference(map) ?? { namespace: '', name: '' };
  const configMap = inventory.configMaps.get(objectKey(namespace, name));
  if (configMap === undefined) return { set: [], remove: [], findings: [raise(codes, 'controller/headers-not-given', about, { key, map })] };
  const entries = [...configMap.data].sort(([a], [b]) => compareText(a, b));
  const fixed = entries.filter(([, value]) => !hasVariable(value));
  return {
    set: fixed.filter(([, value]) => value !== '').map(([header, value]) => ({ name: header, value })),
    remove: fixed.filter(([, value]) => value === '').map(([header]) => header),
    findings: entries.filter(([, value]) => hasVariable(value)).map(([header, value]) => raise(codes, 'controller/header-variable', about, { key, header, value })),
  };
}

/** hide-headers takes a header out of what the application answers; add-headers comes after it. */
export function responseHeaders(settings: ControllerSettings, inventory: Inventory): Read<ResponseHeadersIntent> {
  const hidden = parseList(settings.raw.get('hide-headers') ?? '');
  const added = namedHeaders('add-headers', settings, inventory);
  const intents: ResponseHeadersIntent[] = [];
  if (hidden.length > 0) intents.push({ kind: 'response-headers', from: [], setting: settingUse(settings, 'hide-headers'), set: [], remove: hidden });
  if (added !== undefined && added.set.length + added.remove.length > 0) {
    intents.push({ kind: 'response-headers', from: [], setting: settingUse(settings, 'add-headers'), set: added.set, remove: added.remove });
  }
  return { intents, findings: added?.findings ?? [] };
}

export function requestHeaders(settings: ControllerSettings, inventory: Inventory): Read<RequestHeadersIntent> {
  const named = namedHeaders('proxy-set-headers', settings, inventory);
  if (named === undefined) return nothing;
  const { set, remove, findings } = named;
  if (set.length + remove.length === 0) return { intents: [], findings };
  return { intents: [{ kind: 'request-headers', from: [], setting: settingUse(settings, 'proxy-set-headers'), set, remove }], findings };
}
