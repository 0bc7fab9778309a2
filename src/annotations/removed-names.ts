import type { AnnotationName } from '../nginx/annotation-table.ts';

/** A name that older controllers read. No parser of v1.15.1 knows it (internal/ingress/annotations), so it changes nothing. */
export interface RemovedName {
  /** First release without it. */
  readonly since: string;
  /** What it used to do, as a clause after "nginx once". */
  readonly meaning: string;
  /** What to do beside deleting it; whole sentences, or ''. */
  readonly advice: string;
}

const removed = (since: string, meaning: string, advice: string): RemovedName => ({ since, meaning, advice });

const tracing = 'Tracing is switched on with enable-opentelemetry before the move, and in the gateway after it.';
const globalLimit = 'If one limit for all replicas is wanted, use the rate-limit service of the new gateway.';
const passiveCheck = 'If failing endpoints should leave the pool, use readiness probes, or outlier detection of the new gateway.';

export const removedNames = {
  'enable-opentracing': removed('1.10', 'traced requests with OpenTracing', tracing),
  'opentracing-trust-incoming-span': removed('1.10', 'continued the trace of the client', tracing),
  'opentracing-operation-name': removed('1.10', 'named the spans', tracing),
  'secure-backends': removed('0.21', 'spoke TLS to the backend', 'TLS to the backend is asked for with backend-protocol: HTTPS, and with nothing else.'),
  'grpc-backend': removed('0.21', 'spoke gRPC to the backend', 'gRPC to the backend is asked for with backend-protocol: GRPC, and with nothing else.'),
  'add-base-url': removed('0.22', 'put a base element into HTML pages', 'The application itself has to know its base path.'),
  'base-url-scheme': removed('0.22', 'chose the scheme of the base element', 'The application itself has to know its base path.'),
  'session-cookie-hash': removed('0.24', 'chose the hash of the affinity cookie', 'Nothing takes its place.'),
  'secure-verify-ca-secret': removed('0.27', 'verified the certificate of the backend', 'Backends are verified by proxy-ssl-verify with proxy-ssl-secret, and by a BackendTLSPolicy after the move.'),
  'lua-resty-waf': removed('0.27', 'filtered requests with a firewall in Lua', 'If a firewall is wanted, choose one that works with the new gateway.'),
  'global-rate-limit': removed('1.12', 'limited requests over all replicas', globalLimit),
  'global-rate-limit-window': removed('1.12', 'set the window of the limit over all replicas', globalLimit),
  'global-rate-limit-key': removed('1.12', 'chose what the limit over all replicas counts', globalLimit),
  'global-rate-limit-ignored-cidrs': removed('1.12', 'exempted addresses from the limit over all replicas', globalLimit),
  'enable-influxdb': removed('1.7.1', 'sent request data to InfluxDB', 'Use the metrics of the new gateway.'),
  'upstream-max-fails': removed('0.21', 'took an endpoint out after so many failures', passiveCheck),
  'upstream-fail-timeout': removed('0.21', 'kept a failed endpoint out for so long', passiveCheck),
} as const satisfies Partial<Record<AnnotationName, RemovedName>>;
