import type { JsonObject } from '../../model/gateway.ts';
import type { Plan } from '../../plan/plan.ts';
import type { LoweredPlan, LoweredRule, PolicyFragment } from '../lowered.ts';
import { isOmitted } from '../path-forms.ts';
import { areUnequallyProtected } from '../protections.ts';
import { clientTrafficSettings, underscoresAction } from './controller-settings.ts';
import { fragment, idleTimeouts } from './policies.ts';

/**
 * What nginx does for every request and Envoy does not, once for the Gateway (all measured on Envoy Gateway 1.9.1): a rule without timeouts would end
 * after 15 s, %2F would be answered with 307, and a header name with an underscore with 400 (nginx drops the header silently).
 */
function clientTrafficOf({ hosts, settings }: Plan): PolicyFragment {
  const guarded = hosts.some(({ rules }) => areUnequallyProtected(rules.filter((rule) => !isOmitted(rule))));
  return fragment('ClientTrafficPolicy', {
    // Beside a protected path, /admin%2Fx must meet the rule of /admin as it does in nginx; then the application gets the path decoded.
    path: { escapedSlashesAction: guarded ? 'UnescapeAndForward' : 'KeepUnchanged' },
    headers: { withUnderscoresAction: underscoresAction(settings) },
    ...clientTrafficSettings(settings),
  });
}

/** The most specific policy of a kind replaces the Gateway's whole, so each one must say the timeouts itself. */
function withTimeouts(rule: LoweredRule, timeout: JsonObject): LoweredRule {
  const own = rule.policies.filter((policy) => policy.kind === 'BackendTrafficPolicy');
  if (own.length === 0 || own.some((policy) => 'timeout' in policy.spec)) return rule;
  return { ...rule, policies: [...rule.policies, fragment('BackendTrafficPolicy', { timeout })] };
}

/** A listener's own ClientTrafficPolicy replaces the Gateway's as well. */
function withClientTraffic(policies: readonly PolicyFragment[], clientTraffic: PolicyFragment): readonly PolicyFragment[] {
  if (policies.length === 0) return policies;
  const headers = policies.flatMap((policy) => Object.entries(policy.spec['headers'] ?? {}));
  return [
    ...policies.map((policy) => ({ ...policy, spec: Object.fromEntries(Object.entries(policy.spec).filter(([key]) => key !== 'headers')) })),
    fragment('ClientTrafficPolicy', {
      ...clientTraffic.spec,
      headers: { ...Object.fromEntries(Object.entries(clientTraffic.spec['headers'] ?? {})), ...Object.fromEntries(headers) },
    }),
  ];
}

export function finish(plan: LoweredPlan, source: Plan): LoweredPlan {
  const { settings } = source;
  const clientTraffic = clientTrafficOf(source);
  const timeout = idleTimeouts(settings.proxyConnectTimeoutSeconds, Math.max(settings.proxyReadTimeoutSeconds, settings.proxySendTimeoutSeconds));
  return {
    ...plan,
    rules: plan.rules.map((rule) => withTimeouts(rule, timeout)),
    listeners: plan.listeners.map((listener) => ({ ...listener, policies: withClientTraffic(listener.policies, clientTraffic) })),
    gatewayPolicies: [...plan.gatewayPolicies, clientTraffic, fragment('BackendTrafficPolicy', { timeout })],
  };
}
