import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/model/gateway.ts';
import { coveringNames, intersection } from '../../../src/verify/gateway/hosts.ts';
import { limitsOf } from '../../../src/verify/gateway/limits.ts';
import { normalise } from '../../../src/verify/gateway/path.ts';
import { verifyProfileOf } from '../../../src/verify/gateway/profile.ts';
import { regexReplace, regexTest } from '../../../src/verify/gateway/regex.ts';
import { ask, gateway, http, https, inShort, object, policy, prefix, route, rule, to, type Ask } from './gateway-objects.ts';

type Objects = Parameters<typeof ask>[0];

/** gateway-api apis/v1/shared_types.go, Hostname */
describe('hostnames', () => {
  it('that cover a name come narrowest first', () => {
    expect([...coveringNames('a.b.test')]).toEqual(['a.b.test', '*.b.test', '*.test', '']);
    expect([...coveringNames('test')]).toEqual(['test', '']);
    expect([...coveringNames('')]).toEqual(['']);
  });

  it.each([
    ['a.test', 'a.test', 'a.test'],
    ['a.test', 'b.test', undefined],
    ['', 'a.test', 'a.test'],
    ['a.test', '', 'a.test'],
    ['', '', ''],
    ['*.test', 'a.test', 'a.test'],
    ['a.b.test', '*.test', 'a.b.test'],
    ['*.test', '*.b.test', '*.b.test'],
    ['*.test', 'test', undefined],
    ['*.a.test', '*.b.test', undefined],
    ['*.test', 'atest', undefined],
  ])('%j and %j have %j in common', (a, b, expected) => {
    expect([intersection(a, b), intersection(b, a)]).toEqual([expected, expected]);
  });
});

/** https://github.com/google/re2/wiki/Syntax */
describe('expressions of RE2', () => {
  const envoy = verifyProfileOf('envoy-gateway');
  const traefik = verifyProfileOf('traefik');
  it.each<[string, string, boolean]>([
    ['a|b', 'b', true],
    ['a|b', 'ab', false],
    ['(?i)ab', 'AB', true],
    ['(?s)a.b', 'a\nb', true],
    ['a.b', 'a\nb', false],
    ['(?U)a+', 'aa', true],
    ['x(?i:aB\\d)', 'xAb1', true],
    ['x(?i:a)', 'XA', false],
    ['(?P<n>a)b', 'ab', true],
    ['\\Aab\\z', 'ab', true],
    ['[[:alpha:]]+', 'aZ', true],
    ['[[:alpha:]]+', 'a1', false],
    ['[[:alnum:]]+', 'a1', true],
    ['[[:digit:]]+', '12', true],
    ['[[:lower:]]+', 'A', false],
    ['[[:upper:]]+', 'A', true],
    ['[[:punct:]]+', '!-~', true],
    ['[[:punct:]]+', 'a', false],
    ['[[:space:]]', '\t', true],
    ['[[:word:]]+', 'a_1', true],
    ['[[:xdigit:]]+', 'fF', true],
    ['[[:blank:]]', '\n', false],
    ['(?is)a.b', 'A\nB', true],
    ['x(?i:a\\d)', 'xAx', false],
  ])('%s on %j: %s', (pattern, text, expected) => {
    expect(regexTest(pattern, envoy)?.(text)).toBe(expected);
  });

  it.each(['(?=a)', '(?!a)', '(?<=a)', '(?<!a)', '(a)\\1', '(', '[', '*'])('%s is none', (pattern) => {
    expect([regexTest(pattern, envoy), regexTest(pattern, traefik), regexReplace(pattern, '')]).toEqual([undefined, undefined, undefined]);
  });

  it('cover a value whole, or stand anywhere in it', () => {
    expect([regexTest('\\Aab', traefik)?.('xab'), regexTest('ab\\z', traefik)?.('abx'), regexTest('\\Aab\\z', traefik)?.('ab')]).toEqual([false, false, true]);
    expect([regexTest('b', envoy)?.('abc'), regexTest('b', traefik)?.('abc'), regexTest('^b', traefik)?.('abc')]).toEqual([false, true, false]);
  });

  it.each([
    ['a', 'b', 'aca', 'bcb'],
    ['^a', 'b', 'aa', 'ba'],
    ['(a)(x)?', '\\1-\\2', 'a', 'a-'],
    ['(a)(b)', '\\2\\1', 'ab', 'ba'],
    ['a', '\\0\\0', 'a', 'aa'],
    ['a', '\\\\1', 'a', '\\1'],
    ['(?i)a', 'b', 'A', 'b'],
    ['a', '$1', 'a', '$1'],
  ])('%s replaced by %s makes %s %s', (pattern, substitution, text, expected) => {
    expect(regexReplace(pattern, substitution)?.(text)).toBe(expected);
  });
});

