import type { ControllerSettings } from '../../nginx/settings.ts';
import type { AnnotationReader } from '../../nginx/reader.ts';
import { parseBoolean, parseInteger } from '../../nginx/values.ts';
import type { Limit } from '../outcome.ts';

const conditionList = /^(?:(?:error|timeout|invalid_header|http_50[0234]|http_40[34]|http_429|non_idempotent|off)\s?)+$/;
const keys = ['proxy-next-upstream', 'proxy-next-upstream-tries'] as const;

/** What is tried again, in words both sides use: nobody was reached, a request that was sent went wrong, or an answer has a status. */
function reasonsOf(words: readonly string[], method: string): readonly string[] {
  const reached = words.includes('error') || words.includes('timeout');
  // A request that may have had an effect is sent once, but for a pod that was not reached: ngx_http_upstream_test_next.
  const once = ['POST', 'PATCH', 'LOCK'].includes(method) && !words.includes('non_idempotent');
  if (once) return reached ? ['connect'] : [];
  const statuses = words.flatMap((word) => /^http_(\d{3})$/.exec(word)?.[1] ?? []).sort();
  return [...(reached ? ['connect', 'error'] : []), ...(words.includes('invalid_header') ? ['invalid-header'] : []), ...new Set(statuses)];
}

/**
 * How often a request is sent, and after what.
 * Source: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream and buildNextUpstream of the controller's template.go
 */
export function triesOf(reader: AnnotationReader | undefined, method: string, settings: ControllerSettings): Limit {
  const own = reader?.raw('proxy-next-upstream') ?? '';
  const accepted = own.trim() !== '' && conditionList.test(own);
  const count = parseInteger(reader?.raw('proxy-next-upstream-tries') ?? '');
  const counted = count !== undefined && count >= 0;
  const tries = counted ? count : settings.proxyNextUpstreamTries;
  const stated = (accepted ? own : settings.proxyNextUpstream).split(/\s+/).filter((word) => word !== '');
  const words = parseBoolean(settings.raw.get('retry-non-idempotent') ?? '') === true ? [...stated, 'non_idempotent'] : stated;
  const reasons = words.includes('off') ? [] : reasonsOf(words, method);
  const asked = accepted || counted || [...keys, 'retry-non-idempotent'].some((key) => settings.raw.has(key));
  return { kind: 'tries', value: tries === 1 || reasons.length === 0 ? 'none' : `${tries === 0 ? 'unlimited' : tries} after ${reasons.join(', ')}`, asked };
}
