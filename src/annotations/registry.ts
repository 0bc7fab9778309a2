import type { AnnotationFamily } from './define.ts';
import { accessLog } from './access-log.ts';
import { addressList } from './address-list.ts';
import { affinity } from './affinity.ts';
import { appRoot } from './app-root.ts';
import { backendHttpVersion } from './backend-http-version.ts';
import { backendProtocol } from './backend-protocol.ts';
import { backendTls } from './backend-tls.ts';
import { basicAuth } from './basic-auth.ts';
import { bodySize } from './body-size.ts';
import { canary } from './canary.ts';
import { clientCertificate } from './client-certificate.ts';
import { connectionHeader } from './connection-header.ts';
import { cookieRewrite } from './cookie-rewrite.ts';
import { cors } from './cors.ts';
import { customHeaders } from './custom-headers.ts';
import { defaultBackend } from './default-backend.ts';
import { errorPages } from './error-pages.ts';
import { externalAuth } from './external-auth.ts';
import { fastcgi } from './fastcgi.ts';
import { http2Push } from './http2-push.ts';
import { httpsRedirect } from './https-redirect.ts';
import { loadBalancing } from './load-balancing.ts';
import { locationHeader } from './location-header.ts';
import { mirror } from './mirror.ts';
import { rateLimit } from './rate-limit.ts';
import { redirect } from './redirect.ts';
import { redirectPort } from './redirect-port.ts';
import { removed } from './removed.ts';
import { requestBuffering } from './request-buffering.ts';
import { responseBuffering } from './response-buffering.ts';
import { retries } from './retries.ts';
import { rewrite } from './rewrite.ts';
import { satisfy } from './satisfy.ts';
import { serverAlias } from './server-alias.ts';
import { serviceUpstream } from './service-upstream.ts';
import { snippets } from './snippets.ts';
import { sslPassthrough } from './ssl-passthrough.ts';
import { timeouts } from './timeouts.ts';
import { tlsCiphers } from './tls-ciphers.ts';
import { tracing } from './tracing.ts';
import { upstreamVhost } from './upstream-vhost.ts';
import { waf } from './waf.ts';
import { wwwRedirect } from './www-redirect.ts';

/**
 * Every family, sorted by id. A new one is its file and a line here: `import { cors } from './cors.ts'` and `cors` in the list.
 * The order is also the order of intents on a location, so it must not depend on anything but the ids.
 */
export const families: readonly AnnotationFamily[] = [
  accessLog,
  addressList,
  affinity,
  appRoot,
  backendHttpVersion,
  backendProtocol,
  backendTls,
  basicAuth,
  bodySize,
  canary,
  clientCertificate,
  connectionHeader,
  cookieRewrite,
  cors,
  customHeaders,
  defaultBackend,
  errorPages,
  externalAuth,
  fastcgi,
  http2Push,
  httpsRedirect,
  loadBalancing,
  locationHeader,
  mirror,
  rateLimit,
  redirect,
  redirectPort,
  removed,
  requestBuffering,
  responseBuffering,
  retries,
  rewrite,
  satisfy,
  serverAlias,
  serviceUpstream,
  snippets,
  sslPassthrough,
  timeouts,
  tlsCiphers,
  tracing,
  upstreamVhost,
  waf,
  wwwRedirect,
];
