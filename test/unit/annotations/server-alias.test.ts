import { describe, expect, it } from 'vitest';
import { isHostname } from '../../../src/nginx/naming.ts';
import { collect, type Collected } from '../../support/collected.ts';
import { configuration, ingress, location, server, withTls } from '../../support/nginx-model.ts';

const noCertificate = { kind: 'default', reason: 'no-tls-section' } as const;

function read(value: string, kept: readonly string[], tls = false): Collected {
  const shop = ingress('shop', { 'server-alias': value, 'ssl-redirect': 'false' });
  const aliases = kept.map((name) => ({ name, ingress: shop, certificate: noCertificate }));
  return collect(configuration([server('shop.example.com', [location(shop, '/')], { aliases, ...(tls ? withTls : {}) })]));
}

describe('server-alias', () => {
  it.each([
    ['a.example.com, *.b.example.com', ['*.b.example.com', 'a.example.com'], 'translated'],
    ['~^s[0-9]+\\.example\\.com$', ['~^s[0-9]+\\.example\\.com$'], 'lost server-alias/regex'],
    ['www.example.*', ['www.example.*'], 'lost server-alias/not-a-hostname'],
    ['other.example.com', [], 'inert server-alias/name-in-use'],
    ['a.example.com,other.example.com', ['a.example.com'], 'translated server-alias/name-in-use'],
    [' , ', [], 'inert server-alias/empty'],
  ])('books "%s"', (value, kept, outcome) => {
    expect(read(value, kept).ledger[0]).toBe(`shop/server-alias: ${outcome}`);
  });

  it('asks to check the certificate of a TLS host', () => {
    expect(read('a.example.com', ['a.example.com'], true).ledger[0]).toBe('shop/server-alias: approximated server-alias/certificate');
  });

  it('belongs to the first Ingress that has one', () => {
    const [first, second] = [ingress('first', { 'server-alias': 'a.example.com' }), ingress('second', { 'server-alias': 'b.example.com' })];
    const aliases = [{ name: 'a.example.com', ingress: first, certificate: noCertificate }];
    const { ledger } = collect(configuration([server('shop.example.com', [location(first, '/'), location(second, '/b')], { aliases })]));
    expect(ledger).toEqual(['first/server-alias: translated', 'second/server-alias: inert server-alias/other-ingress']);
  });

  it.each([
    ['a.example.com', true],
    ['A.Example.com', false],
    ['*.example.com', true],
    ['localhost', true],
    ['.example.com', false],
    ['my_host.example.com', false],
    ['10.0.0.1', false],
    ['a.*.example.com', false],
  ])('%s can be a hostname: %s', (alias, statable) => {
    expect(isHostname(alias)).toBe(statable);
  });
});
