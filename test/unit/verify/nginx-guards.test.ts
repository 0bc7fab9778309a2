import { describe, expect, it } from 'vitest';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import { path, type Given, type Options } from '../nginx/given.ts';
import { ask, brief, forwarded, shop, type Asked } from './ask.ts';

type Texts = Readonly<Record<string, string>>;
const guards = (annotations: Texts, settings: Partial<ControllerSettings> = {}, url = 'http://h.test/foo'): readonly string[] =>
  forwarded(ask([shop(annotations)], url, {}, { settings })).guards.map(({ kind, detail }) => `${kind}: ${detail}`);

const basic = { 'auth-type': 'basic', 'auth-secret': 'users' };
const external = { 'auth-url': 'http://auth.shop.svc/' };

/** nginx-measured, section 6, and the templates of the controller. */
describe('what a request must bring', () => {
  it.each<[Texts, readonly string[], Partial<ControllerSettings>?]>([
    [{ 'denylist-source-range': '10.0.0.0/8', 'allowlist-source-range': '10.1.0.0/16' }, ['address-list: deny 10.0.0.0/8', 'address-list: allow 10.1.0.0/16']],
    [{ 'allowlist-source-range': '10.1.0.0/16', 'whitelist-source-range': '10.2.0.0/16' }, ['address-list: allow 10.1.0.0/16']],
    [{ 'whitelist-source-range': '10.2.0.0/16' }, ['address-list: allow 10.2.0.0/16']],
    [{}, ['address-list: allow 10.3.0.0/16'], { allowListSourceRange: ['10.3.0.0/16'] }],
    [{}, ['address-list: deny 10.3.0.0/16'], { denyListSourceRange: ['10.3.0.0/16'] }],
    [{ 'whitelist-source-range': '10.2.0.0/16' }, ['address-list: allow 10.2.0.0/16'], { allowListSourceRange: ['10.3.0.0/16'] }],
    [{ 'denylist-source-range': '10.2.0.0/16' }, ['address-list: deny 10.2.0.0/16'], { denyListSourceRange: ['10.3.0.0/16'] }],
    [{}, ['address-list: deny 10.4.0.0/16'], { blockCidrs: ['10.4.0.0/16'] }],
    [{ 'denylist-source-range': '10.2.0.0/16' }, ['address-list: deny 10.2.0.0/16'], { blockCidrs: ['10.4.0.0/16'] }],
    [{ 'whitelist-source-range': '10.2.0.0/16' }, ['address-list: allow 10.2.0.0/16'], { blockCidrs: ['10.4.0.0/16'] }],
    [basic, ['basic-auth: shop/users']],
    [{ ...basic, 'auth-type': 'digest' }, ['basic-auth: digest shop/users']],
    [{ ...basic, 'auth-secret': 'shop/users' }, ['basic-auth: shop/users']],
    [{ ...basic, 'auth-realm': 'off' }, []],
    [{ ...basic, 'auth-realm': 'Staff' }, ['basic-auth: shop/users']],
    [{ 'auth-secret': 'users' }, []],
    [external, ['external-auth: http://auth.shop.svc/']],
    [external, ['external-auth: http://auth.shop.svc/'], { globalAuthUrl: 'http://all.shop.svc/' }],
    [{}, ['external-auth: http://all.shop.svc/'], { globalAuthUrl: 'http://all.shop.svc/' }],
    [{ 'enable-global-auth': 'false' }, [], { globalAuthUrl: 'http://all.shop.svc/' }],
    [{ 'enable-global-auth': 'maybe' }, ['external-auth: http://all.shop.svc/'], { globalAuthUrl: 'http://all.shop.svc/' }],
    [{ ...external, 'enable-global-auth': 'false' }, ['external-auth: http://auth.shop.svc/']],
    [{ ...external, 'auth-request-redirect': 'https://x.test/a' }, ['external-auth: http://auth.shop.svc/']],
    [{ ...external, 'auth-always-set-cookie': 'maybe' }, []],
    [{ ...external, 'auth-always-set-cookie': 'true' }, ['external-auth: http://auth.shop.svc/']],
    [{ ...external, 'auth-cache-duration': '200 10m;' }, []],
    [{ ...external, 'auth-cache-duration': '200 10m' }, ['external-auth: http://auth.shop.svc/']],
    [{ ...external, 'auth-request-redirect': '$x' }, ['external-auth: http://all.shop.svc/'], { globalAuthUrl: 'http://all.shop.svc/' }],
    [{ 'limit-rps': '5', 'limit-rpm': '60', 'limit-connections': '2' }, ['rate-limit: 5r/s', 'rate-limit: 60r/m', 'connection-limit: 2']],
    [{ 'limit-rps': '0', 'limit-rpm': '-1' }, []],
    [{ 'limit-rps': '1' }, ['rate-limit: 1r/s']],
    [{ 'limit-rps': '5', 'limit-allowlist': '10.0.0.0/8,10.9.9.9' }, ['rate-limit: 5r/s except 10.0.0.0/8,10.9.9.9/32']],
    [{ 'limit-connections': '5', 'limit-whitelist': '10.0.0.0/8' }, ['connection-limit: 5 except 10.0.0.0/8']],
    [{ ...basic, 'whitelist-source-range': '10.0.0.0/8', satisfy: 'any' }, ['unknown: any of address-list allow 10.0.0.0/8, basic-auth shop/users']],
    [{ ...basic, satisfy: 'any' }, ['basic-auth: shop/users']],
    [{ ...basic, ...external, satisfy: 'all' }, ['basic-auth: shop/users', 'external-auth: http://auth.shop.svc/']],
    [{ 'limit-rps': '1', ...basic, ...external, satisfy: 'any' }, ['rate-limit: 1r/s', 'unknown: any of basic-auth shop/users, external-auth http://auth.shop.svc/']],
    [{}, ['unknown: http-snippet of the controller', 'unknown: server-snippet of the controller', 'unknown: location-snippet of the controller'], { raw: new Map([['http-snippet', 'a;'], ['server-snippet', 'b;'], ['location-snippet', 'c;']]) }],
    [{}, [], { raw: new Map([['http-snippet', ' ']]) }],
  ])('with %j is %j', (annotations, expected, settings = {}) => {
    expect(guards(annotations, settings)).toEqual(expected);
  });

  it('is no authentication where the path of the Ingress is exempt', () => {
    const at = (text: string, noAuthLocations: readonly string[]): readonly string[] =>
      forwarded(ask([shop({ ...basic, ...external, 'whitelist-source-range': '10.0.0.0/8' }, text)], 'http://h.test/open/x', {}, { settings: { noAuthLocations } })).guards.map(({ kind }) => kind);
    const all = ['address-list', 'basic-auth', 'external-auth'];
    expect([at('P /open', ['/open']), at('P /open', ['/op']), at('P /', ['/open']), at('P /open', ['']), at('P /open', [])]).toEqual([['address-list'], ['address-list'], all, all, all]);
  });

  it.each<[string, readonly string[]]>([
    ['', ['client-certificate: shop/ca']],
    ['on', ['client-certificate: shop/ca']],
    ['off', []],
    ['optional', []],
    ['optional_no_ca', []],
  ])('is a client certificate with auth-tls-verify-client %j: %j', (verify, expected) => {
    const annotations = { 'auth-tls-secret': 'shop/ca', 'auth-tls-verify-client': verify };
    expect([guards(annotations, {}, 'https://h.test/foo'), guards(annotations)]).toEqual([expected, []]);
  });

  it('is the certificate of the first Ingress of the host, on all of its paths', () => {
    const of = (name: string, created: number, annotations: Texts, host = 'h.test'): Given => ({ name, created, annotations, rules: { [host]: [path(`P /${name}`)] } });
    const certificate = (url: string, ...givens: readonly Given[]): readonly string[] => forwarded(ask(givens, url)).guards.map(({ detail }) => detail);
    const [a, b] = [of('a', 1, { 'auth-tls-secret': 'shop/a' }), of('b', 2, { 'auth-tls-secret': 'shop/b' })];
    expect([certificate('https://h.test/a', a, b), certificate('https://h.test/b', a, b)]).toEqual([['shop/a'], ['shop/a']]);
    expect(certificate('https://o.test/o', a, of('o', 3, {}, 'o.test'))).toEqual([]);
    expect(certificate('https://any.test/any', of('any', 1, { 'auth-tls-secret': 'shop/any' }, ''))).toEqual(['shop/any']);
  });
});

