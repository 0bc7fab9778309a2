import { describe, expect, test } from 'vitest';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import { path, secret, type Given } from '../nginx/given.ts';
import { ask, brief, forwarded, shop } from './ask.ts';

describe('paths', () => {
  test.each([
    ['/foo', 'web:80 /foo'],
    ['//foo', 'web:80 //foo'],
    ['/x/../foo', 'web:80 /x/../foo'],
    ['/fo%6f', 'web:80 /fo%6f'],
    ['/foo%2Fbar?q=1', 'web:80 /foo%2Fbar?q=1'],
    ['/foobar', '404'],
    ['/FOO', '404'],
    ['/foo/../bar', '404'],
    ['/foo%00', '400'],
    ['/../foo', '400'],
    ['/%', '400'],
  ])('P /foo: %s -> %s', (target, expected) => {
    expect(brief(ask([shop()], `http://h.test${target}`))).toBe(expected);
  });

  test.each([
    ['http://h.test/foo?q=1', '301 http://h.test/foo/?q=1'],
    ['https://H.TEST/foo', '301 https://h.test/foo/'],
    ['http://h.test/foo/', 'web:80 /foo/'],
  ])('P /foo/: %s -> %s', (url, expected) => {
    expect(brief(ask([shop({}, 'P /foo/')], url))).toBe(expected);
  });

  test('patterns are tried in the order of their length, without case, from the start only', () => {
    const host = [shop({ 'use-regex': 'true' }, 'I /api/v[0-9]+', 'P /')];
    expect(brief(ask(host, 'http://h.test/API/v12x'))).toBe('web:80 /API/v12x');
    expect(brief(ask([shop({ 'use-regex': 'true' }, 'I /id/[0-9]+$')], 'http://h.test/id/12a'))).toBe('404');
    expect(brief(ask([shop({ 'use-regex': 'true' }, 'I /a|/b')], 'http://h.test/q/b'))).toBe('web:80 /q/b');
  });
});

describe('names', () => {
  const wild: Given = { rules: { '*.w.test': [path('P /')] }, annotations: { 'server-alias': 'alias.test, *.al.test, ~^re[0-9]+\\.test$' } };

  test.each([
    ['y.w.test', 'web:80 /'],
    ['a.y.w.test', '404'],
    ['w.test', '404'],
    ['alias.test.', 'web:80 /'],
    ['a.b.al.test', 'web:80 /'],
    ['re12.test', 'web:80 /'],
    ['rex.test', '404'],
    ['', '400'],
    ['alias.test\t', '400'],
  ])('%s -> %s', (host, expected) => {
    expect(brief(ask([wild], `http://${host}/`))).toBe(expected);
  });

  test('the other name with or without www redirects, with the port', () => {
    const both = [shop({ 'from-to-www-redirect': 'true' })];
    expect(brief(ask(both, 'http://www.h.test/x/?a=1'))).toBe('308 http://h.test:80/x/?a=1');
    expect(brief(ask(both, 'https://www.h.test/x/'))).toBe('308 https://h.test:443/x');
  });
});

describe('rewrite', () => {
  const rewritten = shop({ 'rewrite-target': '/$2', 'x-forwarded-prefix': '/shop' }, 'I /foo(/|$)(.*)');

  test.each([
    ['/foo', '/'],
    ['/foo?x', '/?x'],
    ['/FOO/Bar', '/Bar'],
    ['/foo/a%2Fb', '/a/b'],
    ['/foo//bar', '/bar'],
    ['/foo/a"b', '/a%22b'],
    ['/foo/%E2%82%AC', '/%E2%82%AC'],
    ['/foo/%0d%0aX', '/%0D'],
    ["/foo/a'b;c=d+e", "/a'b;c=d+e"],
  ])('%s -> %s', (target, expected) => {
    expect(brief(ask([rewritten], `http://h.test${target}`))).toBe(`web:80 ${expected}`);
  });

  test('sets the prefix the backend is told', () => {
    expect([...forwarded(ask([rewritten], 'http://h.test/foo')).requestHeaders]).toEqual([['x-forwarded-prefix', '/shop']]);
  });

  test('to a web address sends the client there', () => {
    expect(brief(ask([shop({ 'rewrite-target': 'https://n.test/$1' }, 'I /(.*)')], 'http://h.test/a%20b?q=1'))).toBe('302 https://n.test/a%20b?q=1');
    // Escapes are undone up to the first question mark.
    expect(brief(ask([shop({ 'rewrite-target': 'https://n.test/$1' }, 'I /(.*)')], 'http://h.test/a%3F%3Fb%2B'))).toBe('302 https://n.test/a?%3Fb%2B');
  });
});