/** As measured on Envoy 1.40 and Traefik 3.7.13 (gateways-measured). */
describe('the path of a request', () => {
  it.each<[string, string | number, string | number, string?]>([
    ['/a', '/a', '/a'],
    ['/a?b', '/a', '/a', '?b'],
    ['/a?b?c', '/a', '/a', '?b?c'],
    ['a', 400, 400],
    ['/%61%2D%2E%5F%7E%41%30', '/a-._~A0', '/a-._~A0'],
    ['/%2f%3f', '/%2f%3f', '/%2F%3F'],
    ['/a/../b', '/b', '/b'],
    ['/a/./b', '/a/b', '/a/b'],
    ['/../../a', '/a', '/a'],
    ['/a/b/..', '/a/', '/a'],
    ['/a/.', '/a/', '/a'],
    ['/..', '/', '/'],
    ['/a..b/.c', '/a..b/.c', '/a..b/.c'],
    ['/a//b', '/a/b', '/a/b'],
    ['/a//../b', '/a/b', '/b'],
    ['//', '//', '/'],
    ['///', '//', '/'],
    ['/a//', '/a/', '/a/'],
    ['/a%', '/a%', 400],
    ['/a%2', '/a%2', 400],
    ['/a%00', 400, '/a%00'],
    ['/a b', 400, 400],
    ['/a\u007f', 400, 400],
    ['/a#b', '/a', 400],
    ['/a\\b', '/a/b', '/a%5Cb'],
    ['/a|b"', '/a|b"', '/a%7Cb%22'],
    ['/é', 400, '/%C3%A9'],
  ])('%j is %j to Envoy, %j to Traefik', (target, envoy, traefik, query = '') => {
    const as = (paths: 'envoy' | 'go'): unknown => {
      const found = normalise(target, { paths });
      return found.kind === 'refused' ? found.status : `${found.path}${found.query}`;
    };
    const expected = (one: string | number): unknown => (typeof one === 'number' ? one : `${one}${query}`);
    expect([as('envoy'), as('go')]).toEqual([expected(envoy), expected(traefik)]);
  });

  it.each([
    ['/a%7Cb', '/a|b'],
    ['/a%C3%A9', '/aé'],
    ['/a%2Fb%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%3A', '/a%2Fb%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%3A'],
  ])('rules of Traefik are compared with %s as %s', (target, expected) => {
    expect(normalise(target, { paths: 'go' })).toMatchObject({ routing: expected });
    expect(normalise(target, { paths: 'envoy' })).toMatchObject({ routing: target });
  });
});

