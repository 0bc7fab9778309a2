import { backendRefRules } from './backend-refs.ts';
import { backendTlsPolicyRules } from './backend-tls-policies.ts';
import { corsRules } from './cors.ts';
import type { Rule } from './define.ts';
import { backendTrafficRules } from './envoy-gateway/backend-traffic.ts';
import { backendRules } from './envoy-gateway/backends.ts';
import { clientTrafficRules } from './envoy-gateway/client-traffic.ts';
import { policyRules } from './envoy-gateway/policies.ts';
import { responseRules } from './envoy-gateway/responses.ts';
import { securityRules } from './envoy-gateway/security.ts';
import { externalAuthRules } from './external-auth.ts';
import { filterListRules } from './filter-lists.ts';
import { filterMemberRules } from './filter-members.ts';
import { gatewayRules } from './gateways.ts';
import { grpcMethodRules } from './grpc-methods.ts';
import { httpPathRules } from './http-paths.ts';
import { httpRuleRules } from './http-rules.ts';
import { listenerRules } from './listeners.ts';
import { mirrorRules } from './mirror.ts';
import { parentRefRules } from './parent-refs.ts';
import { pathModifierRules } from './path-modifiers.ts';
import { routeRules } from './routes.ts';
import { sessionPersistenceRules } from './session-persistence.ts';
import { tlsRouteRules } from './tls-routes.ts';

/** Every rule, one line per set. */
export const rules: readonly Rule[] = [
  ...backendRefRules,
  ...backendTlsPolicyRules,
  ...corsRules,
  ...externalAuthRules,
  ...filterListRules,
  ...filterMemberRules,
  ...gatewayRules,
  ...grpcMethodRules,
  ...httpPathRules,
  ...httpRuleRules,
  ...listenerRules,
  ...mirrorRules,
  ...parentRefRules,
  ...pathModifierRules,
  ...routeRules,
  ...sessionPersistenceRules,
  ...tlsRouteRules,
  ...backendRules,
  ...backendTrafficRules,
  ...clientTrafficRules,
  ...policyRules,
  ...responseRules,
  ...securityRules,
];

export const rulesByMessage: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.message, rule]));
