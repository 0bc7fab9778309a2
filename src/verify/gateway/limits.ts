import type { JsonObject } from '../../model/gateway.ts';
import { numberIn, objectIn, textsIn } from '../../model/json.ts';
import { compareText } from '../../model/object.ts';
import type { Limit } from '../outcome.ts';

const unitSeconds: ReadonlyMap<string, number> = new Map([['h', 3600], ['m', 60], ['s', 1], ['ms', 0.001], ['us', 0.000_001], ['µs', 0.000_001], ['ns', 0.000_000_001]]);

/** Seconds of a duration such as `1h30m`; undefined for other text. Source: https://gateway-api.sigs.k8s.io/geps/gep-2257/ */
function secondsOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^(?:\d+(?:\.\d+)?(?:h|ms|m|us|µs|ns|s))+$/u.test(value)) return undefined;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|us|µs|ns|s)/gu)];
  return parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (unitSeconds.get(unit) ?? 0), 0);
}

const quantityUnits: ReadonlyMap<string, number> = new Map([['', 1], ['k', 1e3], ['M', 1e6], ['G', 1e9], ['Ki', 2 ** 10], ['Mi', 2 ** 20], ['Gi', 2 ** 30]]);

/** Bytes of a quantity such as `8Mi`. Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
function bytesOf(value: unknown): number | undefined {
  const [, number, unit = ''] = /^(\d+)(k|M|G|Ki|Mi|Gi)?$/u.exec(typeof value === 'number' || typeof value === 'string' ? String(value) : '') ?? [];
  return number === undefined ? undefined : Number(number) * (quantityUnits.get(unit) ?? 1);
}

/** No time is no limit, here as in Envoy. */
function seconds(kind: Limit['kind'], value: unknown): readonly Limit[] {
  const found = secondsOf(value);
  return found === undefined ? [] : [{ kind, value: found === 0 ? 'none' : `${found}s`, asked: true }];
}

/** A rule bounds the whole request; a policy's limit counts where the rule has none. Source: https://gateway-api.sigs.k8s.io/geps/gep-1742/ */
function requestTimeout(rule: JsonObject, policy: JsonObject): readonly Limit[] {
  const own = objectIn(rule, 'timeouts');
  const stated = [own['request'], own['backendRequest']].map(secondsOf).filter((value) => value !== undefined);
  if (stated.length === 0) return seconds('request-timeout', objectIn(objectIn(policy, 'timeout'), 'http')['requestTimeout']);
  const shortest = Math.min(...stated.map((value) => (value === 0 ? Infinity : value)));
  return [{ kind: 'request-timeout', value: shortest === Infinity ? 'none' : `${shortest}s`, asked: true }];
}

/** What Envoy's triggers come to: a pod that was not reached, or a request that was sent and went wrong. */
const triggers: ReadonlyMap<string, readonly string[]> = new Map([
  ['connect-failure', ['connect']],
  ['refused-stream', ['connect']],
  ['reset-before-request', ['connect']],
  ['reset', ['connect', 'error']],
  ['retriable-status-codes', []],
]);

function tries(retries: number, reasons: readonly string[]): readonly Limit[] {
  const ordered = [...new Set(reasons)].sort((a, b) => Number(/^\d/u.test(a)) - Number(/^\d/u.test(b)) || compareText(a, b));
  return [{ kind: 'tries', value: retries === 0 || ordered.length === 0 ? 'none' : `${retries + 1} after ${ordered.join(', ')}`, asked: true }];
}

const numbersIn = (object: JsonObject, key: string): readonly string[] => (Array.isArray(object[key]) ? object[key].map(String) : []);

/**
 * Who says `retry` in a rule gets connection errors tried again as well. Source: https://gateway-api.sigs.k8s.io/geps/gep-1731/. Envoy Gateway's own
 * field says what is; without a number it is 2: https://gateway.envoyproxy.io/docs/api/extension_types/#retry
 */
function triesOf(rule: JsonObject, policy: JsonObject): readonly Limit[] {
  if (rule['retry'] !== undefined) {
    const retry = objectIn(rule, 'retry');
    return tries(numberIn(retry, 'attempts') ?? 1, ['connect', 'error', ...numbersIn(retry, 'codes')]);
  }
  if (policy['retry'] === undefined) return [];
  const retry = objectIn(policy, 'retry');
  const on = objectIn(retry, 'retryOn');
  const named = textsIn(on, 'triggers');
  const statuses = named.includes('retriable-status-codes') ? numbersIn(on, 'httpStatusCodes') : [];
  const reasons = named.length === 0 ? ['connect', '503'] : named.flatMap((trigger) => triggers.get(trigger) ?? [trigger]);
  return tries(numberIn(retry, 'numRetries') ?? 2, [...reasons, ...statuses]);
}

/** What a rule, and the BackendTrafficPolicy that counts for it, say of the size and the time of requests. */
export function limitsOf(rule: JsonObject, policy: JsonObject): readonly Limit[] {
  const body = bytesOf(objectIn(policy, 'requestBuffer')['limit']);
  const timeout = objectIn(policy, 'timeout');
  const idle = objectIn(timeout, 'http')['streamIdleTimeout'];
  return [
    ...(body === undefined ? [] : [{ kind: 'body-size', value: String(body), asked: true } as const]),
    ...seconds('connect-timeout', objectIn(timeout, 'tcp')['connectTimeout']),
    ...seconds('read-timeout', idle),
    ...seconds('send-timeout', idle),
    ...requestTimeout(rule, policy),
    ...triesOf(rule, policy),
  ];
}
