import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/model/gateway.ts';
import { ask, gateway, http, https, inShort, object, policy, prefix, regex, route, rule, type Ask } from './gateway-objects.ts';

const withFilter = (match: JsonObject, filter: JsonObject, ...others: Parameters<typeof ask>[0]): ReturnType<typeof ask> =>
  ask([gateway(), route('r', ['a.test'], [rule(match, 'web', { filters: [filter] })]), ...others]);

const path = (type: string, value: string): JsonObject => ({ path: type === 'full' ? { type: 'ReplaceFullPath', replaceFullPath: value } : { type: 'ReplacePrefixMatch', replacePrefixMatch: value } });

describe('rewrites, as measured', () => {
  it.each([
    ['/foo', '/', '/foo', '/'],
    ['/foo', '/', '/foo/', '/'],
    ['/foo', '/', '/foo?x=1', '/?x=1'],
    ['/foo', '/', '/foo/bar/', '/bar/'],
    ['/foo', '/', '/foo//bar', '/bar'],
    ['/foo', '/', '/foo/b%20c', '/b%20c'],
    ['/a', '/b', '/a', '/b'],
    ['/a', '/b', '/a/', '/b/'],
    ['/a', '/b', '/a/x', '/b/x'],
    ['/a2', '/b/', '/a2/x', '/b/x'],
    ['/a3/', '/b', '/a3/x', '/b/x'],
    ['/empty', '', '/empty', '/'],
    ['/empty', '', '/empty/x', '/x'],
  ])('prefix %s to %s: %s becomes %s', (from, to, asked, expected) => {
    expect(inShort(withFilter(prefix(from), { type: 'URLRewrite', urlRewrite: path('prefix', to) })(`http://a.test${asked}`))).toBe(`web ${expected}`);
  });

  it('replaces the whole path and the host', () => {
    const outcome = withFilter(regex('/full.*'), { type: 'URLRewrite', urlRewrite: { ...path('full', '/new'), hostname: 'inner.test' } })('http://a.test/full/x?q=1');
    expect(outcome).toMatchObject({ target: '/new?q=1', host: 'inner.test' });
  });

  it.each([
    ['/rx', '/'],
    ['/rx/', '/'],
    ['/rx/a/b', '/a/b'],
    ['/rx/a?b=1', '/a?b=1'],
  ])('uses capture groups by an HTTPRouteFilter: %s becomes %s', (asked, expected) => {
    const filter = object('HTTPRouteFilter', 'f', { urlRewrite: { path: { type: 'ReplaceRegexMatch', replaceRegexMatch: { pattern: '^/rx(/|$)(.*)', substitution: '/\\2' } } } });
    const at = withFilter(regex('/rx(/|$)(.*)'), { type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'f' } }, filter);
    expect(inShort(at(`http://a.test${asked}`))).toBe(`web ${expected}`);
  });
});

