import { breaking, converted, lost, silent, target, type KeyTable } from './define.ts';

/** TLS and HTTP/2 of the entry point. */
export const tlsKeys: KeyTable = {
  'enable-ocsp': lost('false', 'staples the state of certificates to the handshake', 'Nothing for most certificates: few clients ask for it.'),
  hsts: converted('Strict-Transport-Security, with --defaults preserve'),
  'hsts-include-subdomains': converted('Strict-Transport-Security, with --defaults preserve'),
  'hsts-max-age': converted('Strict-Transport-Security, with --defaults preserve'),
  'hsts-preload': converted('Strict-Transport-Security, with --defaults preserve'),
  'http2-max-concurrent-streams': lost('128', 'takes so many streams on one connection', 'Set the limit in a policy of your gateway if clients need more.'),
  'http2-max-field-size': silent('nginx ignores it since 1.19.7'),
  'http2-max-header-size': silent('nginx ignores it since 1.19.7'),
  'http2-max-requests': silent('nginx ignores it since 1.19.7'),
  'proxy-ssl-location-only': silent('says in which nginx block proxy-ssl annotations are written'),
  'ssl-buffer-size': silent('is memory of nginx'),
  'ssl-ciphers': target('', 'offers these ciphers', 'Set them on the gateway if a rule of yours or an old client needs them.'),
  'ssl-dh-param': lost('', 'uses this group for DHE ciphers', 'Nothing: gateways use elliptic curves.'),
  'ssl-early-data': breaking('false', 'takes requests in the first flight of TLS 1.3, which can be replayed', 'Nothing, unless the saved round trip matters.'),
  'ssl-ecdh-curve': lost('auto', 'offers these curves', 'Set the curves in a policy of your gateway if a rule of yours names them.'),
  'ssl-protocols': target('TLSv1.2 TLSv1.3', 'offers these versions of TLS', 'Set them on the gateway if a rule of yours or an old client needs them.'),
  'ssl-reject-handshake': converted('whether unknown hosts find an HTTPS listener'),
  'ssl-session-cache': silent('resumes sessions'),
  'ssl-session-cache-size': silent('is memory of nginx'),
  'ssl-session-ticket-key': silent('is a key of session tickets'),
  'ssl-session-tickets': silent('resumes sessions'),
  'ssl-session-timeout': silent('resumes sessions'),
  'use-http2': target('true', 'does not offer HTTP/2', 'Switch HTTP/2 off in the gateway if a client cannot take it.'),
};
