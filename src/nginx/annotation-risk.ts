import type { AnnotationName } from './annotation-table.ts';

/**
 * Levels of the controller's annotations-risk-level, lowest first: an annotation above the configured one costs the whole Ingress.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/docs/user-guide/nginx-configuration/annotations-risk.md
 */
export const riskLevels = ['Low', 'Medium', 'High', 'Critical'] as const;
export type RiskLevel = (typeof riskLevels)[number];

const above: Readonly<Record<Exclude<RiskLevel, 'Low'>, readonly AnnotationName[]>> = {
  Medium: [
    'rewrite-target',
    'app-root',
    'x-forwarded-prefix',
    'force-ssl-redirect',
    'preserve-trailing-slash',
    'permanent-redirect',
    'temporal-redirect',
    'proxy-redirect-from',
    'proxy-redirect-to',
    'proxy-next-upstream',
    'proxy-body-size',
    'proxy-cookie-domain',
    'proxy-cookie-path',
    'custom-headers',
    'fastcgi-index',
    'fastcgi-params-configmap',
    'auth-secret',
    'auth-realm',
    'auth-signin-redirect-param',
    'auth-response-headers',
    'auth-proxy-set-headers',
    'auth-request-redirect',
    'auth-cache-key',
    'auth-cache-duration',
    'auth-tls-secret',
    'auth-tls-verify-client',
    'allowlist-source-range',
    'whitelist-source-range',
    'denylist-source-range',
    'cors-allow-origin',
    'cors-allow-methods',
    'cors-allow-headers',
    'cors-expose-headers',
    'canary-by-header',
    'canary-by-header-value',
    'canary-by-header-pattern',
    'canary-by-cookie',
    'affinity-mode',
    'session-cookie-name',
    'session-cookie-path',
    'session-cookie-domain',
    'session-cookie-max-age',
    'session-cookie-expires',
    'proxy-ssl-secret',
    'proxy-ssl-ciphers',
    'opentelemetry-operation-name',
  ],
  High: [
    'server-alias',
    'upstream-hash-by',
    'auth-url',
    'auth-signin',
    'auth-tls-error-page',
    'auth-tls-match-cn',
    'proxy-ssl-name',
    'mirror-target',
    'mirror-host',
    'modsecurity-transaction-id',
  ],
  Critical: [
    'configuration-snippet',
    'server-snippet',
    'stream-snippet',
    'auth-snippet',
    'modsecurity-snippet',
  ],
};

const rank: ReadonlyMap<string, number> = new Map([
  ...above.Medium.map((name) => [name, 1] as const),
  ...above.High.map((name) => [name, 2] as const),
  ...above.Critical.map((name) => [name, 3] as const),
]);

/** Whether an annotation (name without prefix) is riskier than the level allows. */
export function isTooRisky(name: string, level: RiskLevel): boolean {
  return (rank.get(name) ?? 0) > riskLevels.indexOf(level);
}
