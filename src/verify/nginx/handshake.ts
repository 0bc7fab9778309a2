import { CATCH_ALL, type EffectiveConfiguration } from '../../nginx/configuration.ts';
import type { ProbeRequest } from '../outcome.ts';
import { findServer } from './servers.ts';

/**
 * With ssl-reject-handshake the server of unknown names breaks off the handshake, before any request is seen; so it does without a name.
 * Source: ssl_reject_handshake in https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_reject_handshake and nginx.tmpl of the controller.
 */
export function breaksHandshake(configuration: EffectiveConfiguration, { scheme, host }: ProbeRequest): boolean {
  if (scheme === 'http' || !configuration.settings.sslRejectHandshake) return false;
  const answering = host === '' ? undefined : findServer(configuration, host);
  return answering === undefined || (answering.kind === 'server' && answering.server.host === CATCH_ALL);
}
