import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/model/gateway.ts';
import { ask, exact, gateway, http, https, inShort, object, prefix, regex, route, rule, to, type Ask } from './gateway-objects.ts';

/** Each row was measured on Envoy Gateway 1.9.1 and on Traefik 3.7.13 (test/dataplane). */
type Row = readonly [request: string, envoy: string, traefik: string];

type Objects = Parameters<typeof ask>[0];

function hold(objects: Objects, rows: readonly Row[], how: Ask = {}): void {
  const envoy = ask(objects, 'envoy-gateway');
  const traefik = ask(objects, 'traefik');
  it.each(rows)('%s: %s, %s', (url, first, second) => {
    const asked = url.startsWith('/') ? `http://a.test${url}` : url;
    expect([inShort(envoy(asked, how)), inShort(traefik(asked, how))]).toEqual([first, second]);
  });
}

const single = (...rules: readonly JsonObject[]): Objects => [gateway(), route('r', ['a.test'], rules)];

describe('paths', () => {
  hold(single(rule(prefix('/foo'), 'foo'), rule(exact('/exact'), 'exact'), rule(prefix('/plain'), 'plain')), [
    ['/foo/bar?x=1', 'foo /foo/bar?x=1', 'foo /foo/bar?x=1'],
    ['/%66oo', 'foo /foo', 'foo /foo'],
    ['/x/../foo', 'foo /foo', 'foo /foo'],
    ['/../foo', 'foo /foo', 'foo /foo'],
    ['//foo', 'foo /foo', 'foo /foo'],
    ['/foobar', '404', '404'],
    ['/FOO', '404', '404'],
    ['/foo;x=1', '404', '404'],
    ['/exact/', '404', '404'],
    ['/foo%2Fbar', '307 /foo/bar', '404'],
    ['/foo/a%2fb', '307 /foo/a/b', 'foo /foo/a%2Fb'],
    ['/foo/a\\b', 'foo /foo/a/b', 'foo /foo/a%5Cb'],
    ['/foo/%zz', 'foo /foo/%zz', '400'],
    ['/foo/ä', '400', 'foo /foo/%C3%A4'],
    ['/plain/%00', '400', 'plain /plain/%00'],
    ['/plain/%41', 'plain /plain/A', 'plain /plain/A'],
    ['/plain//x', 'plain /plain/x', 'plain /plain/x'],
    ['/plain/./y', 'plain /plain/y', 'plain /plain/y'],
    ['/plain/a;b', 'plain /plain/a;b', 'plain /plain/a;b'],
    ['/plain/x/..', 'plain /plain/', 'plain /plain'],
    ['/plain/b%20c', 'plain /plain/b%20c', 'plain /plain/b%20c'],
  ]);
});

describe('escapes in the path of a rule', () => {
  hold(single(rule(prefix('/a%7Cb'), 'escaped'), rule(prefix('/c|d'), 'plain')), [
    ['/a%7Cb', 'escaped /a%7Cb', '404'],
    ['/c%7Cd', '404', 'plain /c%7Cd'],
  ]);
});

describe('expressions: whole, or anywhere', () => {
  hold(
    single(
      rule(regex('/re[0-9]+'), 're'),
      rule(regex('^/anch[0-9]+$'), 'anchored'),
      rule(regex('mid[0-9]+'), 'mid'),
      rule(regex('/q.*=end'), 'q'),
      rule(regex('(?i)/ci/x'), 'ci'),
      rule(regex('/g/(a|b)(/|$)(.*)'), 'group'),
      rule(regex('/alt1|/alt2'), 'alt'),
      rule(regex('/(?!x)y.*'), 'never'),
    ),
    [
      ['/re12', 're /re12', 're /re12'],
      ['/xre12', '404', '404'],
      ['/re12/x', '404', 're /re12/x'],
      ['/x/re12', '404', 're /x/re12'],
      ['/anch12', 'anchored /anch12', 'anchored /anch12'],
      ['/anch12/x', '404', '404'],
      ['/x/mid5', '404', 'mid /x/mid5'],
      ['/qs=end', 'q /qs=end', 'q /qs=end'],
      ['/qs?a=end', '404', '404'],
      ['/CI/X', 'ci /CI/X', 'ci /CI/X'],
      ['/CI/X/y', '404', 'ci /CI/X/y'],
      ['/g/a', 'group /g/a', 'group /g/a'],
      ['/g/ab', '404', '404'],
      ['/alt2', 'alt /alt2', 'alt /alt2'],
      ['/alt1x', '404', 'alt /alt1x'],
      ['/y', '404', '404'],
    ],
  );
  const header = (value: string): JsonObject => ({ ...prefix('/'), headers: [{ type: 'RegularExpression', name: 'x-a', value }] });
  hold(single(rule(header('ab+'), 'header')), [['/', '404', 'header /']], { headers: { 'x-a': 'xab' } });
});

