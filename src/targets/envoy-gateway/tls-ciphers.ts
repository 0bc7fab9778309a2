import { raise } from '../../diagnostics/finding.ts';
import type { TlsCiphersIntent } from '../../plan/intents.ts';
import type { HostContext, Verdict } from '../define.ts';
import type { HostDraft } from '../draft.ts';
import { standardHostLowerings } from '../standard/lowerings.ts';
import { subjectOf } from '../subject.ts';
import { codes } from './codes.ts';
import { fragment } from './policies.ts';

/**
 * Ciphers of TLS 1.2 that Envoy has, by their OpenSSL names; a list with any other makes Envoy refuse the listener.
 * Source: https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto (cipher_suites)
 */
const known: ReadonlySet<string> = new Set([
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
]);

/** Suites of TLS 1.3: no list of either proxy touches them. */
const ofTls13 = /^TLS_/;

export function lowerTlsCiphers(intent: TlsCiphersIntent, draft: HostDraft, context: HostContext): Verdict {
  const { host } = context.host.server;
  const wanted = intent.ciphers.filter((cipher) => cipher !== '' && !ofTls13.test(cipher));
  const ciphers = wanted.filter((cipher) => known.has(cipher));
  // Envoy prefers its own order, as nginx does unless told otherwise.
  if (ciphers.length === 0 || (!intent.preferServer && wanted.length === 0)) return standardHostLowerings['tls-ciphers'](intent, draft, context);
  draft.listenerPolicies.push(fragment('ClientTrafficPolicy', { tls: { ciphers: [...new Set(ciphers)] } }));
  const dropped = wanted.filter((cipher) => !known.has(cipher));
  if (dropped.length === 0 && intent.preferServer) return { kind: 'exact' };
  const parts = [dropped.length === 0 ? '' : `${dropped.join(', ')} cannot be named`, intent.preferServer ? '' : 'the order is that of the gateway'].filter((part) => part !== '');
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/ciphers-differ', subjectOf(intent, {}), { host, differences: parts.join('; ') })] };
}
