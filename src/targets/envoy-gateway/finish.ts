import type { JsonObject } from '../../model/gateway.ts';
import { compareText } from '../../model/object.ts';
import type { Plan, RuleId } from '../../plan/plan.ts';
import type { LoweredPlan, LoweredRule, PolicyFragment } from '../lowered.ts';
import { isOmitted } from '../path-forms.ts';
import { areUnequallyProtected } from '../protections.ts';
import { clientTrafficSettings, underscoresAction } from './controller-settings.ts';
import { fragment, idleTimeouts } from './policies.ts';
import { nginxConnectSeconds, nginxIdleSeconds } from './traffic.ts';

/**
 * What nginx does for every request and Envoy does not, once for the Gateway (all measured on Envoy Gateway 1.9.1): a rule without timeouts would end
 * after 15 s, %2F would be answered with 307, and a header name with an underscore with 400 (nginx drops the header silently).
 */
function clientTrafficOf({ hosts, settings }: Plan, removedHeaders: readonly string[]): PolicyFragment {
  const guarded = hosts.some(({ rules }) => areUnequallyProtected(rules.filter((rule) => !isOmitted(rule))));
  return fragment('ClientTrafficPolicy', {
    // Beside a protected path, /admin%2Fx must meet the rule of /admin as it does in nginx; then the application gets the path decoded.
    path: { escapedSlashesAction: guarded ? 'UnescapeAndForward' : 'KeepUnchanged' },
    headers: {
      withUnderscoresAction: underscoresAction(settings),
      ...(removedHeaders.length === 0 ? {} : { earlyRequestHeaders: { remove: removedHeaders } }),
    },
    ...clientTrafficSettings(settings),
  });
}

/** Rules whose annotations decide about retries, be it for none at all. */
function decidingRetries({ hosts }: Plan): ReadonlySet<RuleId> {
  const deciding = hosts.flatMap(({ rules }) => rules.filter(({ intents }) => intents.some(({ kind }) => kind === 'retries')));
  return new Set(deciding.map(({ id }) => id));
}

/**
 * The most specific policy of a kind replaces the Gateway's whole, so each one must say again what it does not decide itself. A rule that
 * wants no retry needs a policy that says so once the Gateway has one.
 */
function withTraffic(rule: LoweredRule, ofGateway: JsonObject, deciding: ReadonlySet<RuleId>): LoweredRule {
  const own = rule.policies.filter((policy) => policy.kind === 'BackendTrafficPolicy');
  const decided = new Set(own.flatMap(({ spec }) => Object.keys(spec)));
  const refuses = 'retry' in ofGateway && !decided.has('retry') && rule.backendRefs.length > 0 && deciding.has(rule.planRule);
  if (own.length === 0 && !refuses) return rule;
  const wanted: JsonObject = { ...ofGateway, ...(refuses ? { retry: { numRetries: 0 } } : {}) };
  const missing = Object.fromEntries(Object.entries(wanted).filter(([key]) => !decided.has(key)));
  return Object.keys(missing).length === 0 ? rule : { ...rule, policies: [...rule.policies, fragment('BackendTrafficPolicy', missing)] };
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

/** Of earlyRequestHeaders.remove: https://github.com/kubernetes-sigs/gateway-api/blob/v1.5.1/apis/v1/httproute_types.go (HTTPHeaderFilter) */
const mostRemoved = 64;

/**
 * An authorization service sets a header only where it names one; then the client's own would be taken for it. Rules with names beyond the limit
 * are closed later on.
 */
function identityHeadersOf({ rules }: LoweredPlan): readonly string[] {
  return [...new Set(rules.flatMap(({ identityHeaders = [] }) => identityHeaders))].sort(compareText).slice(0, mostRemoved);
}

/** No time at all is told of (controller/zero-timeout); to Envoy it would be no limit. */
const notZero = (seconds: number, otherwise: number): number => (seconds === 0 ? otherwise : seconds);

export function finish(plan: LoweredPlan, source: Plan): LoweredPlan {
  const { settings } = source;
  const removedHeaders = identityHeadersOf(plan);
  const clientTraffic = clientTrafficOf(source, removedHeaders);
  const { proxyConnectTimeoutSeconds: connect, proxyReadTimeoutSeconds: read, proxySendTimeoutSeconds: send } = settings;
  const timeout = idleTimeouts(notZero(connect, nginxConnectSeconds), Math.max(notZero(read, nginxIdleSeconds), notZero(send, nginxIdleSeconds)));
  const preserved = plan.gatewayPolicies.filter(({ kind }) => kind === 'BackendTrafficPolicy').flatMap(({ spec }) => Object.entries(spec));
  const traffic: JsonObject = { timeout, ...Object.fromEntries(preserved) };
  const deciding = decidingRetries(source);
  return {
    ...plan,
    removedHeaders,
    rules: plan.rules.map((rule) => withTraffic(rule, traffic, deciding)),
    listeners: plan.listeners.map((listener) => ({ ...listener, policies: withClientTraffic(listener.policies, clientTraffic) })),
    gatewayPolicies: [...plan.gatewayPolicies, clientTraffic, fragment('BackendTrafficPolicy', { timeout })],
  };
}