describe('rewrites that change less', () => {
  const rewritten = (match: JsonObject, urlRewrite: JsonObject): string => {
    const outcome = withFilter(match, { type: 'URLRewrite', urlRewrite })('http://a.test/a/x?q=1');
    return outcome.kind === 'forwarded' ? `${outcome.host} ${outcome.target}` : inShort(outcome);
  };
  it('a host alone leaves the path', () => {
    expect(rewritten(prefix('/a'), { hostname: 'inner.test' })).toBe('inner.test /a/x?q=1');
  });
  it('a path alone leaves the host', () => {
    expect(rewritten(prefix('/a'), path('prefix', '/b'))).toBe('a.test /b/x?q=1');
  });
  it('an expression has no prefix to replace, and a missing replacement is none', () => {
    expect(rewritten(regex('/a/.*'), path('prefix', '/b'))).toBe('a.test /a/x?q=1');
    expect(rewritten(prefix('/a'), { path: { type: 'ReplacePrefixMatch' } })).toBe('a.test /x?q=1');
    expect(rewritten(prefix('/a'), { path: { type: 'ReplaceFullPath' } })).toBe('a.test /?q=1');
  });
  it.each([
    ['/a', 'b', '/b/x'],
    ['/a', '/b', '/b/x'],
    ['/', '/b', '/b/a/x'],
    ['/a', '', '/x'],
    ['/a/x', '', '/'],
  ])('a path stays one by the words of the API: %s to %s', (from, to, expected) => {
    expect(inShort(ask([gateway(), route('r', ['a.test'], [rule(prefix(from), 'web', { filters: [{ type: 'URLRewrite', urlRewrite: path('prefix', to) }] })])], 'standard')('http://a.test/a/x'))).toBe(`web ${expected}`);
  });

  it.each<readonly [string, JsonObject]>([
    ['another kind', { kind: 'Other', name: 'f' }],
    ['another name', { kind: 'HTTPRouteFilter', name: 'g' }],
    ['no name', { kind: 'HTTPRouteFilter' }],
  ])('a reference to %s closes the rule', (_name, reference) => {
    const filter = object('HTTPRouteFilter', 'f', { urlRewrite: { path: { type: 'ReplaceRegexMatch', replaceRegexMatch: { pattern: '^/a', substitution: '/b' } } } });
    const at = (ref: JsonObject): string => inShort(withFilter(prefix('/a'), { type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', ...ref } }, filter)('http://a.test/a'));
    expect(at({ kind: 'HTTPRouteFilter', name: 'f' })).toBe('web /b');
    expect(at(reference)).toBe('500');
  });
  it.each<readonly [string, JsonObject]>([
    ['without an expression', { substitution: '/b' }],
    ['with one that RE2 cannot read', { pattern: '(?!x)', substitution: '/b' }],
  ])('a filter %s closes the rule', (_name, replaceRegexMatch) => {
    const filter = object('HTTPRouteFilter', 'f', { urlRewrite: { path: { type: 'ReplaceRegexMatch', replaceRegexMatch } } });
    expect(inShort(withFilter(prefix('/a'), { type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'f' } }, filter)('http://a.test/a'))).toBe('500');
  });
});

describe('redirects, as measured', () => {
  it.each<readonly [JsonObject, string, string]>([
    [{ scheme: 'https' }, '/x?q=1', '302 https://a.test/x?q=1'],
    [{ scheme: 'https', port: 8443, statusCode: 308 }, '/x', '308 https://a.test:8443/x'],
    [{ scheme: 'https', port: 443 }, '/x', '302 https://a.test/x'],
    [{ hostname: 'other.test' }, '/x', '302 http://other.test/x'],
    [path('full', '/new'), '/x?b=1', '302 http://a.test/new?b=1'],
    [path('full', '/new?z=1'), '/x?b=1', '302 http://a.test/new?z=1'],
    [path('prefix', '/new/'), '/a?b=1', '302 http://a.test/new/a?b=1'],
  ])('%j: %s to %s', (requestRedirect, asked, expected) => {
    expect(inShort(withFilter(prefix('/'), { type: 'RequestRedirect', requestRedirect })(`http://a.test${asked}`))).toBe(expected);
  });
});

describe('headers', () => {
  it('are set, added and removed, %% being one %', () => {
    const outcome = withFilter(prefix('/'), { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'X-Set', value: '100%%' }], remove: ['X-Gone'] } })('http://a.test/');
    expect(outcome.kind === 'forwarded' ? [...outcome.requestHeaders] : []).toEqual([['x-set', '100%'], ['x-gone', '']]);
  });

  it.each<readonly [string, string, 'requestHeaders' | 'responseHeaders', 'requestHeaders' | 'responseHeaders']>([
    ['RequestHeaderModifier', 'requestHeaderModifier', 'requestHeaders', 'responseHeaders'],
    ['ResponseHeaderModifier', 'responseHeaderModifier', 'responseHeaders', 'requestHeaders'],
  ])('%s changes one side alone', (type, field, changed, other) => {
    const outcome = withFilter(prefix('/'), { type, [field]: { set: [{ name: 'X-Set', value: 'a' }], add: [{ name: 'X-Added', value: 'b' }], remove: ['X-Gone'] } })('http://a.test/');
    expect(outcome.kind === 'forwarded' ? [[...outcome[changed]], [...outcome[other]]] : []).toEqual([[['x-set', 'a'], ['x-added', 'b'], ['x-gone', '']], []]);
  });

  it('keep a doubled percent sign where nothing gives it a meaning', () => {
    const filters = [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'X-Set', value: '100%%' }] } }];
    const outcome = ask([gateway(), route('r', ['a.test'], [rule(prefix('/'), 'web', { filters })])], 'traefik')('http://a.test/');
    expect(outcome.kind === 'forwarded' ? outcome.requestHeaders.get('x-set') : '').toBe('100%%');
  });

  const cors = { type: 'CORS', cors: { allowOrigins: ['https://app.test', 'https://*.wild.test'], allowMethods: ['GET', 'PUT'], allowHeaders: ['*'], allowCredentials: true, maxAge: 60 } };
  const preflight = (origin: string): Ask => ({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'X-A' } });
  const headersOf = (how: Ask): Readonly<Record<string, string>> => {
    const outcome = withFilter(prefix('/'), cors)('http://a.test/', how);
    return { kind: outcome.kind, ...(outcome.kind === 'redirected' ? {} : Object.fromEntries(outcome.responseHeaders)) };
  };
  it('answers preflights', () => {
    expect(headersOf(preflight('https://a.b.wild.test'))).toEqual({
      kind: 'answered',
      'access-control-allow-origin': 'https://a.b.wild.test',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'X-A',
      'access-control-max-age': '60',
    });
    expect(headersOf(preflight('https://evil.test'))).not.toHaveProperty('access-control-allow-origin');
  });
  it('adds to requests of allowed origins only', () => {
    expect(headersOf({ headers: { origin: 'https://app.test' } })).toMatchObject({ kind: 'forwarded', 'access-control-allow-origin': 'https://app.test' });
    expect(headersOf({ headers: { origin: 'https://evil.test' } })).toEqual({ kind: 'forwarded' });
    expect(headersOf({ method: 'OPTIONS' })).toEqual({ kind: 'forwarded' });
  });
});

