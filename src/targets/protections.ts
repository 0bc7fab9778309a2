import type { Intent, IntentKind } from '../plan/intents.ts';
import type { PlanRule } from '../plan/plan.ts';
import { unreached } from '../plan/standing.ts';

const alwaysProtect: ReadonlySet<IntentKind> = new Set<IntentKind>([
  'address-list',
  'block-list',
  'basic-auth',
  'external-auth',
  'client-certificate',
  'rate-limit',
  'connection-limit',
  'refused',
  'method-guard',
  'plain-http',
]);

/** Whether losing the intent would let somebody in. */
export function isProtection(intent: Intent): boolean {
  if (intent.kind === 'snippet') return intent.protective;
  if (intent.kind === 'waf') return !intent.records;
  if (intent.kind === 'fixed-response') return intent.status >= 400;
  if (intent.kind === 'path-answer') return intent.answer.kind === 'response';
  return alwaysProtect.has(intent.kind);
}

/** Names what protects a rule: equal for rules of one Ingress, and for rules that nothing protects. */
function protectionOf(rule: PlanRule): string {
  if (rule.location.denied !== undefined) return 'denied';
  const idle = unreached(rule.intents);
  return rule.intents
    .filter((intent) => isProtection(intent) && !idle.has(intent))
    .map(({ kind, from: [first] }) => (first === undefined ? kind : `${kind} ${first.ingress.ref.namespace}/${first.ingress.ref.name}`))
    .join();
}

/** Some of the rules are protected in a way the others are not, so it matters which of them takes a request. */
export function areUnequallyProtected(rules: readonly PlanRule[]): boolean {
  const [first, ...others] = rules;
  if (first === undefined || others.length === 0) return false;
  const protection = protectionOf(first);
  return others.some((rule) => protectionOf(rule) !== protection);
}