/** GEP-2257 and GEP-1742 */
describe('durations and sizes', () => {
  const timeout = (request: unknown): string => limitsOf({ timeouts: { request } } as JsonObject, {}).map(({ kind, value }) => `${kind} ${value}`).join();
  it.each([
    ['1h', 'request-timeout 3600s'],
    ['1m', 'request-timeout 60s'],
    ['1s', 'request-timeout 1s'],
    ['1ms', 'request-timeout 0.001s'],
    ['1500us', 'request-timeout 0.0015s'],
    ['1h30m', 'request-timeout 5400s'],
    ['1.5s', 'request-timeout 1.5s'],
    ['0s', 'request-timeout none'],
    ['1', ''],
    ['s', ''],
    ['x1s', ''],
    ['1sx', ''],
    [1, ''],
    [undefined, ''],
  ])('%j: %s', (text, expected) => {
    expect(timeout(text)).toBe(expected);
  });

  it.each<[JsonObject, string]>([
    [{ request: '10s', backendRequest: '5s' }, '5s'],
    [{ request: '5s', backendRequest: '10s' }, '5s'],
    [{ request: '0s', backendRequest: '10s' }, '10s'],
    [{ request: '0s', backendRequest: '0s' }, 'none'],
    [{ backendRequest: '1m' }, '60s'],
  ])('of %j the shorter one counts: %s', (timeouts, expected) => {
    expect(limitsOf({ timeouts }, { timeout: { http: { requestTimeout: '99s' } } })).toEqual([{ kind: 'request-timeout', value: expected, asked: true }]);
  });

  it.each([
    ['10', '10'],
    [10, '10'],
    ['1k', '1000'],
    ['1M', '1000000'],
    ['1G', '1000000000'],
    ['1Ki', '1024'],
    ['1Mi', '1048576'],
    ['1Gi', '1073741824'],
    ['1.5Mi', undefined],
    ['1Ti', undefined],
    ['x1k', undefined],
  ])('a buffer of %j is %s bytes', (limit, expected) => {
    expect(limitsOf({}, { requestBuffer: { limit } })).toEqual(expected === undefined ? [] : [{ kind: 'body-size', value: expected, asked: true }]);
  });
});

describe('a direct response of Envoy Gateway', () => {
  const direct = (directResponse: JsonObject, filters: readonly JsonObject[] = [{ type: 'ExtensionRef', extensionRef: { kind: 'HTTPRouteFilter', name: 'f' } }], kind = 'HTTPRouteFilter'): string =>
    inShort(ask([gateway(), route('r', ['a.test'], [{ matches: [prefix('/')], filters }]), object(kind, 'f', { directResponse })])('http://a.test/'));
  it.each<[JsonObject, string]>([
    [{ statusCode: 418 }, '418'],
    [{}, '200'],
    [{ statusCode: 301, header: { set: [{ name: 'X-A', value: '1' }, { name: 'Location', value: '/50%%' }] } }, '301 /50%'],
    [{ statusCode: 308, header: { set: [{ name: 'location', value: '/x' }] } }, '308 /x'],
    [{ statusCode: 399, header: { set: [{ name: 'location', value: '/x' }] } }, '399 /x'],
    [{ statusCode: 300, header: { set: [{ name: 'location' }] } }, '300 '],
    [{ statusCode: 200, header: { set: [{ name: 'location', value: '/x' }] } }, '200'],
    [{ statusCode: 400, header: { set: [{ name: 'location', value: '/x' }] } }, '400'],
    [{ statusCode: 301 }, '301'],
  ])('%j: %s', (response, expected) => {
    expect(direct(response)).toBe(expected);
  });

  it('is none without a filter that leads to it', () => {
    expect(direct({ statusCode: 418 }, [])).toBe('500');
    expect(direct({ statusCode: 418 }, [{ type: 'ExtensionRef', extensionRef: { kind: 'HTTPRouteFilter', name: 'g' } }])).toBe('500');
    expect(direct({ statusCode: 418 }, undefined, 'Backend')).toBe('500');
  });
});