describe('precedence', () => {
  hold(single(rule(prefix('/p'), 'P'), rule(regex('/p/a.*'), 'R'), rule(exact('/p/abc'), 'E')), [
    ['/p/abc', 'E /p/abc', 'E /p/abc'],
    ['/p/abc/x', 'R /p/abc/x', 'R /p/abc/x'],
  ]);
  hold(single(rule(regex('/lp/.*'), 'regex'), rule(prefix('/lp/abcdefghijklmnopqrstuvwxyz'), 'prefix')), [['/lp/abcdefghijklmnopqrstuvwxyz/1', 'regex /lp/abcdefghijklmnopqrstuvwxyz/1', 'prefix /lp/abcdefghijklmnopqrstuvwxyz/1']]);
  hold(single(rule(regex('/ex/[a-z]{1,200}'), 'regex'), rule(exact('/ex/abc'), 'exact')), [['/ex/abc', 'exact /ex/abc', 'exact /ex/abc']]);
  hold(single(rule(prefix('/same'), 'first'), rule(prefix('/same'), 'second')), [['/same', 'first /same', 'first /same']]);
  hold(single(rule({ ...prefix('/m'), method: 'POST' }, 'method'), rule(prefix('/m/longer'), 'longer')), [['/m/longer', 'longer /m/longer', 'method /m/longer']], { method: 'POST' });
  const two = { ...prefix('/h'), headers: [{ name: 'x-a', value: '1' }, { name: 'x-b', value: '1' }] };
  hold(single(rule({ ...prefix('/h'), method: 'POST' }, 'method'), rule(two, 'headers')), [['/h', 'headers /h', 'method /h']], { method: 'POST', headers: { 'x-a': '1', 'x-b': '1' } });
  hold(single(rule(two, 'headers'), rule(prefix('/h/long'), 'longer')), [['/h/long', 'longer /h/long', 'longer /h/long']], { headers: { 'x-a': '1', 'x-b': '1' } });
  hold(single(rule({ ...prefix('/q'), queryParams: [{ name: 'q', value: '1' }] }, 'query')), [
    ['/q?q=0&q=1', '404', 'query /q?q=0&q=1'],
    ['/q?q=1&q=0', 'query /q?q=1&q=0', 'query /q?q=1&q=0'],
  ]);
});

describe('hosts', () => {
  const routes = [
    route('exact', ['exact.wild.test'], [rule(prefix('/only'), 'exact')]),
    route('wild', ['*.wild.test'], [rule(prefix('/'), 'wild'), rule(prefix('/deeper'), 'deeper')]),
    route('child', ['ch.wild.test'], [rule(prefix('/'), 'child')]),
    route('all', [], [rule(prefix('/catchall'), 'all')]),
  ];
  hold([gateway(), ...routes], [
    ['http://A.WILD.TEST/', 'wild /', 'wild /'],
    ['http://a.b.wild.test/', 'wild /', 'wild /'],
    ['http://wild.test/', '404', '404'],
    ['http://exact.wild.test/other', '404', 'wild /other'],
    ['http://ch.wild.test/deeper', 'child /deeper', 'deeper /deeper'],
    ['http://a.wild.test/catchall', 'wild /catchall', 'all /catchall'],
    ['http://unknown.test/catchall', 'all /catchall', 'all /catchall'],
    ['http:///', '400', '400'],
  ]);
  hold([gateway(https('a.tls.test')), route('r', ['a.tls.test'], [rule(prefix('/'), 'web')])], [
    ['https://a.tls.test/', 'web /', 'web /'],
    ['https://other.test/', '0', '404'],
    ['https:///', '0', '400'],
    ['http://a.tls.test/', '0', '404'],
  ]);
});

describe('headers', () => {
  it('Accept-Encoding that a filter removes comes back as gzip on Traefik', () => {
    const objects = single(rule(prefix('/'), 'web', { filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['Accept-Encoding', 'X-Debug'] } }] }));
    const headers = (target: string): unknown => {
      const outcome = ask(objects, target)('http://a.test/');
      return outcome.kind === 'forwarded' ? Object.fromEntries(outcome.requestHeaders) : outcome;
    };
    expect([headers('envoy-gateway'), headers('traefik')]).toEqual([{ 'accept-encoding': '', 'x-debug': '' }, { 'accept-encoding': 'gzip', 'x-debug': '' }]);
  });
});

describe('client certificates of a Gateway', () => {
  it('are asked for by Envoy Gateway alone', () => {
    const validation = { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] };
    const objects = [object('Gateway', 'edge', { listeners: [https('a.test')], tls: { frontend: { default: { validation } } } }), route('r', ['a.test'], [rule(prefix('/'), 'web')])];
    const guards = (target: string): unknown => ask(objects, target)('https://a.test/');
    expect(guards('envoy-gateway')).toMatchObject({ guards: [{ kind: 'client-certificate', detail: 'shop/ca' }] });
    expect(guards('traefik')).toMatchObject({ guards: [] });
  });
});

describe('a wildcard', () => {
  hold([gateway(), route('r', ['*.example.com'], [rule(prefix('/'), 'web')])], [
    ['http://www.example.com/', 'web /', 'web /'],
    ['http://www.*.example.com/', 'web /', '404'],
  ]);
});

