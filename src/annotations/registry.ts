import type { AnnotationFamily } from './define.ts';
import { addressList } from './address-list.ts';
import { appRoot } from './app-root.ts';
import { basicAuth } from './basic-auth.ts';
import { canary } from './canary.ts';
import { clientCertificate } from './client-certificate.ts';
import { defaultBackend } from './default-backend.ts';
import { externalAuth } from './external-auth.ts';
import { httpsRedirect } from './https-redirect.ts';
import { rateLimit } from './rate-limit.ts';
import { redirect } from './redirect.ts';
import { rewrite } from './rewrite.ts';
import { satisfy } from './satisfy.ts';
import { serverAlias } from './server-alias.ts';
import { sslPassthrough } from './ssl-passthrough.ts';
import { upstreamVhost } from './upstream-vhost.ts';
import { wwwRedirect } from './www-redirect.ts';

/**
 * Every family, sorted by id. A new one is its file and a line here: `import { cors } from './cors.ts'` and `cors` in the list.
 * The order is also the order of intents on a location, so it must not depend on anything but the ids.
 */
export const families: readonly AnnotationFamily[] = [
  addressList,
  appRoot,
  basicAuth,
  canary,
  clientCertificate,
  defaultBackend,
  externalAuth,
  httpsRedirect,
  rateLimit,
  redirect,
  rewrite,
  satisfy,
  serverAlias,
  sslPassthrough,
  upstreamVhost,
  wwwRedirect,
];
