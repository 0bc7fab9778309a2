import type { Intent } from '../plan/intents.ts';
import { standingOf } from '../plan/standing.ts';
import type { RuleIntentKind } from './define.ts';

/**
 * In which order the intents of a rule are lowered, whatever order the annotations stand in. Redirects first, because nothing else counts
 * where one answers; the backend's protocol last, because it needs to know what the rule became.
 */
const rank: Readonly<Record<RuleIntentKind, number>> = {
  redirect: 0,
  'rewrite-redirect': 1,
  'fixed-response': 1,
  'path-answer': 1,
  'plain-http': 1,
  'https-redirect': 2,
  'redirect-port': 3,
  refused: 4,
  'address-list': 5,
  'basic-auth': 6,
  'external-auth': 7,
  'satisfy-any': 8,
  'rate-limit': 9,
  'connection-limit': 10,
  waf: 11,
  snippet: 12,
  'method-guard': 12,
  'block-list': 12.5,
  canary: 13,
  rewrite: 14,
  'upstream-host': 15,
  'request-headers': 16,
  'response-headers': 17,
  'cookie-rewrite': 18,
  'location-header': 19,
  'error-pages': 20,
  cors: 21,
  timeouts: 22,
  retries: 23,
  'body-size': 24,
  'body-buffer': 25,
  'request-buffering': 26,
  'response-buffering': 27,
  'response-header-size': 28,
  affinity: 29,
  'load-balance': 30,
  'upstream-hash': 31,
  'bandwidth-limit': 32,
  'service-upstream': 33,
  'connection-header': 34,
  'backend-http-version': 35,
  mirror: 36,
  'fallback-backend': 37,
  tracing: 38,
  'access-log': 39,
  metadata: 40,
  'fastcgi-parameters': 41,
  'backend-tls': 42,
  'backend-protocol': 43,
};

/** Of one kind, what nginx comes to last is lowered last: it says the last word about a header. */
export function inLoweringOrder<T extends Extract<Intent, { readonly kind: RuleIntentKind }>>(intents: readonly T[]): readonly T[] {
  return intents.length < 2 ? intents : intents.toSorted((a, b) => rank[a.kind] - rank[b.kind] || standingOf(a) - standingOf(b));
}