describe('methods of gRPC', () => {
  const grpc = object('GRPCRoute', 'g', { parentRefs: [{ name: 'edge' }], hostnames: ['a.test'], rules: [{ matches: [{ method: { type: 'Exact', service: 'shop.v1.Catalog' } }], backendRefs: [to('catalog')] }, { backendRefs: [to('rest')] }] });
  hold([gateway(), grpc], [
    ['/shop.v1.Catalog/Get', 'catalog /shop.v1.Catalog/Get', 'catalog /shop.v1.Catalog/Get'],
    ['/shop.v1.Catalog', 'catalog /shop.v1.Catalog', 'rest /shop.v1.Catalog'],
    ['/shop.v1.Catalog/', 'catalog /shop.v1.Catalog/', 'rest /shop.v1.Catalog/'],
    ['/shopxv1.Catalog/Get', 'rest /shopxv1.Catalog/Get', 'rest /shopxv1.Catalog/Get'],
  ]);
});

describe('hosts that no listener has', () => {
  hold([gateway({ ...http, hostname: 'a.test' }), route('r', ['a.test'], [rule(prefix('/'), 'web')])], [
    ['http://other.test/x', '404', '404'],
    ['http://other.test%2Fx', '400', '400'],
  ]);
});

describe('redirects', () => {
  const to443 = (requestRedirect: JsonObject): Objects => single({ matches: [prefix('/')], filters: [{ type: 'RequestRedirect', requestRedirect }] });
  hold(to443({ scheme: 'https' }), [['/x?q=1', '302 https://a.test/x?q=1', '302 https://a.test/x?q=1']]);
  hold(to443({ scheme: 'https', port: 443, hostname: 'h.test' }), [['/', '302 https://h.test/', '302 https://h.test:443/']]);
  hold(to443({ scheme: 'http', port: 80 }), [['/', '302 http://a.test/', '302 http://a.test:80/']]);
  hold(to443({ scheme: 'https', port: 8443 }), [['/', '302 https://a.test:8443/', '302 https://a.test:8443/']]);
  hold(to443({ path: { type: 'ReplaceFullPath', replaceFullPath: '/new?z=1' } }), [['/?b=1', '302 http://a.test/new?z=1', '302 http://a.test/new%3Fz=1?b=1']]);
});

describe('another prefix in the place of one', () => {
  const by = (from: string, filter: JsonObject): Objects => [gateway(), route('r', ['a.test'], [rule(prefix(from), 'web', { filters: [filter] })])];
  const path = (to: string): JsonObject => ({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: to } });
  const rewritten = (from: string, to: string): Objects => by(from, { type: 'URLRewrite', urlRewrite: path(to) });
  const redirected = (from: string, to: string): Objects => by(from, { type: 'RequestRedirect', requestRedirect: path(to) });
  hold(rewritten('/', '/app'), [['/', 'web /app', 'web /app/'], ['/x', 'web /appx', 'web /app/x']]);
  hold(rewritten('/', '/app/'), [['/', 'web /app', 'web /app/'], ['/x', 'web /appx', 'web /app/x']]);
  hold(rewritten('/foo/', '/app/'), [['/foo', 'web /app', 'web /app/'], ['/foo/x', 'web /app/x', 'web /app/x']]);
  hold(rewritten('/foo/', '/'), [['/foo', 'web /foo', 'web /'], ['/foo/x', 'web /x', 'web /x']]);
  hold(redirected('/', '/archive'), [['/', '302 http://a.test/archive', '302 http://a.test/archive/'], ['/x', '302 http://a.test/archivex', '302 http://a.test/archive/x']]);
  hold(redirected('/', '/archive/'), [['/', '302 http://a.test/archive/', '302 http://a.test/archive/'], ['/x', '302 http://a.test/archive/x', '302 http://a.test/archive/x']]);
  hold(redirected('/foo', '/archive/'), [['/foo/x', '302 http://a.test/archive//x', '302 http://a.test/archive/x']]);
});

describe('backends and filters', () => {
  const answers = (more: JsonObject): Objects => single({ matches: [prefix('/')], ...more });
  hold(answers({}), [['/', '500', '500']]);
  hold(answers({ backendRefs: [to('web', { weight: 0 })] }), [['/', '500', '503']]);
  hold(answers({ backendRefs: [to('web')], filters: [{ type: 'CORS', cors: { allowOrigins: ['*'] } }] }), [['/', 'web /', '500']]);
  hold(answers({ backendRefs: [to('web')], filters: [{ type: 'RequestMirror', requestMirror: { backendRef: to('copy') } }] }), [['/', 'web /', '500']]);
  hold(answers({ backendRefs: [to('web')], filters: [{ type: 'ExternalAuth', externalAuth: {} }] }), [['/', '500', '500']]);
  hold([gateway(), route('r', ['a.test'], [rule(prefix('/empty'), 'web', { filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '' } } }] })])], [
    ['/empty', 'web /', 'web /'],
  ]);
});
