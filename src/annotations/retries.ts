import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { AnnotationUse, RetriesIntent } from '../plan/intents.ts';
import { settingUse } from './setting-use.ts';
import { defineFamily, type FamilyReading, type PresentAnnotation } from './define.ts';
import { normaliseText, parseBoolean, parseInteger } from '../nginx/values.ts';

export const codes = defineCodes({
  'retries/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not accept ({value}); {instead} is in force today, and in the output.',
    why: 'Conditions are words of proxy_next_upstream, the other two whole numbers; the controller goes on with its default for anything else.',
    do: 'Correct or delete {annotation}.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go',
  },
  'retries/negative': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is {value}: nginx refuses a configuration with it, so it has never been in force. {instead} is assumed.',
    why: 'The controller accepts any whole number, and nginx no negative one; while such an Ingress exists, no change of any Ingress takes effect.',
    do: 'Correct or delete {annotation} now: it blocks every reload of the controller.',
    source: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream_tries',
  },
});

const conditionList = /^(?:(?:error|timeout|invalid_header|http_50[0234]|http_40[34]|http_429|non_idempotent|off)[\t\f ]?)+$/;
const keys = ['proxy-next-upstream', 'proxy-next-upstream-tries', 'proxy-next-upstream-timeout'] as const;

/** As buildNextUpstream of the controller's template.go puts them; `off` overrules the rest in nginx. */
function conditionsOf(text: string, settings: ControllerSettings): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.includes('off')) return ['off'];
  const rest = [...new Set(words)].filter((word) => word !== 'non_idempotent');
  const nonIdempotent = words.includes('non_idempotent') || parseBoolean(settings.raw.get('retry-non-idempotent') ?? '') === true;
  return nonIdempotent ? [...rest, 'non_idempotent'] : rest;
}

interface Reader {
  readonly from: AnnotationUse[];
  readonly inert: string[];
  readonly findings: Finding[];
}

function readCount(reader: Reader, present: PresentAnnotation | undefined, initial: number): number {
  if (present === undefined) return initial;
  const { ingress, key, raw } = present;
  const value = parseInteger(raw);
  if (value !== undefined && value >= 0) {
    reader.from.push({ ingress, key });
    return value;
  }
  const code = value === undefined ? 'retries/ignored-value' : 'retries/negative';
  reader.findings.push(raise(codes, code, aboutAnnotation(ingress, key), { annotation: key, value: JSON.stringify(raw), instead: String(initial) }));
  reader.inert.push(key);
  return initial;
}

function readConditions(reader: Reader, present: PresentAnnotation | undefined, settings: ControllerSettings): readonly string[] {
  const initial = settings.proxyNextUpstream;
  if (present === undefined) return conditionsOf(initial, settings);
  const { ingress, key, raw } = present;
  const text = normaliseText(raw);
  if (text !== '' && conditionList.test(raw)) {
    reader.from.push({ ingress, key });
    return conditionsOf(text, settings);
  }
  reader.findings.push(raise(codes, 'retries/ignored-value', aboutAnnotation(ingress, key), { annotation: key, value: JSON.stringify(raw), instead: initial }));
  reader.inert.push(key);
  return conditionsOf(initial, settings);
}

/** Only what an annotation or the ConfigMap changed becomes an intent; the rest of it is filled from the settings. */
export const retries = defineFamily({
  id: 'retries',
  keys,
  codes,
  implicit: true,
  intents: ['retries'],
  docs: {
    nginx: 'Tries another endpoint after an error or a timeout, three attempts in all and without a limit of time; POST, PATCH and LOCK only while nothing was sent.',
    gateway: 'retry of an HTTPRoute rule (experimental): status codes, attempts and backoff.',
    loss: 'The Gateway API has no condition for connection errors, no limit of time, and no difference between methods.',
  },
  read: ({ get, settings }): FamilyReading => {
    const reader: Reader = { from: [], inert: [], findings: [] };
    const configured = [...keys, 'retry-non-idempotent'].find((key) => settings.raw.has(key));
    const intent: RetriesIntent = {
      kind: 'retries',
      from: reader.from,
      ...(configured === undefined ? {} : { setting: settingUse(settings, configured) }),
      conditions: readConditions(reader, get('proxy-next-upstream'), settings),
      tries: readCount(reader, get('proxy-next-upstream-tries'), settings.proxyNextUpstreamTries),
      timeoutSeconds: readCount(reader, get('proxy-next-upstream-timeout'), settings.proxyNextUpstreamTimeoutSeconds),
    };
    const changed = reader.from.length > 0 || configured !== undefined;
    return { intents: changed ? [intent] : [], inert: reader.inert, findings: reader.findings };
  },
});
