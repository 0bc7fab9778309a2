import { describe, expect, it } from 'vitest';
import { clientCertificate } from '../../../src/annotations/client-certificate.ts';
import { collect } from '../../support/collected.ts';
import { configuration, ingress, location, server } from '../../support/nginx-model.ts';
import { protections, withSecrets } from '../../support/protections.ts';

const secret = { 'auth-tls-secret': 'web/clients' };
const intent = {
  kind: 'client-certificate',
  secret: { namespace: 'web', name: 'clients' },
  verify: 'on',
  depth: 1,
  errorPage: '',
  passCertificate: false,
  matchCn: '',
};

describe('client-certificate', () => {
  it.each([
    ['a Secret alone', {}, {}],
    ['a mode', { 'auth-tls-verify-client': 'optional' }, { verify: 'optional' }],
    ['a depth', { 'auth-tls-verify-depth': '3' }, { depth: 3 }],
    ['an error page', { 'auth-tls-error-page': 'https://www.example.com/denied.html' }, { errorPage: 'https://www.example.com/denied.html' }],
    ['the certificate for the backend', { 'auth-tls-pass-certificate-to-upstream': 'true' }, { passCertificate: true }],
    ['a common name', { 'auth-tls-match-cn': 'CN=.*\\.partner\\.example' }, { matchCn: 'CN=.*\\.partner\\.example' }],
  ])('reads %s', (_name, annotations, more) => {
    const { intents, host, ledger } = protections(clientCertificate, { ...secret, ...annotations });
    expect(intents).toEqual([]);
    expect(host).toEqual([{ ...intent, ...more }]);
    expect(ledger.every((line) => line.endsWith(': translated'))).toBe(true);
  });

  it.each([
    ['a Secret without namespace', { 'auth-tls-secret': 'clients' }],
    ['a Secret of another namespace', { 'auth-tls-secret': 'ops/clients' }],
    ['a line break after the Secret', { 'auth-tls-secret': 'web/clients\n' }],
    ['a bad error page', { ...secret, 'auth-tls-error-page': 'https://x/$uri' }],
    ['a bad boolean', { ...secret, 'auth-tls-pass-certificate-to-upstream': 'yes' }],
    ['a bad common name', { ...secret, 'auth-tls-match-cn': 'partner' }],
    ['a common name that can never match', { ...secret, 'auth-tls-verify-client': 'off', 'auth-tls-match-cn': 'CN=a' }],
  ])('never opens with %s', (_name, annotations) => {
    expect(protections(clientCertificate, annotations).intents).toMatchObject([{ kind: 'refused' }]);
  });

  it('looks into a Secret it knows', () => {
    const read = (keys: readonly string[]) => protections(clientCertificate, secret, { inventory: withSecrets({ clients: keys }) });
    expect(read(['ca.crt', 'tls.crt', 'tls.key']).host).toEqual([intent]);
    expect(read([]).host).toEqual([intent]);
    const withoutCa = read(['tls.crt', 'tls.key']);
    expect(withoutCa).toMatchObject({ host: [], intents: [], ledger: ['shop/auth-tls-secret: inert client-certificate/no-ca'] });
    expect(read(['other']).intents).toMatchObject([{ kind: 'refused' }]);
  });

  it.each([
    ['companions without a Secret', { 'auth-tls-verify-client': 'on' }, ['shop/auth-tls-verify-client: inert client-certificate/companion-without-secret']],
    [
      'verification off',
      { ...secret, 'auth-tls-verify-client': 'off' },
      ['shop/auth-tls-secret: inert client-certificate/verify-off', 'shop/auth-tls-verify-client: inert client-certificate/verify-off'],
    ],
  ])('leaves open what is open today: %s', (_name, annotations, ledger) => {
    expect(protections(clientCertificate, annotations)).toMatchObject({ intents: [], host: [], ledger });
  });

  it.each([
    ['auth-tls-verify-client', 'yes'],
    ['auth-tls-verify-depth', 'deep'],
    ['auth-tls-verify-depth', '0'],
  ])('works with the default for %s: %s', (name, value) => {
    const { host, codes } = protections(clientCertificate, { ...secret, [name]: value });
    expect(host).toEqual([intent]);
    expect(codes).toEqual(['client-certificate/value-ignored']);
  });

  it('takes the first Ingress with a certificate authority, not the first that asks', () => {
    const [one, two, three] = [ingress('one', { 'auth-tls-secret': 'web/none' }), ingress('two', secret), ingress('three', { 'auth-tls-secret': 'web/third' })];
    const host = server('shop.example.com', [location(one, '/'), location(two, '/b'), location(three, '/c')]);
    const { servers, ledger } = collect(configuration([host]), withSecrets({ none: ['tls.crt', 'tls.key'] }), [clientCertificate]);
    expect(servers).toEqual({ 'shop.example.com': [intent] });
    expect(ledger).toEqual([
      'one/auth-tls-secret: inert client-certificate/no-ca',
      'two/auth-tls-secret: translated',
      'three/auth-tls-secret: inert annotation/host-level-taken',
    ]);
  });
});
