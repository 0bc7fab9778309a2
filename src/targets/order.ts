import type { RuleIntentKind } from './define.ts';

/**
 * In which order the intents of a rule are lowered, whatever order the annotations stand in. Redirects first, because nothing else counts
 * where one answers; the backend's protocol last, because it needs to know what the rule became.
 */
const rank: Readonly<Record<RuleIntentKind, number>> = {
  redirect: 0,
  'rewrite-redirect': 1,
  'https-redirect': 2,
  'address-list': 3,
  'basic-auth': 4,
  'external-auth': 5,
  'rate-limit': 6,
  'connection-limit': 7,
  snippet: 8,
  canary: 9,
  rewrite: 10,
  'upstream-host': 11,
  'request-headers': 12,
  'response-headers': 13,
  cors: 14,
  timeouts: 15,
  retries: 16,
  'body-size': 17,
  'body-buffer': 18,
  affinity: 19,
  'bandwidth-limit': 20,
  'service-upstream': 21,
  'connection-header': 22,
  mirror: 23,
  'fallback-backend': 24,
  untranslated: 25,
  metadata: 26,
  'backend-protocol': 27,
};

export function inLoweringOrder<T extends { readonly kind: RuleIntentKind }>(intents: readonly T[]): readonly T[] {
  return intents.length < 2 ? intents : intents.toSorted((a, b) => rank[a.kind] - rank[b.kind]);
}