describe('order', () => {
  const tls = (annotations: Readonly<Record<string, string>>, ...paths: readonly string[]): Given => ({ ...shop(annotations, ...paths), tls: [{ hosts: ['h.test'], secret: 'cert' }] });

  test.each<readonly [string, Given, string, string, string]>([
    ['HTTPS, one slash lost', tls({}, 'P /'), 'GET', 'http://h.test/x/', '308 https://h.test/x'],
    ['slash kept', tls({ 'preserve-trailing-slash': 'true' }, 'P /'), 'GET', 'http://h.test/x/', '308 https://h.test/x/'],
    ['no redirect', tls({ 'ssl-redirect': 'false' }, 'P /'), 'GET', 'http://h.test/x/', 'web:80 /x/'],
    ['forced', shop({ 'force-ssl-redirect': 'true' }, 'P /'), 'GET', 'http://h.test/', '308 https://h.test'],
    ['slash added before HTTPS', tls({}, 'P /foo/'), 'GET', 'http://h.test/foo', '301 http://h.test/foo/'],
    ['app-root before all', tls({ 'app-root': '/app', 'denylist-source-range': 'x' }, 'P /'), 'GET', 'http://h.test/?q=1', '302 http://h.test/app'],
    ['denied before preflight', tls({ 'enable-cors': 'true', 'denylist-source-range': 'x' }, 'P /'), 'OPTIONS', 'http://h.test/x', '503'],
    ['preflight before redirect', tls({ 'enable-cors': 'true', 'permanent-redirect': 'https://n.test' }, 'P /'), 'OPTIONS', 'http://h.test/x', '204'],
    ['fixed redirect before HTTPS', tls({ 'permanent-redirect': '/rel', 'permanent-redirect-code': '200' }, 'P /'), 'GET', 'http://h.test/x', '301 http://h.test/rel'],
    ['temporal wins', tls({ 'permanent-redirect': 'https://n.test', 'temporal-redirect': 'https://t.test' }, 'P /'), 'GET', 'http://h.test/x', '302 https://t.test'],
    ['challenges of an own path are exempt', tls({}, 'P /.well-known/acme-challenge'), 'GET', 'http://h.test/.well-known/acme-challenge/t', 'web:80 /.well-known/acme-challenge/t'],
  ])('%s', (_name, given, method, url, expected) => {
    expect(brief(ask([given], url, { method }))).toBe(expected);
  });
});

describe('canary', () => {
  const main: Given = { name: 'main', created: 1, rules: { 'h.test': [path('P /', 'main:80')] } };
  const canary = (annotations: Readonly<Record<string, string>>): Given => ({ name: 'can', created: 2, annotations: { canary: 'true', ...annotations }, rules: { 'h.test': [path('P /', 'can:80')] } });
  const rules = { 'canary-by-header': 'X-Can', 'canary-by-cookie': 'cc', 'canary-weight': '25' };

  test.each<readonly [Readonly<Record<string, string>>, string]>([
    [{}, 'main:80*0.75 can:80*0.25 /'],
    [{ 'x-can': 'always' }, 'can:80 /'],
    [{ 'x-can': 'never' }, 'main:80 /'],
    [{ 'x-can': 'other', cookie: 'a=b; CC=always' }, 'can:80 /'],
    [{ 'x-can': 'never', cookie: 'cc=always' }, 'main:80 /'],
  ])('%j -> %s', (headers, expected) => {
    expect(brief(ask([main, canary(rules)], 'http://h.test/', { headers }))).toBe(expected);
  });

  test('a wanted value takes the meaning from always; a pattern is not anchored', () => {
    expect(brief(ask([main, canary({ 'canary-by-header': 'x', 'canary-by-header-value': 'yes' })], 'http://h.test/', { headers: { x: 'always' } }))).toBe('main:80 /');
    expect(brief(ask([main, canary({ 'canary-by-header': 'x', 'canary-by-header-pattern': 'y' })], 'http://h.test/', { headers: { x: 'always' } }))).toBe('can:80 /');
  });
});