/** nginx-semantics, section 0: 403 in the server, before its locations. */
describe('a client that is refused', () => {
  it.each<[readonly string[], readonly string[], Asked['headers'], boolean]>([
    [['BadBot'], [], { 'user-agent': 'badbot' }, true],
    [['BadBot'], [], { 'user-agent': 'badbot 2' }, false],
    [['~Bad'], [], { 'user-agent': 'a Bad b' }, true],
    [['~Bad'], [], { 'user-agent': 'a bad b' }, false],
    [['~*Bad'], [], { 'user-agent': 'a bad b' }, true],
    [['"Evil Bot"'], [], { 'user-agent': 'evil bot' }, true],
    [['~('], [], { 'user-agent': '(' }, false],
    [[], ['~spam\\.test'], { referer: 'https://spam.test/' }, true],
    [[], ['~spam'], { 'user-agent': 'spam' }, false],
    [['x', 'y'], [], { 'user-agent': 'y' }, true],
    [['x'], ['x'], {}, false],
  ])('by %j or %j: %j %s', (blockUserAgents, blockReferers, headers, expected) => {
    expect(brief(ask([shop()], 'http://h.test/foo', { headers: headers ?? {} }, { settings: { blockUserAgents, blockReferers } }))).toBe(expected ? '403' : 'web:80 /foo');
    expect(brief(ask([shop({ 'app-root': '/app' }, 'P /')], 'http://h.test/', { headers: headers ?? {} }, { settings: { blockUserAgents, blockReferers } }))).toBe(expected ? '403' : '302 http://h.test/app');
  });
});

