import type { ConfigMap, Index } from '../../model/inventory.ts';
import { objectKey } from '../../model/object.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { parseList } from '../../nginx/values.ts';
import type { ProbeOutcome } from '../outcome.ts';

type Headers = ReadonlyMap<string, string>;

/** Entries of the ConfigMap a key names; '' is a header that is taken out. What holds variables cannot be known. */
function named(key: string, { raw }: ControllerSettings, configMaps: Index<ConfigMap>): readonly (readonly [string, string])[] {
  const [namespace = '', name = ''] = (raw.get(key) ?? '').trim().split('/');
  const entries = [...(configMaps.get(objectKey(namespace, name))?.data ?? [])];
  return entries.filter(([, value]) => !value.includes('$')).map(([header, value]) => [header.toLowerCase(), value]);
}

/** What the controller's ConfigMap does to the headers of every request and response: add-headers, hide-headers, proxy-set-headers. */
export function controllerHeaders(settings: ControllerSettings, configMaps: Index<ConfigMap>): (outcome: ProbeOutcome) => ProbeOutcome {
  const hidden = parseList(settings.raw.get('hide-headers') ?? '').map((name) => [name.toLowerCase(), ''] as const);
  const responses: Headers = new Map([...hidden, ...named('add-headers', settings, configMaps)]);
  const requests: Headers = new Map(named('proxy-set-headers', settings, configMaps));
  if (responses.size + requests.size === 0) return (outcome) => outcome;
  return (outcome) =>
    outcome.kind === 'forwarded'
      ? { ...outcome, requestHeaders: new Map([...requests, ...outcome.requestHeaders]), responseHeaders: new Map([...responses, ...outcome.responseHeaders]) }
      : outcome;
}
