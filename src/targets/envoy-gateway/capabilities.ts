import type { IntentKind } from '../../plan/intents.ts';
import type { Capability, Target } from '../define.ts';
import { standardCapabilities, standardDefaults } from '../standard/capabilities.ts';

const about = (how: string): Capability => ({ fidelity: 'approximate', how });
const exact = (how: string): Capability => ({ fidelity: 'exact', how });

/** Best case per intent; what is not named here is as in the standard Gateway API. */
export const capabilities: Readonly<Record<IntentKind, Capability>> = {
  ...standardCapabilities,
  rewrite: exact('URLRewrite; capture groups: HTTPRouteFilter urlRewrite.path ReplaceRegexMatch'),
  'fixed-response': exact('HTTPRouteFilter directResponse, with an empty body where nginx writes a page'),
  redirect: exact('HTTPRouteFilter directResponse with a Location where the address is fixed; else RequestRedirect'),
  'app-root': exact('Exact match on / with HTTPRouteFilter directResponse; for several names or a wildcard RequestRedirect, which keeps the query'),
  'path-answer': exact('Exact match with RequestRedirect or HTTPRouteFilter directResponse'),
  'method-guard': about('matches on the method; other requests get HTTPRouteFilter directResponse'),
  'plain-http': about('rules of the HTTP listener with HTTPRouteFilter directResponse'),
  'block-list': about('RegularExpression match on the header, in a rule with HTTPRouteFilter directResponse'),
  'address-list': exact('SecurityPolicy authorization with clientCIDRs'),
  'basic-auth': about('SecurityPolicy basicAuth: key .htpasswd with SHA-1 hashes'),
  'external-auth': about('SecurityPolicy extAuth for the Service behind the URL, where the input shows it; no sign-in redirect'),
  'client-certificate': about('ClientTrafficPolicy tls.clientValidation on the HTTPS listener of the host'),
  'rate-limit': about('BackendTrafficPolicy rateLimit.local per client address; 429, no burst'),
  'bandwidth-limit': about('BackendTrafficPolicy bandwidthLimit.response, shared by the route'),
  'body-size': about('BackendTrafficPolicy requestBuffer.limit; buffers the body'),
  timeouts: exact('BackendTrafficPolicy timeout.tcp.connectTimeout and timeout.http.streamIdleTimeout'),
  retries: about('BackendTrafficPolicy retry; every method'),
  affinity: about('BackendTrafficPolicy loadBalancer consistentHash cookie'),
  'service-upstream': exact('BackendTrafficPolicy routingType'),
  'backend-protocol': exact('GRPCRoute or appProtocol; TLS without verification: Backend with tls.insecureSkipVerify'),
  'backend-tls': about('BackendTLSPolicy with the CA in the Secret; without verification fields of the Backend'),
  'load-balance': about('BackendTrafficPolicy loadBalancer LeastRequest for ewma; no other algorithm'),
  'upstream-hash': about('BackendTrafficPolicy consistentHash by address, header, cookie or query parameter; no text of several parts'),
  'error-pages': about('BackendTrafficPolicy responseOverride where no Service answers; else lost'),
  'response-header-size': about('nothing to write up to 60 KiB; else lost'),
  'request-buffering': exact('nothing to write: Envoy streams, unless a limit on bodies makes it hold them'),
  'tls-ciphers': exact('ClientTrafficPolicy tls.ciphers on the HTTPS listener of the host; no groups'),
};

/** How Envoy Gateway compares with what nginx does unasked, after the policies that `finish` puts on the Gateway. */
export const defaults: Target['defaults'] = {
  ...standardDefaults,
  'idle-timeouts-60s': exact('BackendTrafficPolicy streamIdleTimeout on the Gateway, total timeout off'),
  'connect-timeout-5s': exact('BackendTrafficPolicy connectTimeout on the Gateway'),
  'underscore-headers-dropped': exact('ClientTrafficPolicy headers.withUnderscoresAction: DropHeader'),
};