/** https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_reject_handshake */
describe('a handshake with ssl-reject-handshake', () => {
  it.each([
    ['https://h.test/foo', 'web:80 /foo'],
    ['https://u.test/foo', '0'],
    ['https:///foo', '0'],
    ['http://u.test/foo', '404'],
    ['https://www.h.test/foo', '308 https://h.test:443/foo'],
  ])('%s: %s', (url, expected) => {
    const givens = [shop({ 'from-to-www-redirect': 'true' })];
    expect(brief(ask(givens, url, {}, { settings: { sslRejectHandshake: true } }))).toBe(expected);
    expect(brief(ask([...givens, { name: 'any', defaultBackend: 'any:80' }], 'https://u.test/', {}, { settings: { sslRejectHandshake: true } }))).toBe('0');
  });
});

describe('requests that nginx answers before it looks at hosts', () => {
  it.each<[string, Asked, string]>([
    ['http://h.test/foo', { method: 'TRACE' }, '405'],
    ['http://u.test/foo', { method: 'TRACE' }, '405'],
    ['http://h.test*', { method: 'OPTIONS' }, '400'],
    ['http:///foo', { method: 'TRACE' }, '400'],
  ])('%s %j: %s', (url, how, expected) => {
    const [, host, target] = /^(http:\/\/[^/*]*)(.*)$/.exec(url) ?? [];
    expect(brief(ask([shop()], `${host ?? ''}${target ?? ''}`, how))).toBe(expected);
  });
});

describe('the host that a backend is told', () => {
  const told = (annotations: Texts, how: Asked = {}, options: Options = {}): string => forwarded(ask([shop(annotations)], 'http://H.test/foo', how, options)).host;
  const trusting = { settings: { useForwardedHeaders: true } };
  const headers = { 'x-forwarded-host': ' o.test:99, p.test', 'x-a-b': 'c' };
  it.each<[Texts, string, Options?]>([
    [{}, 'H.test'],
    [{}, 'o.test:99', trusting],
    [{ 'upstream-vhost': 'x.test' }, 'x.test', trusting],
    [{ 'upstream-vhost': '$host' }, 'h.test'],
    [{ 'upstream-vhost': '$http_host' }, 'H.test'],
    [{ 'upstream-vhost': '${service_name}.$namespace' }, 'web.shop'],
    [{ 'upstream-vhost': '$ingress_name-$service_port-$scheme-$request_method' }, 'web-80-http-GET'],
    [{ 'upstream-vhost': '$http_x_a_b.test' }, 'c.test'],
    [{ 'upstream-vhost': 'x$http_nothing' }, 'x'],
    [{ 'upstream-vhost': '$geoip' }, '$geoip'],
    [{ 'upstream-vhost': '$1x' }, 'x'],
  ])('with %j is %s', (annotations, expected, options = {}) => {
    expect(told(annotations, { headers }, options)).toBe(expected);
  });
});