describe('conditions and headers', () => {
  test('names every check', () => {
    const given = shop({ 'auth-type': 'basic', 'auth-secret': 'users', 'allowlist-source-range': '10.0.0.1, 10.1.0.0/16', 'limit-rps': '5', 'auth-url': 'https://a.test/check' });
    expect(forwarded(ask([given], 'http://h.test/foo')).guards).toEqual([
      { kind: 'rate-limit', detail: '5r/s' },
      { kind: 'address-list', detail: 'allow 10.0.0.1/32,10.1.0.0/16' },
      { kind: 'basic-auth', detail: 'shop/users' },
      { kind: 'external-auth', detail: 'https://a.test/check' },
    ]);
  });

  const gate: Given = { name: 'gate', namespace: 'auth', rules: { 'sso.test': [path('P /', 'gate:9000')], 'h.test': [path('P /gate', 'gate:9000')] } };
  test.each([
    ['https://$host/gate/check?x=1', 'http://gate.auth:9000/gate/check?x=1'],
    ['http://h.test:80/gate', 'http://gate.auth:9000/gate'],
    ['https://sso.test/check', 'http://gate.auth:9000/check'],
    ['https://sso.test', 'http://gate.auth:9000/'],
    ['https://sso.test:8443/check', 'https://sso.test:8443/check'],
    ['https://elsewhere.test/check', 'https://elsewhere.test/check'],
  ])('names who answers %s', (url, detail) => {
    expect(forwarded(ask([shop({ 'auth-url': url }), gate], 'https://h.test/foo')).guards).toEqual([{ kind: 'external-auth', detail }]);
  });

  const snippet = 'auth_request_set $user $upstream_http_x_user; auth_request_set $mail $upstream_http_x_mail; proxy_set_header X-User $user; proxy_set_header X-From "<$mail>"; if ($user) { return 403; }';
  test('names the headers that only the service can set, and those made of its answer', () => {
    const given = shop({ 'auth-url': 'https://a.test/check', 'auth-response-headers': 'X-Group, Authorization', 'configuration-snippet': snippet });
    const { guards, requestHeaders } = forwarded(ask([given], 'http://h.test/foo'));
    expect(guards.filter(({ kind }) => kind === 'identity').map(({ detail }) => detail)).toEqual(['x-user', 'x-group', 'authorization']);
    expect([...requestHeaders]).toEqual([['x-from', '<<x-mail of the authentication service>>']]);
  });

  test('takes such headers away where nobody is asked', () => {
    const { guards, requestHeaders } = forwarded(ask([shop({ 'configuration-snippet': snippet })], 'http://h.test/foo'));
    expect(guards).toEqual([]);
    expect([...requestHeaders]).toEqual([['x-user', ''], ['x-from', '']]);
  });

  test('a variable in auth-request-redirect switches authentication off', () => {
    const given = shop({ 'auth-url': 'https://a.test/check', 'auth-request-redirect': 'https://x.test$request_uri' });
    expect(forwarded(ask([given], 'http://h.test/foo')).guards).toEqual([]);
  });

  test('an alias below a wildcard with a certificate goes to HTTPS with it', () => {
    const aliased: Given = { ...shop({ 'server-alias': 'a.w.test' }), name: 'aliased', created: 1, tls: [{ hosts: ['h.test'] }] };
    const wildcard: Given = { name: 'wildcard', created: 2, rules: { '*.w.test': [path('P /')] }, tls: [{ hosts: ['*.w.test'] }] };
    expect(brief(ask([aliased], 'http://a.w.test/foo'))).toBe('web:80 /foo');
    expect(brief(ask([aliased, wildcard], 'http://a.w.test/foo'))).toBe('308 https://a.w.test/foo');
  });

  // Measured on a running controller.
  test('an alias of several hosts goes to HTTPS with the certificate of the last of them', () => {
    const aliased = (first: string, last: string): Given => ({ name: 'aliased', created: 1, rules: { [first]: [path('P /')], [last]: [path('P /')] }, annotations: { 'server-alias': 'x.test' }, tls: [{ hosts: ['b.test', 'x.test'], secret: 'tls' }] });
    expect(brief(ask([aliased('a.test', 'b.test')], 'http://x.test/foo'))).toBe('308 https://x.test/foo');
    expect(brief(ask([aliased('b.test', 'c.test')], 'http://x.test/foo'))).toBe('web:80 /foo');
  });

  test('client certificates are asked for over HTTPS alone', () => {
    const given = { ...shop({ 'auth-tls-secret': 'shop/ca', 'ssl-redirect': 'false' }), tls: [{ hosts: ['h.test'] }] };
    expect(forwarded(ask([given], 'http://h.test/foo')).guards).toEqual([]);
    expect(forwarded(ask([given], 'https://h.test/foo')).guards).toEqual([{ kind: 'client-certificate', detail: 'shop/ca' }]);
  });

  test('a Secret with a certificate and no authority switches client certificates off, and the next Ingress of the host decides', () => {
    const secrets = [secret('cert', ['tls.crt', 'tls.key']), secret('ca', ['ca.crt'])];
    const open: Given = { ...shop({ 'auth-tls-secret': 'shop/cert' }), name: 'open', created: 1 };
    const checked: Given = { ...shop({ 'auth-tls-secret': 'shop/ca' }, 'P /bar'), name: 'checked', created: 2 };
    const guards = (...givens: readonly Given[]): unknown => forwarded(ask(givens, 'https://h.test/foo', {}, { secrets })).guards;
    expect(guards(open)).toEqual([]);
    expect(guards(open, checked)).toEqual([{ kind: 'client-certificate', detail: 'shop/ca' }]);
  });

  test('a name in a certificate that nobody is asked for is shown by nobody', () => {
    const secrets = [secret('cert', ['tls.crt', 'tls.key']), secret('ca', ['ca.crt'])];
    const named = (more: Readonly<Record<string, string>>): Given => ({ ...shop({ 'auth-tls-match-cn': 'CN=a', 'ssl-redirect': 'false', ...more }), name: 'named', created: 1 });
    const https = (...givens: readonly Given[]): string => brief(ask(givens, 'https://h.test/foo', {}, { secrets }));
    expect(https(named({ 'auth-tls-secret': 'shop/cert' }))).toBe('403');
    expect(https(named({ 'auth-tls-secret': 'shop/ca', 'auth-tls-verify-client': 'off' }))).toBe('403');
    expect(https(named({ 'auth-tls-secret': 'shop/ca' }))).toBe('web:80 /foo');
    // Without an authority the last Ingress of the host decides.
    expect(https(named({ 'auth-tls-secret': 'shop/cert' }), { ...shop({}, 'P /bar'), name: 'plain', created: 2 })).toBe('web:80 /foo');
  });

  test('a canary asks for client certificates on the hosts of its paths', () => {
    const main: Given = { ...shop(), name: 'main', created: 1 };
    const canary: Given = { ...shop({ canary: 'true', 'auth-tls-secret': 'shop/ca' }), name: 'canary', created: 2 };
    expect(forwarded(ask([main, canary], 'https://h.test/foo')).guards).toEqual([{ kind: 'client-certificate', detail: 'shop/ca' }]);
    expect(forwarded(ask([main, { ...canary, rules: { 'h.test': [] } }], 'https://h.test/foo')).guards).toEqual([]);
  });

  test('the origin is echoed when the list allows it, and only then', () => {
    const given = shop({ 'enable-cors': 'true', 'cors-allow-origin': 'https://*.w.test' });
    const origin = (value: string): string | undefined => forwarded(ask([given], 'http://h.test/foo', { headers: { origin: value } })).responseHeaders.get('access-control-allow-origin');
    expect(origin('https://A.w.test')).toBe('https://A.w.test');
    expect(origin('https://a.b.w.test')).toBeUndefined();
    expect(brief(ask([given], 'http://h.test/foo', { method: 'OPTIONS' }))).toBe('web:80 /foo');
  });

  test('gRPC in lower case is spoken without the headers that are set for it', () => {
    expect(forwarded(ask([shop({ 'backend-protocol': 'grpc' })], 'http://h.test/foo')).host).toBe('upstream_balancer');
    expect(forwarded(ask([shop({ 'backend-protocol': 'GRPC' })], 'http://h.test/foo')).host).toBe('h.test');
    expect(forwarded(ask([shop({ 'backend-protocol': 'https' })], 'http://h.test/foo')).host).toBe('h.test');
  });

  test('upstream-vhost names the host, variables included', () => {
    expect(forwarded(ask([shop({ 'upstream-vhost': '$service_name.$namespace.svc' })], 'http://h.test/foo')).host).toBe('web.shop.svc');
  });
});

