/**
 * Every annotation name ingress-nginx knows (v1.15.1, internal/ingress/annotations), with the facts of the controller that are
 * the same for all of them. What a name means is said by its family in `src/annotations`.
 */
export interface AnnotationFact {
  readonly group: AnnotationGroup;
  /** What one occurrence changes. */
  readonly scope: 'location' | 'server' | 'upstream' | 'ingress' | 'global' | 'none';
  /**
   * What the controller does with a value it cannot use: takes the default, drops the whole Ingress, answers 503 on its locations
   * (`deny`) or 403 on the host (`deny-host`), serves without the protection (`open`), or never reads the name (`ignored`).
   */
  readonly invalid: 'default' | 'drop' | 'deny' | 'deny-host' | 'open' | 'ignored';
}

export type AnnotationGroup =
  | 'rewrite'
  | 'logging'
  | 'tls-redirect'
  | 'redirect'
  | 'header-rewrite'
  | 'host'
  | 'timeouts'
  | 'retries'
  | 'limits'
  | 'buffers'
  | 'backend'
  | 'load-balancing'
  | 'errors'
  | 'headers'
  | 'http2'
  | 'fastcgi'
  | 'snippet'
  | 'auth-basic'
  | 'auth-external'
  | 'auth'
  | 'auth-mtls'
  | 'ip-acl'
  | 'rate-limit'
  | 'cors'
  | 'canary'
  | 'affinity'
  | 'tls'
  | 'backend-tls'
  | 'mirror'
  | 'waf'
  | 'tracing'
  | 'removed';

