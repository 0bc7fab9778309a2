/** Annotations of external authentication; auth-snippet belongs to the snippets. */
export const externalAuthKeys = [
  'auth-url',
  'auth-method',
  'auth-signin',
  'auth-signin-redirect-param',
  'auth-response-headers',
  'auth-proxy-set-headers',
  'auth-request-redirect',
  'auth-cache-key',
  'auth-cache-duration',
  'auth-always-set-cookie',
  'auth-keepalive',
  'auth-keepalive-share-vars',
  'auth-keepalive-requests',
  'auth-keepalive-timeout',
  'enable-global-auth',
] as const;

export type ExternalAuthKey = (typeof externalAuthKeys)[number];