describe('policies of Envoy Gateway', () => {
  const named = route('r', ['a.test'], [rule(prefix('/'), 'web'), rule(prefix('/own'), 'web', { name: 'own' })]);
  const onRoute = { kind: 'HTTPRoute', name: 'r' };
  const guards = (objects: Parameters<typeof ask>[0], url: string): readonly string[] => {
    const outcome = ask(objects)(url);
    return outcome.kind === 'forwarded' ? outcome.guards.map(({ kind, detail }) => `${kind} ${detail}`) : [inShort(outcome)];
  };

  it('ask for what they say, the most specific one alone', () => {
    const limits = { rateLimit: { type: 'Local', local: { rules: ['0.0.0.0/0', '::/0'].map((value) => ({ clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }], limit: { requests: 5, unit: 'Second' } })) } } };
    const objects = [
      gateway(),
      named,
      policy('SecurityPolicy', onRoute, { basicAuth: { users: { name: 'users' } } }),
      { ...policy('SecurityPolicy', { ...onRoute, sectionName: 'own' }, { authorization: { defaultAction: 'Deny', rules: [{ action: 'Deny', principal: { clientCIDRs: ['10.6.6.6/32'] } }, { action: 'Allow', principal: { clientCIDRs: ['10.0.0.0/8'] } }] } }) },
      policy('BackendTrafficPolicy', { kind: 'Gateway', name: 'edge' }, limits),
    ];
    expect(guards(objects, 'http://a.test/')).toEqual(['basic-auth shop/users', 'rate-limit 5r/s']);
    expect(guards(objects, 'http://a.test/own')).toEqual(['address-list deny 10.6.6.6/32', 'address-list allow 10.0.0.0/8', 'rate-limit 5r/s']);
  });

  it('may not refer to another namespace without a grant', () => {
    const extAuth = { extAuth: { http: { backendRefs: [{ name: 'auth', namespace: 'iam', port: 80 }], pathOverride: '/check' } } };
    const grant = object('ReferenceGrant', 'g', { from: [{ kind: 'SecurityPolicy', namespace: 'shop' }], to: [{ kind: 'Service', name: 'auth' }] }, 'iam');
    expect(guards([gateway(), named, policy('SecurityPolicy', onRoute, extAuth)], 'http://a.test/')).toEqual(['500']);
    expect(guards([gateway(), named, policy('SecurityPolicy', onRoute, extAuth), grant], 'http://a.test/')).toEqual(['external-auth http://auth.iam:80/check']);
  });

  it('say who a client is only where the client cannot say so itself', () => {
    const extAuth = policy('SecurityPolicy', onRoute, { extAuth: { http: { backendRefs: [{ name: 'auth', port: 80 }], headersToBackend: ['X-User', 'Authorization'] } } });
    const early = policy('ClientTrafficPolicy', { kind: 'Gateway', name: 'edge' }, { headers: { earlyRequestHeaders: { remove: ['x-user'] } } });
    expect(guards([gateway(), named, extAuth], 'http://a.test/')).toEqual(['external-auth http://auth.shop:80/']);
    expect(guards([gateway(), named, extAuth, early], 'http://a.test/')).toEqual(['external-auth http://auth.shop:80/', 'identity x-user']);
  });

  it('ask for client certificates on one listener', () => {
    const validation = policy('ClientTrafficPolicy', { kind: 'Gateway', name: 'edge', sectionName: 'https-a.test' }, { tls: { clientValidation: { caCertificateRefs: [{ kind: 'Secret', name: 'ca' }] } } });
    const objects = [gateway(https('a.test'), https('b.test')), route('r', ['a.test', 'b.test'], [rule(prefix('/'), 'web')]), validation];
    expect(guards(objects, 'https://a.test/')).toEqual(['client-certificate shop/ca']);
    expect(guards(objects, 'https://b.test/')).toEqual([]);
  });

  it.each([
    [undefined, '307 /a/b'],
    ['KeepUnchanged', 'web /a%2Fb'],
    ['UnescapeAndForward', 'web /a/b'],
    ['UnescapeAndRedirect', '307 /a/b'],
    ['RejectRequest', '400'],
  ])('decide about %%2F: %s', (action, expected) => {
    const policies = action === undefined ? [] : [policy('ClientTrafficPolicy', { kind: 'Gateway', name: 'edge' }, { path: { escapedSlashesAction: action } })];
    expect(inShort(ask([gateway(), named, ...policies])('http://a.test/a%2Fb'))).toBe(expected);
  });
});

