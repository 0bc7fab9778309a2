import type { JsonObject } from '../../model/gateway.ts';
import type { RuleDraft } from '../draft.ts';
import type { PolicyFragment } from '../lowered.ts';

/** Every kind of Envoy Gateway 1.9 is served at this version (charts/gateway-crds-helm of the project). */
export const envoyGatewayVersion = 'gateway.envoyproxy.io/v1alpha1';
export const envoyGatewayGroup = 'gateway.envoyproxy.io';

export type PolicyKind = 'BackendTrafficPolicy' | 'SecurityPolicy' | 'ClientTrafficPolicy';

export function fragment(kind: PolicyKind, spec: JsonObject): PolicyFragment {
  return { apiVersion: envoyGatewayVersion, kind, spec };
}

export function addPolicy(draft: RuleDraft, kind: PolicyKind, spec: JsonObject): void {
  draft.policies.push(fragment(kind, spec));
}

/** nginx counts k, m and g in powers of 1024; a Kubernetes quantity says so with Ki, Mi and Gi. */
export function quantity(bytes: number): string {
  for (const [unit, size] of [['Gi', 2 ** 30], ['Mi', 2 ** 20], ['Ki', 2 ** 10]] as const) {
    if (bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return String(bytes);
}

/** Idle limits as nginx has them: Envoy's total timeout is off, or every long download and stream would end with it. */
export function idleTimeouts(connectSeconds: number, idleSeconds: number): JsonObject {
  return {
    tcp: { connectTimeout: `${connectSeconds}s` },
    http: { requestTimeout: '0s', streamIdleTimeout: `${idleSeconds}s` },
  };
}
