import type { AnnotationFamily } from './define.ts';
import { addressList } from './address-list.ts';
import { affinity } from './affinity.ts';
import { appRoot } from './app-root.ts';
import { backendProtocol } from './backend-protocol.ts';
import { basicAuth } from './basic-auth.ts';
import { bodySize } from './body-size.ts';
import { canary } from './canary.ts';
import { clientCertificate } from './client-certificate.ts';
import { connectionHeader } from './connection-header.ts';
import { cors } from './cors.ts';
import { customHeaders } from './custom-headers.ts';
import { defaultBackend } from './default-backend.ts';
import { externalAuth } from './external-auth.ts';
import { httpsRedirect } from './https-redirect.ts';
import { mirror } from './mirror.ts';
import { rateLimit } from './rate-limit.ts';
import { redirect } from './redirect.ts';
import { retries } from './retries.ts';
import { rewrite } from './rewrite.ts';
import { satisfy } from './satisfy.ts';
import { serverAlias } from './server-alias.ts';
import { serviceUpstream } from './service-upstream.ts';
import { snippets } from './snippets.ts';
import { sslPassthrough } from './ssl-passthrough.ts';
import { timeouts } from './timeouts.ts';
import { upstreamVhost } from './upstream-vhost.ts';
import { wwwRedirect } from './www-redirect.ts';

/**
 * Every family, sorted by id. A new one is its file and a line here: `import { cors } from './cors.ts'` and `cors` in the list.
 * The order is also the order of intents on a location, so it must not depend on anything but the ids.
 */
export const families: readonly AnnotationFamily[] = [
  addressList,
  affinity,
  appRoot,
  backendProtocol,
  basicAuth,
  bodySize,
  canary,
  clientCertificate,
  connectionHeader,
  cors,
  customHeaders,
  defaultBackend,
  externalAuth,
  httpsRedirect,
  mirror,
  rateLimit,
  redirect,
  retries,
  rewrite,
  satisfy,
  serverAlias,
  serviceUpstream,
  snippets,
  sslPassthrough,
  timeouts,
  upstreamVhost,
  wwwRedirect,
];