describe('limits', () => {
  const traffic = (spec: JsonObject): ReturnType<typeof policy> => policy('BackendTrafficPolicy', { kind: 'Gateway', name: 'edge' }, spec);
  const limits = (more: JsonObject, ...others: Parameters<typeof ask>[0]): Readonly<Record<string, string>> => {
    const outcome = ask([gateway(), route('r', ['a.test'], [rule(prefix('/'), 'web', more)]), ...others])('http://a.test/x');
    return outcome.kind === 'forwarded' ? Object.fromEntries(outcome.limits.map(({ kind, value }) => [kind, value])) : { answered: inShort(outcome) };
  };

  it('come from the fields of a rule, the shorter one', () => {
    expect(limits({})).toEqual({});
    expect(limits({ timeouts: { request: '1m30s', backendRequest: '500ms' } })).toEqual({ 'request-timeout': '0.5s' });
    expect(limits({ timeouts: { request: '0s' } })).toEqual({ 'request-timeout': 'none' });
    expect(limits({ timeouts: { request: 'soon' } })).toEqual({});
  });

  it('come from the policy that counts for the rule, and the rule goes before it', () => {
    const spec = { requestBuffer: { limit: '8Mi' }, timeout: { tcp: { connectTimeout: '5s' }, http: { requestTimeout: '0s', streamIdleTimeout: '60s' } } };
    const stated = { 'body-size': '8388608', 'connect-timeout': '5s', 'read-timeout': '60s', 'send-timeout': '60s' };
    expect(limits({}, traffic(spec))).toEqual({ ...stated, 'request-timeout': 'none' });
    expect(limits({ timeouts: { request: '1h' } }, traffic(spec))).toEqual({ ...stated, 'request-timeout': '3600s' });
    expect(limits({}, traffic({ requestBuffer: { limit: 10 } }))).toEqual({ 'body-size': '10' });
  });
});

describe('client certificates that a Gateway asks for', () => {
  const ca = { validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] } };
  const optional = { validation: { ...ca.validation, mode: 'AllowInsecureFallback' } };
  const guardsOf = (frontend: JsonObject, url: string): readonly string[] => {
    const gateway = object('Gateway', 'edge', { tls: { frontend }, listeners: [http, https('a.test')] });
    const outcome = ask([gateway, route('web', ['a.test'], [rule(prefix('/'), 'web')])])(url);
    return outcome.kind === 'forwarded' ? outcome.guards.map(({ kind, detail }) => `${kind} ${detail}`) : [outcome.kind];
  };

  // Source: Gateway.spec.tls.frontend of the CRD: default holds validation, an entry of perPort holds tls.validation.
  it.each<readonly [string, JsonObject, string, readonly string[]]>([
    ['for every port', { default: ca }, 'https://a.test/', ['client-certificate shop/ca']],
    ['never over plain HTTP', { default: ca }, 'http://a.test/', []],
    ['for its port', { default: {}, perPort: [{ port: 443, tls: ca }] }, 'https://a.test/', ['client-certificate shop/ca']],
    ['for another port', { default: {}, perPort: [{ port: 8443, tls: ca }] }, 'https://a.test/', []],
    ['but not for this port', { default: ca, perPort: [{ port: 443, tls: {} }] }, 'https://a.test/', []],
    ['and lets go without', { default: optional }, 'https://a.test/', []],
  ])('%s', (_name, frontend, url, expected) => {
    expect(guardsOf(frontend, url)).toEqual(expected);
  });
});
