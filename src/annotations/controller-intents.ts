import type { Finding } from '../diagnostics/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { EffectiveConfiguration, Location, Server } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { parseBoolean, readWord } from '../nginx/values.ts';
import type { BlockListIntent, Intent, WafIntent } from '../plan/intents.ts';
import { controllerSnippets } from './controller-snippets.ts';
import { requestHeaders, responseHeaders } from './controller-headers.ts';
import type { LocationReading } from './define.ts';
import { pagesOfUnknownHosts } from './error-pages.ts';
import { onlyRecords } from './modsecurity.ts';
import { settingUse } from './setting-use.ts';

/** What the controller's ConfigMap asks of every location, before its Ingress says anything. */
export interface ControllerIntents {
  readonly of: (location: Location, server: Server) => LocationReading;
  readonly findings: readonly Finding[];
}

/**
 * Values of an nginx map: text that ignores letter case, `~regex` or `~*regex`, with or without quotes.
 * Source: https://nginx.org/en/docs/http/ngx_http_map_module.html#map
 */
function blockList(settings: ControllerSettings, key: 'block-user-agents' | 'block-referers'): readonly BlockListIntent[] {
  const values = key === 'block-user-agents' ? settings.blockUserAgents : settings.blockReferers;
  if (values.length === 0) return [];
  const patterns = values.map(readWord).map((value): BlockListIntent['patterns'][number] => {
    if (value.startsWith('~*')) return { kind: 'regex', text: value.slice(2), ignoreCase: true };
    return value.startsWith('~') ? { kind: 'regex', text: value.slice(1), ignoreCase: false } : { kind: 'text', text: value.replace(/^\\/, '') };
  });
  return [{ kind: 'block-list', from: [], setting: settingUse(settings, key), header: key === 'block-user-agents' ? 'User-Agent' : 'Referer', patterns }];
}

/** An Ingress may switch the firewall off for itself, or on, which says the same again. */
function firewall(settings: ControllerSettings): (location: Location) => readonly WafIntent[] {
  const key = 'enable-modsecurity';
  if (parseBoolean(settings.raw.get(key) ?? '') !== true) return () => [];
  const setting = settingUse(settings, key);
  const coreRules = parseBoolean(settings.raw.get('enable-owasp-modsecurity-crs') ?? '') === true;
  const own = `${settings.annotationsPrefix}/${key}`;
  return ({ ingress }) =>
    parseBoolean(ingress?.annotations.get(own) ?? '') === undefined ? [{ kind: 'waf', from: [], setting, records: onlyRecords(ingress, settings), coreRules, transactionId: '' }] : [];
}

export function controllerIntents(configuration: EffectiveConfiguration, inventory: Inventory): ControllerIntents | undefined {
  const { settings } = configuration;
  if (settings.configMap === undefined) return undefined;
  const answers = responseHeaders(settings, inventory);
  const requests = requestHeaders(settings, inventory);
  const shared: readonly Intent[] = [
    ...blockList(settings, 'block-user-agents'),
    ...blockList(settings, 'block-referers'),
    ...requests.intents,
    ...answers.intents,
  ];
  const ofFirewall = firewall(settings);
  const ofSnippets = controllerSnippets(settings);
  const of: ControllerIntents['of'] = (location, server) => {
    const read = ofSnippets(location, server);
    return { intents: [...shared, ...read.intents, ...ofFirewall(location)], findings: read.findings ?? [] };
  };
  return { of, findings: [...requests.findings, ...answers.findings, ...pagesOfUnknownHosts(configuration)] };
}
