import type { HostLowerings, Lowerings } from '../define.ts';
import { lowerClientCertificate } from './client-certificate.ts';
import { lowerCookieRewrite, lowerErrorPages, lowerLocationHeader, lowerResponseHeaderSize } from './answers.ts';
import { lowerBackendProtocol, lowerTlsPassthrough } from './backend.ts';
import { lowerBackendTls } from './backend-tls.ts';
import { lowerLoadBalance, lowerUpstreamHash } from './balancing.ts';
import { lowerBlockList } from './block-list.ts';
import { lowerCanary } from './canary.ts';
import { lowerCors } from './cors.ts';
import { lostAs, lowerRedirectPort, lowerRequestBuffering } from './losses.ts';
import { lowerRequestHeaders, lowerResponseHeaders } from './headers.ts';
import { lowerFallbackBackend, lowerMetadata, lowerMirror, lowerServiceUpstream, lowerSnippet } from './others.ts';
import { lowerPathAnswer } from './path-answers.ts';
import { lostProtectionOf, lowerWaf, lowerRefused } from './protections.ts';
import { lowerAppRoot, lowerHttpsRedirect, lowerRedirect, lowerRewriteRedirect, lowerWwwRedirect } from './redirects.ts';
import { lowerFixedResponse, lowerMethodGuard, lowerPlainHttp } from './refusals.ts';
import { lowerRewrite, lowerUpstreamHost } from './rewrite.ts';
import { lowerTlsCiphers } from './tls-ciphers.ts';
import { lowerAffinity, lowerBodySize, lowerRetries, lowerTimeouts } from './traffic.ts';

/** Every intent in fields of the Gateway API alone. Other targets start from these and replace what they can say better. */
export const standardLowerings: Lowerings = {
  rewrite: lowerRewrite,
  redirect: lowerRedirect,
  'rewrite-redirect': lowerRewriteRedirect,
  'https-redirect': lowerHttpsRedirect,
  'upstream-host': lowerUpstreamHost,
  'request-headers': lowerRequestHeaders,
  'response-headers': lowerResponseHeaders,
  'fixed-response': lowerFixedResponse,
  'path-answer': lowerPathAnswer,
  'method-guard': lowerMethodGuard,
  'plain-http': lowerPlainHttp,
  cors: lowerCors,
  timeouts: lowerTimeouts,
  retries: lowerRetries,
  'body-size': lowerBodySize,
  'body-buffer': lostAs('body-buffer/lost'),
  affinity: lowerAffinity,
  'address-list': lostProtectionOf('address-list/lost'),
  'block-list': lowerBlockList,
  'basic-auth': lostProtectionOf('basic-auth/lost'),
  'external-auth': lostProtectionOf('external-auth/lost'),
  'rate-limit': lostProtectionOf('rate-limit/lost'),
  'connection-limit': lostProtectionOf('connection-limit/lost'),
  'bandwidth-limit': lostAs('bandwidth-limit/lost'),
  'backend-protocol': lowerBackendProtocol,
  'service-upstream': lowerServiceUpstream,
  'connection-header': lostAs('connection-header/lost'),
  mirror: lowerMirror,
  'fallback-backend': lowerFallbackBackend,
  canary: lowerCanary,
  snippet: lowerSnippet,
  refused: lowerRefused,
  'satisfy-any': lostAs('satisfy-any/lost'),
  waf: lowerWaf,
  'backend-tls': lowerBackendTls,
  'backend-http-version': lostAs('backend-http-version/lost'),
  'fastcgi-parameters': lostAs('fastcgi-parameters/lost'),
  'load-balance': lowerLoadBalance,
  'upstream-hash': lowerUpstreamHash,
  'request-buffering': lowerRequestBuffering,
  'response-buffering': lostAs('response-buffering/lost'),
  'response-header-size': lowerResponseHeaderSize,
  'cookie-rewrite': lowerCookieRewrite,
  'location-header': lowerLocationHeader,
  'redirect-port': lowerRedirectPort,
  'error-pages': lowerErrorPages,
  tracing: lostAs('tracing/lost'),
  'access-log': lostAs('access-log/lost'),
  metadata: lowerMetadata,
};

export const standardHostLowerings: HostLowerings = {
  'app-root': lowerAppRoot,
  'www-redirect': lowerWwwRedirect,
  'client-certificate': lowerClientCertificate,
  'tls-passthrough': lowerTlsPassthrough,
  'tls-ciphers': lowerTlsCiphers,
};
