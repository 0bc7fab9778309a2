import type { Target } from '../define.ts';
import { standardPreservations } from '../standard/preservations.ts';
import { fragment } from './policies.ts';

/** Envoy takes a number where nginx goes on until no pod is left. */
const withoutEnd = 10;

/**
 * Beside what the Gateway API can say: tries that no application has seen, of any method. One limit on bodies for all is not among them:
 * requestBuffer holds every request back until it is whole, and WebSockets and gRPC streams never are ("requestBuffer cannot be used together
 * with httpUpgrade", a rule of the BackendTrafficPolicy CRD of Envoy Gateway 1.9).
 */
export const preservations: Target['preservations'] = {
  ...standardPreservations,
  'three-tries': {
    how: 'retry on connect-failure, refused-stream and reset-before-request of a BackendTrafficPolicy on the Gateway',
    differences: 'a request that a pod took and did not answer is not sent again, which nginx does for GET, HEAD, PUT and DELETE',
    write: (plan, _behaviour, { proxyNextUpstreamTries: tries }) => ({
      ...plan,
      gatewayPolicies: [
        ...plan.gatewayPolicies,
        fragment('BackendTrafficPolicy', { retry: { numRetries: tries <= 0 ? withoutEnd : tries - 1, retryOn: { triggers: ['connect-failure', 'refused-stream', 'reset-before-request'] } } }),
      ],
    }),
  },
};
