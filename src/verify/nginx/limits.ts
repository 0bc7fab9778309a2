import type { Ingress } from '../../model/ingress.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { hasForm, parseInteger, parseSizeBytes } from '../../nginx/values.ts';
import type { Limit, ProbeRequest } from '../outcome.ts';
import { readerOf } from './read.ts';
import { triesOf } from './tries.ts';

/** What the controller takes for a size. It writes fewer of them: nginx's own default, 1 MiB, holds for the others. */
const sizeForm = /^[0-9]+[bkmg]?$/i;
const nginxDefaultBytes = 1024 ** 2;

const bytesText = (text: string): string => {
  const bytes = parseSizeBytes(text) ?? nginxDefaultBytes;
  return bytes === 0 ? 'none' : String(bytes);
};

/** Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go (isValidByteSize) */
function bodySize(ingress: Ingress | undefined, settings: ControllerSettings): Limit {
  const reader = ingress === undefined ? undefined : readerOf(ingress, settings);
  const raw = reader?.raw('proxy-body-size') ?? '';
  if (reader !== undefined && raw !== '' && hasForm(raw, sizeForm)) return { kind: 'body-size', value: bytesText(reader.text('proxy-body-size')), asked: true };
  return { kind: 'body-size', value: bytesText(settings.proxyBodySize.trim()), asked: settings.raw.has('proxy-body-size') };
}

const timeouts = [
  { kind: 'connect-timeout', key: 'proxy-connect-timeout', field: 'proxyConnectTimeoutSeconds' },
  { kind: 'read-timeout', key: 'proxy-read-timeout', field: 'proxyReadTimeoutSeconds' },
  { kind: 'send-timeout', key: 'proxy-send-timeout', field: 'proxySendTimeoutSeconds' },
] as const;

/** nginx loads no negative number, so one was never in force. 0 is no time at all: measured, 504 at once. */
function timeout(ingress: Ingress | undefined, settings: ControllerSettings, { kind, key, field }: (typeof timeouts)[number]): Limit {
  const own = ingress === undefined ? undefined : parseInteger(readerOf(ingress, settings).raw(key) ?? '');
  const asked = own !== undefined && own >= 0;
  return { kind, value: `${asked ? own : settings[field]}s`, asked: asked || settings.raw.has(key) };
}

/** What bounds a request to a location of this Ingress; without one the defaults of the controller do. */
export function limitsOf({ method }: ProbeRequest, ingress: Ingress | undefined, settings: ControllerSettings): readonly Limit[] {
  const tries = triesOf(ingress === undefined ? undefined : readerOf(ingress, settings), method, settings);
  return [bodySize(ingress, settings), ...timeouts.map((one) => timeout(ingress, settings, one)), tries];
}