test('custom-http-errors fetches what nginx answers itself from the default backend, which has 404 for everything', () => {
  const withoutPort = (annotations: Readonly<Record<string, string>>): Given => ({ annotations, rules: { 'h.test': [path('P /foo', 'web')] } });
  expect(brief(ask([withoutPort({})], 'http://h.test/foo'))).toBe('503');
  expect(brief(ask([withoutPort({ 'custom-http-errors': '404,503' })], 'http://h.test/foo'))).toBe('404');
  expect(brief(ask([withoutPort({ 'custom-http-errors': '404' })], 'http://h.test/foo'))).toBe('503');
});

describe('limits', () => {
  const written = (key: string, field: Partial<ControllerSettings>): Partial<ControllerSettings> => ({ ...field, raw: new Map([[key, '']]) });
  const defaults = { 'body-size': '1048576', 'connect-timeout': '5s', 'read-timeout': '60s', 'send-timeout': '60s', tries: '3 after connect, error' };

  test.each<readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[], Partial<ControllerSettings>]>([
    [{}, {}, [], {}],
    [{ 'proxy-body-size': '8m' }, { 'body-size': '8388608' }, ['body-size'], {}],
    [{ 'proxy-body-size': '0' }, { 'body-size': 'none' }, ['body-size'], {}],
    [{ 'proxy-body-size': '1.5m' }, {}, [], {}],
    // Accepted, and not written.
    [{ 'proxy-body-size': '8b' }, {}, ['body-size'], written('proxy-body-size', { proxyBodySize: '4m' })],
    [{ 'proxy-body-size': 'big' }, { 'body-size': '4194304' }, ['body-size'], written('proxy-body-size', { proxyBodySize: '4m' })],
    [{ 'proxy-read-timeout': '120', 'proxy-send-timeout': '90s' }, { 'read-timeout': '120s' }, ['read-timeout'], {}],
    [{ 'proxy-connect-timeout': '-1', 'proxy-read-timeout': '0' }, { 'read-timeout': '0s' }, ['read-timeout'], {}],
    [{}, { 'send-timeout': '7s' }, ['send-timeout'], written('proxy-send-timeout', { proxySendTimeoutSeconds: 7 })],
  ])('%j', (annotations, differing, asked, settings) => {
    const { limits } = forwarded(ask([shop(annotations)], 'http://h.test/foo', {}, { settings }));
    expect(Object.fromEntries(limits.map(({ kind, value }) => [kind, value]))).toEqual({ ...defaults, ...differing });
    expect(limits.filter((limit) => limit.asked).map(({ kind }) => kind)).toEqual(asked);
  });
});

