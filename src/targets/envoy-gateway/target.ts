import type { Target } from '../define.ts';
import { standardHostLowerings, standardLowerings } from '../standard/lowerings.ts';
import { lowerErrorPages, lowerRequestBuffering, lowerResponseHeaderSize } from './answers.ts';
import { lowerBackendProtocol, lowerBackendTls } from './backend.ts';
import { lowerLoadBalance, lowerUpstreamHash } from './balancing.ts';
import { capabilities, defaults } from './capabilities.ts';
import { lowerClientCertificate } from './client-certificate.ts';
import { codes } from './codes.ts';
import { lowerExternalAuth } from './external-auth.ts';
import { settings } from './controller-settings.ts';
import { finish } from './finish.ts';
import { preservations } from './preservations.ts';
import { profile } from './profile.ts';
import { lowerAddressList, lowerBasicAuth, lowerRateLimit } from './protections.ts';
import { respond } from './respond.ts';
import { lowerRequestHeaders, lowerResponseHeaders, lowerRewrite } from './rewrite.ts';
import { lowerTlsCiphers } from './tls-ciphers.ts';
import { lowerAffinity, lowerBandwidthLimit, lowerBodySize, lowerRetries, lowerServiceUpstream, lowerTimeouts } from './traffic.ts';

/** Envoy Gateway 1.9: the standard lowerings, with its own policies where the Gateway API has no word. */
export const envoyGateway: Target = {
  name: 'envoy-gateway',
  title: 'Envoy Gateway',
  codes,
  profile,
  capabilities,
  defaults,
  preservations,
  lowerings: {
    ...standardLowerings,
    rewrite: lowerRewrite,
    'request-headers': lowerRequestHeaders,
    'response-headers': lowerResponseHeaders,
    'address-list': lowerAddressList,
    'basic-auth': lowerBasicAuth,
    'external-auth': lowerExternalAuth,
    'rate-limit': lowerRateLimit,
    'bandwidth-limit': lowerBandwidthLimit,
    'body-size': lowerBodySize,
    timeouts: lowerTimeouts,
    retries: lowerRetries,
    affinity: lowerAffinity,
    'service-upstream': lowerServiceUpstream,
    'backend-protocol': lowerBackendProtocol,
    'backend-tls': lowerBackendTls,
    'load-balance': lowerLoadBalance,
    'upstream-hash': lowerUpstreamHash,
    'error-pages': lowerErrorPages,
    'response-header-size': lowerResponseHeaderSize,
    'request-buffering': lowerRequestBuffering,
  },
  hostLowerings: { ...standardHostLowerings, 'client-certificate': lowerClientCertificate, 'tls-ciphers': lowerTlsCiphers },
  respond,
  settings,
  finish,
};