export const annotationTable = {
  'rewrite-target': { group: 'rewrite', scope: 'location', invalid: 'default' },
  'use-regex': { group: 'rewrite', scope: 'server', invalid: 'default' },
  'app-root': { group: 'rewrite', scope: 'server', invalid: 'default' },
  'x-forwarded-prefix': { group: 'rewrite', scope: 'location', invalid: 'drop' },
  'enable-rewrite-log': { group: 'logging', scope: 'location', invalid: 'default' },
  'ssl-redirect': { group: 'tls-redirect', scope: 'location', invalid: 'default' },
  'force-ssl-redirect': { group: 'tls-redirect', scope: 'location', invalid: 'default' },
  'preserve-trailing-slash': { group: 'tls-redirect', scope: 'location', invalid: 'default' },
  'permanent-redirect': { group: 'redirect', scope: 'location', invalid: 'drop' },
  'permanent-redirect-code': { group: 'redirect', scope: 'location', invalid: 'drop' },
  'temporal-redirect': { group: 'redirect', scope: 'location', invalid: 'drop' },
  'temporal-redirect-code': { group: 'redirect', scope: 'location', invalid: 'drop' },
  'from-to-www-redirect': { group: 'redirect', scope: 'server', invalid: 'drop' },
  'relative-redirects': { group: 'redirect', scope: 'location', invalid: 'drop' },
  'use-port-in-redirects': { group: 'redirect', scope: 'location', invalid: 'default' },
  'proxy-redirect-from': { group: 'header-rewrite', scope: 'location', invalid: 'default' },
  'proxy-redirect-to': { group: 'header-rewrite', scope: 'location', invalid: 'default' },
  'server-alias': { group: 'host', scope: 'server', invalid: 'drop' },
  'proxy-connect-timeout': { group: 'timeouts', scope: 'location', invalid: 'default' },
  'proxy-send-timeout': { group: 'timeouts', scope: 'location', invalid: 'default' },
  'proxy-read-timeout': { group: 'timeouts', scope: 'location', invalid: 'default' },
  'proxy-next-upstream': { group: 'retries', scope: 'location', invalid: 'default' },
  'proxy-next-upstream-timeout': { group: 'retries', scope: 'location', invalid: 'default' },
  'proxy-next-upstream-tries': { group: 'retries', scope: 'location', invalid: 'default' },
  'proxy-body-size': { group: 'limits', scope: 'location', invalid: 'default' },
  'client-body-buffer-size': { group: 'buffers', scope: 'location', invalid: 'drop' },
  'proxy-request-buffering': { group: 'buffers', scope: 'location', invalid: 'default' },
  'proxy-buffering': { group: 'buffers', scope: 'location', invalid: 'default' },
  'proxy-buffers-number': { group: 'buffers', scope: 'location', invalid: 'default' },
  'proxy-buffer-size': { group: 'buffers', scope: 'location', invalid: 'default' },
  'proxy-busy-buffers-size': { group: 'buffers', scope: 'location', invalid: 'default' },
  'proxy-max-temp-file-size': { group: 'buffers', scope: 'location', invalid: 'default' },
  'proxy-http-version': { group: 'backend', scope: 'location', invalid: 'default' },
  'proxy-cookie-domain': { group: 'header-rewrite', scope: 'location', invalid: 'default' },
  'proxy-cookie-path': { group: 'header-rewrite', scope: 'location', invalid: 'default' },
  'connection-proxy-header': { group: 'backend', scope: 'location', invalid: 'drop' },
  'backend-protocol': { group: 'backend', scope: 'location', invalid: 'default' },
  'upstream-vhost': { group: 'backend', scope: 'location', invalid: 'drop' },
  'service-upstream': { group: 'backend', scope: 'upstream', invalid: 'default' },
  'load-balance': { group: 'load-balancing', scope: 'upstream', invalid: 'drop' },
  'upstream-hash-by': { group: 'load-balancing', scope: 'upstream', invalid: 'drop' },
  'upstream-hash-by-subset': { group: 'load-balancing', scope: 'upstream', invalid: 'drop' },
  'upstream-hash-by-subset-size': { group: 'load-balancing', scope: 'upstream', invalid: 'drop' },
  'default-backend': { group: 'errors', scope: 'location', invalid: 'drop' },
  'custom-http-errors': { group: 'errors', scope: 'location', invalid: 'drop' },
  'disable-proxy-intercept-errors': { group: 'errors', scope: 'location', invalid: 'default' },
  'custom-headers': { group: 'headers', scope: 'location', invalid: 'deny' },
  'http2-push-preload': { group: 'http2', scope: 'location', invalid: 'drop' },
  'fastcgi-index': { group: 'fastcgi', scope: 'location', invalid: 'drop' },
  'fastcgi-params-configmap': { group: 'fastcgi', scope: 'location', invalid: 'drop' },
  'configuration-snippet': { group: 'snippet', scope: 'location', invalid: 'drop' },
  'server-snippet': { group: 'snippet', scope: 'server', invalid: 'drop' },
  'stream-snippet': { group: 'snippet', scope: 'global', invalid: 'drop' },
  'auth-snippet': { group: 'snippet', scope: 'location', invalid: 'drop' },
  'modsecurity-snippet': { group: 'snippet', scope: 'location', invalid: 'drop' },
  'auth-type': { group: 'auth-basic', scope: 'location', invalid: 'drop' },
  'auth-secret': { group: 'auth-basic', scope: 'location', invalid: 'deny' },
  'auth-secret-type': { group: 'auth-basic', scope: 'location', invalid: 'drop' },
  'auth-realm': { group: 'auth-basic', scope: 'location', invalid: 'drop' },
  'auth-url': { group: 'auth-external', scope: 'location', invalid: 'deny' },
  'auth-method': { group: 'auth-external', scope: 'location', invalid: 'deny' },
  'auth-signin': { group: 'auth-external', scope: 'location', invalid: 'default' },
  'auth-signin-redirect-param': { group: 'auth-external', scope: 'location', invalid: 'default' },
  'auth-response-headers': { group: 'auth-external', scope: 'location', invalid: 'deny' },
  'auth-proxy-set-headers': { group: 'auth-external', scope: 'location', invalid: 'deny' },
  'auth-request-redirect': { group: 'auth-external', scope: 'location', invalid: 'open' },
  'auth-cache-key': { group: 'auth-external', scope: 'location', invalid: 'default' },
  'auth-cache-duration': { group: 'auth-external', scope: 'location', invalid: 'open' },
  'auth-always-set-cookie': { group: 'auth-external', scope: 'location', invalid: 'open' },
  'auth-keepalive': { group: 'auth-external', scope: 'location', invalid: 'default' },
  'auth-keepalive-share-vars': { group: 'auth-external', scope: 'location', invalid: 'default' },
  'auth-keepalive-requests': { group: 'auth-external', scope: 'location', invalid: 'default' },
  'auth-keepalive-timeout': { group: 'auth-external', scope: 'location', invalid: 'default' },
  'enable-global-auth': { group: 'auth-external', scope: 'location', invalid: 'default' },
  satisfy: { group: 'auth', scope: 'location', invalid: 'default' },
  'auth-tls-secret': { group: 'auth-mtls', scope: 'server', invalid: 'deny-host' },
  'auth-tls-verify-client': { group: 'auth-mtls', scope: 'server', invalid: 'default' },
  'auth-tls-verify-depth': { group: 'auth-mtls', scope: 'server', invalid: 'default' },
  'auth-tls-error-page': { group: 'auth-mtls', scope: 'server', invalid: 'drop' },
  'auth-tls-pass-certificate-to-upstream': { group: 'auth-mtls', scope: 'server', invalid: 'drop' },
  'auth-tls-match-cn': { group: 'auth-mtls', scope: 'server', invalid: 'drop' },
  'allowlist-source-range': { group: 'ip-acl', scope: 'location', invalid: 'deny' },
  'whitelist-source-range': { group: 'ip-acl', scope: 'location', invalid: 'deny' },
  'denylist-source-range': { group: 'ip-acl', scope: 'location', invalid: 'deny' },
  'limit-rps': { group: 'rate-limit', scope: 'location', invalid: 'drop' },
  'limit-rpm': { group: 'rate-limit', scope: 'location', invalid: 'drop' },
  'limit-connections': { group: 'rate-limit', scope: 'location', invalid: 'drop' },
  'limit-burst-multiplier': { group: 'rate-limit', scope: 'location', invalid: 'default' },
  'limit-allowlist': { group: 'rate-limit', scope: 'location', invalid: 'drop' },
  'limit-whitelist': { group: 'rate-limit', scope: 'location', invalid: 'drop' },
  'limit-rate': { group: 'rate-limit', scope: 'location', invalid: 'default' },
  'limit-rate-after': { group: 'rate-limit', scope: 'location', invalid: 'default' },
  'enable-cors': { group: 'cors', scope: 'location', invalid: 'default' },
  'cors-allow-origin': { group: 'cors', scope: 'location', invalid: 'default' },
  'cors-allow-methods': { group: 'cors', scope: 'location', invalid: 'default' },
  'cors-allow-headers': { group: 'cors', scope: 'location', invalid: 'default' },
  'cors-expose-headers': { group: 'cors', scope: 'location', invalid: 'default' },
  'cors-allow-credentials': { group: 'cors', scope: 'location', invalid: 'default' },
  'cors-max-age': { group: 'cors', scope: 'location', invalid: 'default' },
  canary: { group: 'canary', scope: 'ingress', invalid: 'default' },
  'canary-by-header': { group: 'canary', scope: 'upstream', invalid: 'default' },
  'canary-by-header-value': { group: 'canary', scope: 'upstream', invalid: 'default' },
  'canary-by-header-pattern': { group: 'canary', scope: 'upstream', invalid: 'default' },
  'canary-by-cookie': { group: 'canary', scope: 'upstream', invalid: 'default' },
  'canary-weight': { group: 'canary', scope: 'upstream', invalid: 'default' },
  'canary-weight-total': { group: 'canary', scope: 'upstream', invalid: 'default' },
  affinity: { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'affinity-mode': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'affinity-canary-behavior': { group: 'affinity', scope: 'ingress', invalid: 'default' },
  'session-cookie-name': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'session-cookie-path': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'session-cookie-domain': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'session-cookie-max-age': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'session-cookie-expires': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'session-cookie-samesite': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'session-cookie-conditional-samesite-none': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'session-cookie-secure': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'session-cookie-change-on-failure': { group: 'affinity', scope: 'upstream', invalid: 'default' },
  'ssl-passthrough': { group: 'tls', scope: 'server', invalid: 'drop' },
  'ssl-ciphers': { group: 'tls', scope: 'server', invalid: 'drop' },
  'ssl-prefer-server-ciphers': { group: 'tls', scope: 'server', invalid: 'default' },
  'proxy-ssl-secret': { group: 'backend-tls', scope: 'server', invalid: 'deny' },
  'proxy-ssl-verify': { group: 'backend-tls', scope: 'server', invalid: 'default' },
  'proxy-ssl-verify-depth': { group: 'backend-tls', scope: 'server', invalid: 'default' },
  'proxy-ssl-name': { group: 'backend-tls', scope: 'server', invalid: 'default' },
  'proxy-ssl-server-name': { group: 'backend-tls', scope: 'server', invalid: 'default' },
  'proxy-ssl-ciphers': { group: 'backend-tls', scope: 'server', invalid: 'default' },
  'proxy-ssl-protocols': { group: 'backend-tls', scope: 'server', invalid: 'default' },
  'mirror-target': { group: 'mirror', scope: 'location', invalid: 'default' },
  'mirror-request-body': { group: 'mirror', scope: 'location', invalid: 'default' },
  'mirror-host': { group: 'mirror', scope: 'location', invalid: 'default' },
  'enable-modsecurity': { group: 'waf', scope: 'location', invalid: 'default' },
  'enable-owasp-core-rules': { group: 'waf', scope: 'location', invalid: 'default' },
  'modsecurity-transaction-id': { group: 'waf', scope: 'location', invalid: 'default' },
  'enable-opentelemetry': { group: 'tracing', scope: 'location', invalid: 'default' },
  'opentelemetry-trust-incoming-span': { group: 'tracing', scope: 'location', invalid: 'default' },
  'opentelemetry-operation-name': { group: 'tracing', scope: 'location', invalid: 'drop' },
  'enable-access-log': { group: 'logging', scope: 'location', invalid: 'default' },
  'enable-opentracing': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'opentracing-trust-incoming-span': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'opentracing-operation-name': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'secure-backends': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'grpc-backend': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'add-base-url': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'base-url-scheme': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'session-cookie-hash': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'secure-verify-ca-secret': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'lua-resty-waf': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'global-rate-limit': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'global-rate-limit-window': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'global-rate-limit-key': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'global-rate-limit-ignored-cidrs': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'enable-influxdb': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'upstream-max-fails': { group: 'removed', scope: 'none', invalid: 'ignored' },
  'upstream-fail-timeout': { group: 'removed', scope: 'none', invalid: 'ignored' },
} as const satisfies Record<string, AnnotationFact>;

export type AnnotationName = keyof typeof annotationTable;

export function isAnnotationName(name: string): name is AnnotationName {
  return Object.hasOwn(annotationTable, name);
}