describe('CORS of a rule', () => {
  const answer = (cors: JsonObject, how: Ask, implementation = 'envoy-gateway'): Readonly<Record<string, string>> => {
    const outcome = ask([gateway(), route('r', ['a.test'], [rule(prefix('/'), 'web', { filters: [{ type: 'CORS', cors }] })])], implementation)('http://a.test/', how);
    return outcome.kind === 'redirected' ? {} : { kind: outcome.kind === 'answered' ? String(outcome.status) : outcome.kind, ...Object.fromEntries(outcome.responseHeaders) };
  };
  const from = (origin: string): Ask => ({ headers: { origin } });
  const preflight: Ask = { method: 'OPTIONS', headers: { origin: 'https://a.test', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'X-A' } };
  it.each<[readonly string[], string, boolean]>([
    [['*'], 'https://a.test', true],
    [['https://a.test'], 'https://a.test', true],
    [['https://a.test'], 'https://A.test', false],
    [['https://a.test'], 'https://aXtest', false],
    [['https://*.w.test'], 'https://a.b.w.test', true],
    [['https://*.w.test'], 'https://aXw.test', false],
    [['https://*.w.test'], 'https://w.test', false],
    [['https://*.w.test'], 'https://a.w.test.evil', false],
    [['https://*.w.test'], 'x-https://a.w.test', false],
    [['https://b.test', 'https://a.test'], 'https://a.test', true],
    [[], 'https://a.test', false],
  ])('%j lets %s in: %s', (allowOrigins, origin, expected) => {
    expect(answer({ allowOrigins }, from(origin))['access-control-allow-origin']).toBe(expected ? origin : undefined);
  });

  it('says on every answer what clients may read, and keep', () => {
    const cors = { allowOrigins: ['*'], exposeHeaders: ['X-A', 'X-B'], allowCredentials: true, allowMethods: ['GET'] };
    expect(answer(cors, from('https://a.test'))).toEqual({ kind: 'forwarded', 'access-control-allow-origin': 'https://a.test', 'access-control-allow-credentials': 'true', 'access-control-expose-headers': 'X-A, X-B' });
    expect(answer({ allowOrigins: ['*'], allowCredentials: false, exposeHeaders: [] }, from('https://a.test'))).toEqual({ kind: 'forwarded', 'access-control-allow-origin': 'https://a.test' });
  });

  it('answers a preflight, with the lists or with what was asked', () => {
    expect(answer({ allowOrigins: ['*'], allowMethods: ['GET', 'PUT'], allowHeaders: ['X-B'] }, preflight)).toEqual({
      kind: '200',
      'access-control-allow-origin': 'https://a.test',
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'X-B',
      'access-control-max-age': '5',
    });
    expect(answer({ allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'], maxAge: 60 }, preflight)).toMatchObject({ 'access-control-allow-methods': 'PUT', 'access-control-allow-headers': 'X-A', 'access-control-max-age': '60' });
    expect(answer({ allowOrigins: ['*'], allowHeaders: ['*'] }, { ...preflight, headers: { origin: 'https://a.test', 'access-control-request-method': 'PUT' } })).toMatchObject({ 'access-control-allow-headers': '*' });
    expect(answer({ allowOrigins: [] }, preflight)).toEqual({ kind: '200', 'access-control-max-age': '5' });
    expect(answer({ allowOrigins: ['*'] }, { method: 'GET', headers: preflight.headers ?? {} })).toMatchObject({ kind: 'forwarded' });
    expect(answer({ allowOrigins: ['*'] }, { method: 'OPTIONS', headers: { origin: 'https://a.test' } })).toMatchObject({ kind: 'forwarded' });
  });
});

/** Envoy Gateway, policy attachment */
describe('policies', () => {
  const named = route('r', ['a.test'], [rule(prefix('/'), 'web', { name: 'all' })]);
  const guards = (objects: Objects, url = 'http://a.test/', listeners: readonly JsonObject[] = [http]): readonly string[] => {
    const outcome = ask([gateway(...listeners), named, ...objects])(url);
    return outcome.kind === 'forwarded' ? outcome.guards.map(({ kind, detail }) => `${kind} ${detail}`) : [inShort(outcome)];
  };
  const basic = (name: string): JsonObject => ({ basicAuth: { users: { name } } });
  const onRule = { kind: 'HTTPRoute', name: 'r', sectionName: 'all' };
  const onRoute = { kind: 'HTTPRoute', name: 'r' };
  const onListener = { kind: 'Gateway', name: 'edge', sectionName: 'http' };
  const onGateway = { kind: 'Gateway', name: 'edge' };
  const others = [{ kind: 'HTTPRoute', name: 'x' }, { kind: 'HTTPRoute', name: 'r', sectionName: 'x' }, { kind: 'Gateway', name: 'edge', sectionName: 'x' }, { kind: 'GRPCRoute', name: 'r' }];

  it('the nearest one counts', () => {
    const all = [onGateway, onListener, onRoute, onRule];
    const at = (count: number): readonly string[] => guards(all.slice(0, count).map((target, position) => policy('SecurityPolicy', target, basic(`u${position}`))));
    expect([0, 1, 2, 3, 4].map(at)).toEqual([[], ['basic-auth shop/u0'], ['basic-auth shop/u1'], ['basic-auth shop/u2'], ['basic-auth shop/u3']]);
    expect(guards(others.map((target) => policy('SecurityPolicy', target, basic('x'))))).toEqual([]);
    expect(guards([policy('SecurityPolicy', onRoute, basic('first')), policy('SecurityPolicy', onRoute, basic('second'))])).toEqual(['basic-auth shop/first']);
    expect(guards([{ ...policy('SecurityPolicy', onRoute, basic('x')), metadata: { name: 'p', namespace: 'team' } }])).toEqual([]);
  });

  it.each<[JsonObject, readonly string[]]>([
    [{ authorization: { rules: [{ action: 'Allow', principal: { clientCIDRs: ['10.0.0.0/8', '10.9.0.0/16'] } }] } }, ['address-list allow 10.0.0.0/8,10.9.0.0/16']],
    [{ authorization: { defaultAction: 'Allow', rules: [{ action: 'Deny', principal: { clientCIDRs: ['10.0.0.0/8'] } }] } }, ['address-list deny 10.0.0.0/8']],
    [{ authorization: { defaultAction: 'Deny' } }, ['address-list allow ']],
    [{ authorization: { defaultAction: 'Allow' } }, []],
    [{ extAuth: { http: { backendRefs: [{ name: 'auth', port: 8080 }], path: '/check' } } }, ['external-auth http://auth.shop:8080/check']],
    [{ extAuth: { http: { backendRef: { name: 'auth' } } } }, ['external-auth http://auth.shop:80/']],
    [{ extAuth: { http: { backendRef: { name: 'auth', namespace: 'iam' } } } }, ['500']],
    [{ ...basic('users'), extAuth: { http: { backendRef: { name: 'auth' } } } }, ['basic-auth shop/users', 'external-auth http://auth.shop:80/']],
  ])('%j asks for %j', (spec, expected) => {
    expect(guards([policy('SecurityPolicy', onRoute, spec)])).toEqual(expected);
  });

  it.each([
    ['Second', 's'],
    ['Minute', 'm'],
    ['Hour', 'h'],
    ['Day', 'd'],
  ])('a limit for a %s is told in %s', (unit, short) => {
    const limit = (requests: number): JsonObject => ({ limit: { requests, unit } });
    expect(guards([policy('BackendTrafficPolicy', onRoute, { rateLimit: { local: { rules: [limit(5), limit(5)] } } })])).toEqual([`rate-limit 5r/${short}`]);
  });

  it.each<[JsonObject, readonly string[]]>([
    [{ caCertificateRefs: [{ name: 'ca' }] }, ['client-certificate shop/ca']],
    [{ caCertificateRefs: [{ name: 'ca', namespace: 'pki' }] }, ['client-certificate pki/ca']],
    [{ optional: true, caCertificateRefs: [{ name: 'ca' }] }, []],
    [{ optional: false, caCertificateRefs: [{ name: 'ca' }] }, ['client-certificate shop/ca']],
    [{ mode: 'AllowInsecureFallback', caCertificateRefs: [{ name: 'ca' }] }, []],
    [{ mode: 'AllowValidOnly', caCertificateRefs: [{ name: 'ca' }] }, ['client-certificate shop/ca']],
    [{}, []],
  ])('client certificates by %j', (clientValidation, expected) => {
    const objects = [policy('ClientTrafficPolicy', onGateway, { tls: { clientValidation } })];
    expect([guards(objects, 'https://a.test/', [http, https('a.test')]), guards(objects, 'http://a.test/', [http, https('a.test')])]).toEqual([expected, []]);
  });
});

describe('backends', () => {
  const answer = (backendRefs: readonly JsonObject[], ...more: Objects): string => inShort(ask([gateway(), route('r', ['a.test'], [{ matches: [prefix('/')], backendRefs }]), ...more])('http://a.test/'));
  const backend = (hostname: string): Objects[number] => object('Backend', 'b', { endpoints: [{ fqdn: { hostname, port: 8443 } }] });
  const reference = { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'b' };
  it.each([
    ['web.team.svc.cluster.local', 'team/web /'],
    ['web.team.svc', 'team/web /'],
    ['web.team.svcx', '/web.team.svcx /'],
    ['ex.test', '/ex.test /'],
  ])('behind a Backend for %s', (hostname, expected) => {
    expect(answer([reference], backend(hostname))).toBe(expected);
  });

  it('that lead nowhere fail with their share', () => {
    expect(answer([reference])).toBe('500');
    expect(answer([{ ...reference, kind: 'Other' }], object('HTTPRouteFilter', 'b', {}))).toBe('500');
    expect(answer([to('a'), reference])).toBe('a 0.5+/- 0.5 /');
    expect(answer([to('a', { weight: 0 }), reference])).toBe('500');
    expect(answer([to('a', { weight: 3 }), to('b')])).toBe('a 0.75+b 0.25 /');
  });

  it('have the port of the reference', () => {
    const outcome = ask([gateway(), route('r', ['a.test'], [{ matches: [prefix('/')], backendRefs: [{ name: 'a', port: 8080 }] }])])('http://a.test/');
    expect(outcome).toMatchObject({ backends: [{ namespace: 'shop', name: 'a', port: 8080, share: 1 }] });
  });

  it('need a grant for exactly that', () => {
    const away = [to('db', { namespace: 'data' })];
    const grant = (from: JsonObject, target: JsonObject, namespace = 'data'): Objects[number] => object('ReferenceGrant', 'g', { from: [from], to: [target] }, namespace);
    const from = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' };
    const target = { group: '', kind: 'Service' };
    expect(answer(away, grant(from, target))).toBe('data/db /');
    expect([answer(away, grant({ ...from, kind: 'GRPCRoute' }, target)), answer(away, grant({ ...from, namespace: 'team' }, target)), answer(away, grant(from, { kind: 'Secret' })), answer(away, grant(from, target, 'team'))]).toEqual(['500', '500', '500', '500']);
  });
});

describe('who answers', () => {
  const web = [rule(prefix('/'), 'web')];
  const tls = { name: 'tls', port: 443, protocol: 'TLS', hostname: 'v.test', tls: { mode: 'Passthrough' } };
  const passed = (rules: readonly JsonObject[] = [{ backendRefs: [to('vault')] }]): Objects[number] => object('TLSRoute', 't', { parentRefs: [{ name: 'edge' }], hostnames: ['v.test'], rules });
  const named = { ...http, hostname: 'a.test' };
  it.each<[string, Objects, string, string, string]>([
    ['a listener of another name', [gateway(named), route('r', [], web)], 'http://b.test/', '404', '404'],
    ['a listener for one name, without any', [gateway(named), route('r', [], web)], 'http:///', '400', '400'],
    ['no listener for TLS', [gateway(named), route('r', [], web)], 'https://a.test/', '0', '404'],
    ['a listener for TLS alone', [gateway(https('a.test')), route('r', [], web)], 'http://a.test/', '0', '404'],
    ['a route for TLS without backends', [gateway(tls, http), passed([{}])], 'https://v.test/', '0', '0'],
    ['a route for TLS beside HTTPS', [gateway(tls, https('b.test')), passed(), route('r', ['b.test'], web)], 'https://b.test/', 'web /', 'web /'],
    ['no route for HTTP on a listener for TLS', [gateway(tls, https('b.test')), route('r', [], web)], 'https://v.test/', '404', '404'],
    ['an escape in the query', [gateway(), route('r', [], web)], 'http://a.test/a?x=%2F', 'web /a?x=%2F', 'web /a?x=%2F'],
  ])('%s', (_, objects, url, envoy, traefik) => {
    expect([inShort(ask(objects)(url)), inShort(ask(objects, 'traefik')(url))]).toEqual([envoy, traefik]);
  });

  it('hands on what it does not open with nothing else', () => {
    expect(ask([gateway(tls), passed()])('https://v.test/x')).toEqual({
      kind: 'forwarded',
      backends: [{ namespace: 'shop', name: 'vault', port: 80, share: 1 }],
      target: '/x',
      host: 'v.test',
      requestHeaders: new Map(),
      responseHeaders: new Map(),
      guards: [],
      limits: [],
    });
  });
});

describe('the order of rules', () => {
  const header = (...names: readonly string[]): JsonObject => ({ ...prefix('/h'), headers: names.map((name) => ({ name, value: '1' })) });
  const first = (rules: readonly JsonObject[], implementation: string): string => inShort(ask([gateway(), route('r', ['a.test'], rules)], implementation)('http://a.test/h', { headers: { 'x-a': '1', 'x-b': '1' } }));
  it.each([
    ['envoy-gateway', [rule(header('x-a'), 'one'), rule({ ...header('x-a'), method: 'GET' }, 'two')]],
    ['envoy-gateway', [rule({ ...prefix('/h'), method: 'GET' }, 'one'), rule({ ...header('x-a'), method: 'GET' }, 'two')]],
    ['standard', [rule(header('x-a'), 'one'), rule(header('x-a', 'x-b'), 'two')]],
    ['standard', [rule(header('x-a', 'x-b'), 'one'), rule({ ...header('x-a'), method: 'GET' }, 'two')]],
    ['traefik', [rule(prefix('/'), 'one'), rule({ path: { type: 'RegularExpression', value: '/' } }, 'two')]],
  ] as const)('of %s lets the second of %j go first', (implementation, rules) => {
    expect(first(rules, implementation)).toBe('two /h');
  });

  it('of Traefik counts the longest hostname', () => {
    const objects = [gateway(), route('a', ['*.wild.test'], [rule(prefix('/'), 'wild')]), route('z', ['xyz.wild.test'], [rule(prefix('/'), 'exact')])];
    expect(inShort(ask(objects, 'traefik')('http://xyz.wild.test/'))).toBe('exact /');
  });

  it('leaves a path alone that an expression matched', () => {
    const rewrite = { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/b' } } };
    const whole = rule({ path: { type: 'RegularExpression', value: '/a' } }, 'web', { filters: [rewrite] });
    expect(inShort(ask([gateway(), route('r', ['a.test'], [whole])])('http://a.test/a'))).toBe('web /a');
  });
});

it('objects without a namespace live in that of the profile', () => {
  const bare = (kind: string, name: string, spec: JsonObject): Objects[number] => ({ apiVersion: 'v1', kind, metadata: { name }, spec });
  const at = ask([bare('Gateway', 'edge', { listeners: [http] }), bare('HTTPRoute', 'r', { parentRefs: [{ name: 'edge' }], hostnames: ['a.test'], rules: [rule(prefix('/'), 'web')] })]);
  expect(inShort(at('http://a.test/'))).toBe('web /');
});
