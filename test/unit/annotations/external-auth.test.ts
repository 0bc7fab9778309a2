import { describe, expect, it } from 'vitest';
import { externalAuth } from '../../../src/annotations/external-auth.ts';
import { protections } from '../../support/protections.ts';

const url = 'https://auth.example.com/oauth2/auth';
const intent = { kind: 'external-auth', url, method: 'GET', signinUrl: '', signinRedirectParam: 'rd', responseHeaders: [], extras: new Map() };
const signin = 'https://$host/oauth2/start?rd=$escaped_request_uri';

describe('external-auth', () => {
  it.each([
    ['a URL alone', {}, {}],
    ['a sign-in page', { 'auth-signin': signin }, { signinUrl: signin }],
    ['the name of the parameter', { 'auth-signin': signin, 'auth-signin-redirect-param': 'next' }, { signinUrl: signin, signinRedirectParam: 'next' }],
    ['headers with spaces and an empty entry', { 'auth-response-headers': 'X-User, X-Email,' }, { responseHeaders: ['X-User', 'X-Email'] }],
    ['a method', { 'auth-method': 'HEAD' }, { method: 'HEAD' }],
    ['a cache', { 'auth-cache-key': '$cookie_id', 'auth-cache-duration': '200 202 10m, 401 5m' }, { extras: new Map([['auth-cache-key', '$cookie_id'], ['auth-cache-duration', '200 202 10m, 401 5m']]) }],
    ['a cookie that is always set', { 'auth-always-set-cookie': 'true' }, { extras: new Map([['auth-always-set-cookie', 'true']]) }],
    ['a cookie that is not', { 'auth-always-set-cookie': 'false' }, {}],
    ['a map of headers', { 'auth-proxy-set-headers': 'web/headers' }, { extras: new Map([['auth-proxy-set-headers', 'web/headers']]) }],
  ])('reads %s', (_name, annotations, more) => {
    expect(protections(externalAuth, { 'auth-url': url, ...annotations }).intents).toEqual([{ ...intent, ...more }]);
  });

  it.each([
    ['a URL without scheme', { 'auth-url': 'auth.example.com/check' }],
    ['a URL without host', { 'auth-url': 'https:///check' }],
    ['a variable as port', { 'auth-url': 'https://auth.example.com:$port/check' }],
    ['a line break after the URL', { 'auth-url': `${url}\n` }],
    ['a character that is not accepted', { 'auth-url': `${url}#top` }],
    ['no method', { 'auth-url': url, 'auth-method': 'get' }],
    ['no header', { 'auth-url': url, 'auth-response-headers': 'X User' }],
    ['no duration', { 'auth-url': url, 'auth-cache-duration': '200 soon' }],
    ['a map without namespace', { 'auth-url': url, 'auth-proxy-set-headers': 'headers' }],
    ['a map of another namespace', { 'auth-url': url, 'auth-proxy-set-headers': 'ops/headers' }],
    ['a bad method before a value that would open', { 'auth-url': url, 'auth-method': 'get', 'auth-request-redirect': '/x$y' }],
  ])('never opens with %s', (_name, annotations) => {
    expect(protections(externalAuth, annotations).intents).toMatchObject([{ kind: 'refused' }]);
  });

  it.each([
    ['auth-request-redirect', 'https://shop.example.com$request_uri'],
    ['auth-request-redirect', 'https://shop.example.com/a%20b'],
    ['auth-always-set-cookie', 'yes'],
    ['auth-always-set-cookie', ' true'],
    ['auth-cache-duration', '200 10m; 401 5m'],
    ['auth-cache-duration', '200 10m\n'],
  ])('says that %s: %j switches the check off today', (name, value) => {
    const { intents, ledger } = protections(externalAuth, { 'auth-url': url, [name]: value });
    expect(intents).toEqual([]);
    expect(ledger).toEqual([name, 'auth-url'].sort().map((key) => `shop/${key}: inert external-auth/open-today`));
  });

  it.each([
    ['auth-signin without a URL', { 'auth-signin': signin }, ['shop/auth-signin: inert external-auth/companion-without-url']],
    ['an empty URL', { 'auth-url': ' ' }, ['shop/auth-url: inert external-auth/empty-url']],
    ['an idle opt-out', { 'enable-global-auth': 'false' }, ['shop/enable-global-auth: inert external-auth/value-ignored']],
  ])('leaves open what is open today: %s', (_name, annotations, ledger) => {
    const read = protections(externalAuth, annotations);
    expect(read.intents).toEqual([]);
    expect(read.ledger).toEqual(ledger);
  });

  it.each([
    ['auth-signin', 'https://auth.example.com/start?rd=https%3A%2F%2Fshop.example.com'],
    ['auth-signin-redirect-param', 'next'],
    ['auth-cache-key', '$request_uri.$cookie_id'],
    ['auth-cache-duration', '200 10m'],
    ['auth-keepalive', '10'],
    ['auth-keepalive-share-vars', 'true'],
    ['auth-method', ''],
    ['enable-global-auth', 'false'],
  ])('keeps the check without %s: %j', (name, value) => {
    const { intents, ledger } = protections(externalAuth, { 'auth-url': url, [name]: value });
    expect(intents).toEqual([intent]);
    expect(ledger).toContain(`shop/${name}: inert external-auth/value-ignored`);
  });

  describe('of the controller', () => {
    const settings = { globalAuthUrl: url, raw: new Map([['global-auth-signin', signin], ['global-auth-response-headers', 'X-User']]) };
    const common = { ...intent, signinUrl: signin, responseHeaders: ['X-User'] };

    it.each([
      ['an Ingress without annotations', {}, [common], []],
      ['an Ingress that opts out', { 'enable-global-auth': 'false' }, [], ['shop/enable-global-auth: translated external-auth/global-disabled']],
      ['an opt-out that is no boolean', { 'enable-global-auth': 'no' }, [common], ['shop/enable-global-auth: inert external-auth/value-ignored']],
      ['a check of its own', { 'auth-url': 'https://own.example.com/' }, [{ ...intent, url: 'https://own.example.com/' }], ['shop/auth-url: translated']],
      [
        'a check of its own that is switched off',
        { 'auth-url': url, 'auth-always-set-cookie': 'on' },
        [common],
        ['shop/auth-always-set-cookie: inert external-auth/global-instead', 'shop/auth-url: inert external-auth/global-instead'],
      ],
      [
        'the same with an opt-out',
        { 'auth-url': url, 'auth-always-set-cookie': 'on', 'enable-global-auth': 'false' },
        [],
        ['shop/auth-always-set-cookie: inert external-auth/open-today', 'shop/auth-url: inert external-auth/open-today', 'shop/enable-global-auth: translated external-auth/global-disabled'],
      ],
    ])('%s', (_name, annotations, intents, ledger) => {
      const read = protections(externalAuth, annotations, { settings });
      expect(read.intents).toEqual(intents);
      expect(read.ledger).toEqual(ledger);
    });
  });

  it('exempts certificate challenges', () => {
    const read = protections(externalAuth, { 'auth-url': url }, { path: '/.well-known/acme-challenge' });
    expect(read.intents).toEqual([]);
    expect(read.codes).toEqual(['external-auth/exempt-path']);
  });
});