describe('texts of the ConfigMap', () => {
  const settings = (texts: Readonly<Record<string, string>>): { settings: Partial<ControllerSettings> } => ({ settings: { raw: new Map(Object.entries(texts)) } });
  const beside = shop({ 'app-root': '/home', 'configuration-snippet': 'if ($request_method = PUT) { return 409; }', 'server-snippet': 'location = /own { return 410; }' }, 'P /');

  test.each([
    [{ 'server-snippet': 'return 403;' }, 'http://h.test/foo', '403'],
    // The redirect of / stands before it, locations behind it.
    [{ 'server-snippet': 'return 403;' }, 'http://h.test/', '302 http://h.test/home'],
    [{ 'server-snippet': 'return 403;' }, 'http://h.test/own', '403'],
    [{ 'server-snippet': 'location = /own { return 404; } location = /x { return 404; }' }, 'http://h.test/own', '410'],
    [{ 'server-snippet': 'location = /own { return 404; } location = /x { return 404; }' }, 'http://h.test/x', '404'],
    [{ 'server-snippet': 'if ($host != a.test) { return 301 https://a.test$request_uri; }' }, 'http://h.test/foo?a=1', '301 https://a.test/foo?a=1'],
    [{ 'location-snippet': 'return 418;' }, 'http://h.test/foo', '418'],
    [{ 'location-snippet': 'return 418;' }, 'http://h.test/own', '410'],
    [{ 'http-snippet': 'map $a $b { }' }, 'http://h.test/foo', 'web:80 /foo'],
  ])('%j: %s gets %s', (texts, url, expected) => {
    expect(brief(ask([beside], url, {}, settings(texts)))).toBe(expected);
  });

  test('stand behind those of an Ingress in the same block', () => {
    expect(brief(ask([beside], 'http://h.test/foo', { method: 'PUT' }, settings({ 'location-snippet': 'return 418;' })))).toBe('409');
  });

  test('list addresses, and are a condition nobody can judge where they are not read', () => {
    const { guards } = forwarded(ask([shop()], 'http://h.test/foo', {}, settings({ 'location-snippet': 'allow 10.0.0.0/8; deny all;', 'http-snippet': 'map $a $b { }' })));
    expect(guards).toEqual([{ kind: 'unknown', detail: 'http-snippet of the controller' }, { kind: 'address-list', detail: 'allow 10.0.0.0/8' }]);
    expect(forwarded(ask([shop()], 'http://h.test/foo', {}, settings({ 'location-snippet': 'more_set_headers "A: b";' }))).guards).toEqual([]);
  });
});
