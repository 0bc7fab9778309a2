// Which parts of the Envoy Gateway API are vendored.
export const modulePath = 'github.com/envoyproxy/gateway';
export const release = 'v1.9.1';
/** Folder of the vendored files: patch releases hold the same fields. */
export const folder = 'v1.9';

export const inChart = (name) => name.includes('/charts/gateway-helm/charts/crds/crds/generated/');

/**
 * Fields that gwmigrate may write. The rest is left out, so an object that uses it fails its own check until the field is added here
 * and the CEL rules that come with it are written: no field is written that is not checked.
 */
const fields = {
  Backend: ['type', 'endpoints[].fqdn', 'endpoints[].ip', 'endpoints[].hostname', 'appProtocols', 'fallback', 'tls'],
  BackendTrafficPolicy: [
    'targetRefs', 'mergeType', 'bandwidthLimit', 'circuitBreaker.maxConnections', 'circuitBreaker.maxParallelRequests', 'circuitBreaker.maxPendingRequests',
    'loadBalancer.type', 'loadBalancer.consistentHash', 'rateLimit.type', 'rateLimit.local.rules[].clientSelectors', 'rateLimit.local.rules[].limit.requests',
    'rateLimit.local.rules[].limit.unit', 'requestBuffer', 'responseOverride[].match', 'responseOverride[].response', 'retry', 'routingType', 'timeout',
  ],
  ClientTrafficPolicy: ['targetRefs', 'clientIPDetection', 'headers', 'path', 'proxyProtocol', 'timeout', 'tls'],
  EnvoyProxy: ['concurrency', 'mergeGateways', 'preserveRouteOrder', 'routingType'],
  HTTPRouteFilter: ['directResponse', 'urlRewrite.path'],
  SecurityPolicy: [
    'targetRefs', 'mergeType', 'authorization.defaultAction', 'authorization.rules[].action', 'authorization.rules[].name', 'authorization.rules[].principal.clientCIDRs',
    'basicAuth', 'extAuth.bodyToExtAuth', 'extAuth.failOpen', 'extAuth.headersToExtAuth', 'extAuth.http.backendRefs', 'extAuth.http.headersToBackend', 'extAuth.http.path',
    'extAuth.http.pathOverride', 'extAuth.recomputeRoute', 'extAuth.statusOnError', 'extAuth.timeout',
  ],
};

export const isVendored = ({ spec }) => Object.hasOwn(fields, spec.names.kind);

/** A path is kept when it leads to a listed field, is one, or lies below one. */
export function keepFor({ spec }) {
  const listed = fields[spec.names.kind].map((field) => `spec.${field}`);
  const within = (inner, outer) => inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`) || inner.startsWith(`${outer}{`);
  return (path) => listed.some((field) => within(path, field) || within(field, path));
}
