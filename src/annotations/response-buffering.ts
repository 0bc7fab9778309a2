import { parseInteger, parseSizeBytes } from '../nginx/values.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { IntentKind, ResponseBufferingIntent, ResponseHeaderSizeIntent } from '../plan/intents.ts';
import { defineFamily } from './define.ts';
import { needsBuffering, type Siblings } from './idle.ts';
import { meaningsOf, readSettings, usesOf, type InForce, type Setting, type SettingTable } from './setting.ts';
import { integer, onOff, size } from './spelling.ts';

const keys = ['proxy-buffering', 'proxy-buffers-number', 'proxy-busy-buffers-size', 'proxy-max-temp-file-size', 'proxy-buffer-size'] as const;
type Key = (typeof keys)[number];

/** nginx takes k and m alone for these; the controller lets b and g pass: https://nginx.org/en/docs/syntax.html */
const unknownUnit = (value: string): string | undefined => (parseSizeBytes(value, 'm') === undefined ? 'a buffer is given in digits with an optional k or m' : undefined);

/** proxy_buffers has the same size: "directive invalid value" (measured). */
const noBuffer = (value: string): string | undefined => (parseSizeBytes(value, 'm') === 0 ? 'a buffer has to hold something' : unknownUnit(value));

/** https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffers */
const tooFew: Setting['breaks'] = (value) => (Number(value) < 2 ? 'there have to be at least two buffers' : undefined);

const initialBuffer = 4096;
const initialNumber = 4;

/** Checked whether answers are buffered or not: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_busy_buffers_size */
function outOfRange(value: string, siblings: Siblings, settings: ControllerSettings): string | undefined {
  const bytes = parseSizeBytes(value, 'm');
  if (bytes === undefined) return unknownUnit(value);
  const of = (name: Key): string => table[name].canonical(siblings(name)) ?? settings.raw.get(name) ?? '';
  const buffer = parseSizeBytes(of('proxy-buffer-size'), 'm') ?? initialBuffer;
  const all = buffer * (parseInteger(of('proxy-buffers-number')) ?? initialNumber);
  return bytes < buffer || bytes >= all - buffer ? 'proxy_busy_buffers_size has to hold one buffer, and less than all of them but one' : undefined;
}

const table: SettingTable<Key> = {
  'proxy-buffering': { meaning: 'takes the answer off the backend at once and feeds slow clients from its own buffers', canonical: onOff, initial: 'off', setting: 'proxy-buffering' },
  'proxy-buffers-number': {
    meaning: 'sets how many buffers an answer may fill',
    canonical: integer,
    initial: '4',
    setting: 'proxy-buffers-number',
    idle: needsBuffering,
    breaks: tooFew,
  },
  'proxy-busy-buffers-size': { meaning: 'bounds the buffers that are being sent to the client', canonical: size, idle: needsBuffering, breaks: outOfRange },
  'proxy-max-temp-file-size': {
    meaning: 'bounds the file that a large answer is put aside in',
    canonical: size,
    initial: '1024m',
    setting: 'proxy-max-temp-file-size',
    idle: needsBuffering,
    breaks: unknownUnit,
  },
  'proxy-buffer-size': {
    meaning: 'bounds the headers of an answer, and fails with 502 above that',
    canonical: size,
    initial: '4k',
    setting: 'proxy-buffer-size',
    breaks: noBuffer,
  },
};

const bytesOf = (annotation: InForce | undefined): number | undefined => parseSizeBytes(annotation?.value ?? '', 'm');

function buffering(set: ReadonlyMap<Key, InForce>): readonly ResponseBufferingIntent[] {
  const parts = new Map([...set].filter(([name]) => name !== 'proxy-buffer-size'));
  if (parts.size === 0) return [];
  const buffers = parseInteger(parts.get('proxy-buffers-number')?.value ?? '');
  return [{ kind: 'response-buffering', from: usesOf(parts), buffers, busyBytes: bytesOf(parts.get('proxy-busy-buffers-size')), fileBytes: bytesOf(parts.get('proxy-max-temp-file-size')) }];
}

function headerSize(set: ReadonlyMap<Key, InForce>): readonly ResponseHeaderSizeIntent[] {
  const annotation = set.get('proxy-buffer-size');
  const maxBytes = bytesOf(annotation);
  return annotation === undefined || maxBytes === undefined ? [] : [{ kind: 'response-header-size', from: [annotation.use], maxBytes }];
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go */
export const responseBuffering = defineFamily({
  id: 'response-buffering',
  keys,
  codes: {},
  intents: ['response-buffering', 'response-header-size'],
  asks: {
    ...Object.fromEntries(keys.map((name): [Key, readonly IntentKind[]] => [name, ['response-buffering']])),
    'proxy-buffer-size': ['response-header-size'],
  },
  meanings: meaningsOf(table),
  docs: {
    nginx:
      'Passes answers on while they arrive, unless proxy-buffering is on; then it takes them off the backend as fast as it can, into buffers and a file. proxy-buffer-size bounds the headers of an answer in both cases: 502 above 4 KiB by default.',
    gateway: 'Nothing: gateways stream, and bound the headers of an answer by a limit of their own.',
    loss: 'A slow client keeps a connection to the backend busy where nginx freed it. Whether large headers pass depends on the limit of the gateway.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    return { ...rest, intents: [...buffering(set), ...headerSize(set)] };
  },
});
