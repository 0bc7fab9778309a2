import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { AnnotationUse, TimeoutsIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyReading, type PresentAnnotation } from './define.ts';
import { settingUse } from './setting-use.ts';
import { parseInteger } from '../nginx/values.ts';

const parser = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go';

export const codes = defineCodes({
  'timeouts/unit': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is {value}, which ingress-nginx ignores: {seconds} seconds are in force today, and in the output.',
    why: 'The value is a whole number of seconds without a unit; with one, the controller goes on with its default.',
    do: 'Write the number alone if you mean it, knowing that it then takes effect for the first time; otherwise delete {annotation}.',
    source: parser,
  },
  'timeouts/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not accept ({value}): {seconds} seconds are in force today, and in the output.',
    why: 'The value is a whole number of seconds; the controller goes on with its default for anything else.',
    do: 'Correct or delete {annotation}.',
    source: parser,
  },
  'timeouts/negative': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is {value}: nginx refuses a configuration with it, so it has never been in force. {seconds} seconds are assumed.',
    why: 'The controller accepts any whole number, and nginx no negative one; while such an Ingress exists, no change of any Ingress takes effect.',
    do: 'Correct or delete {annotation} now: it blocks every reload of the controller.',
    source: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
  },
  'timeouts/zero': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{annotation} is 0, with which nginx gives up at once (504); {seconds} seconds are assumed instead.',
    why: 'In nginx 0 is a timeout of no time. In the Gateway API it means no limit, which would be the opposite.',
    do: 'Say how long the backend may take, and convert again.',
    source: 'https://gateway-api.sigs.k8s.io/geps/gep-1742/',
  },
});

const fields = {
  'proxy-connect-timeout': 'connectSeconds',
  'proxy-read-timeout': 'readSeconds',
  'proxy-send-timeout': 'sendSeconds',
} as const;
type Key = keyof typeof fields;
const keys = ['proxy-connect-timeout', 'proxy-read-timeout', 'proxy-send-timeout'] as const;

function initialSeconds(key: Key, settings: ControllerSettings): number {
  switch (key) {
    case 'proxy-connect-timeout':
      return settings.proxyConnectTimeoutSeconds;
    case 'proxy-read-timeout':
      return settings.proxyReadTimeoutSeconds;
    case 'proxy-send-timeout':
      return settings.proxySendTimeoutSeconds;
  }
}

/** Seconds of the annotation, or why it sets none. */
function readSeconds({ ingress, key, raw }: PresentAnnotation, initial: number): number | Finding {
  const about = aboutAnnotation(ingress, key);
  const seconds = parseInteger(raw);
  const args = { annotation: key, value: JSON.stringify(raw), seconds: String(initial) };
  if (seconds === undefined) return raise(codes, /^\s*[0-9]+\s*[a-z]+\s*$/i.test(raw) ? 'timeouts/unit' : 'timeouts/ignored-value', about, args);
  if (seconds < 0) return raise(codes, 'timeouts/negative', about, args);
  return seconds === 0 ? raise(codes, 'timeouts/zero', about, { annotation: key, seconds: args.seconds }) : seconds;
}

function read(get: (key: Key) => PresentAnnotation | undefined, settings: ControllerSettings): FamilyReading {
  const from: AnnotationUse[] = [];
  const inert: string[] = [];
  const findings: Finding[] = [];
  const seconds: { -readonly [F in (typeof fields)[Key]]?: number } = {};
  for (const key of keys) {
    const initial = initialSeconds(key, settings);
    // The ConfigMap's 0 is told once a run (controller/zero-timeout).
    if (settings.raw.has(key) && initial > 0) seconds[fields[key]] = initial;
    const present = get(key);
    if (present === undefined) continue;
    const value = readSeconds(present, initial);
    if (typeof value === 'number') {
      seconds[fields[key]] = value;
      from.push({ ingress: present.ingress, key: present.key });
    } else {
      findings.push(value);
      inert.push(present.key);
    }
  }
  const configured = keys.find((key) => settings.raw.has(key) && initialSeconds(key, settings) > 0);
  const intent: TimeoutsIntent = { kind: 'timeouts', from, ...(configured === undefined ? {} : { setting: settingUse(settings, configured) }), ...seconds };
  return { intents: Object.keys(seconds).length > 0 ? [intent] : [], inert, findings };
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go */
export const timeouts = defineFamily({
  id: 'timeouts',
  keys,
  codes,
  implicit: true,
  intents: ['timeouts'],
  docs: {
    nginx: 'Whole seconds to reach the backend (5 by default), between two reads from it and between two writes to it (60 each). None of them bounds the whole request.',
    gateway: 'timeouts.request and timeouts.backendRequest of an HTTPRoute rule bound the whole request or the whole call.',
    loss: 'A limit between two bytes has no field: a long download or an open WebSocket that nginx lets live would be cut by the limits of a route.',
  },
  read: ({ get, settings }) => read(get, settings),
});
