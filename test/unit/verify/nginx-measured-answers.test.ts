import { describe, expect, test } from 'vitest';
import { path, secret, type Given, type Options } from '../nginx/given.ts';
import { defaultSettings } from '../../../src/nginx/settings-read.ts';
import { ask, brief, forwarded, shop } from './ask.ts';

/** Rows measured on a running ingress-nginx 1.15.1 with nginx 1.26.3. */
type Texts = Readonly<Record<string, string>>;
const get = (given: Given, url: string, options: Options = {}): string => brief(ask([given], url, {}, options));
const tls = (annotations: Texts = {}, ...paths: readonly string[]): Given => ({ ...shop(annotations, ...(paths.length === 0 ? ['P /'] : paths)), tls: [{ hosts: ['h.test'], secret: 'cert' }] });
const plain = (annotations: Texts = {}): Given => shop(annotations, 'P /');

describe('the redirect to HTTPS', () => {
  test.each([
    ['h.test/', 'https://h.test'], ['h.test/x/', 'https://h.test/x'], ['h.test/x?q=/', 'https://h.test/x?q='], ['h.test//x/', 'https://h.test//x'], ['H.TEST/x', 'https://H.TEST/x'],
    ['h.test/.well-known/acme-challenge/t', 'https://h.test/.well-known/acme-challenge/t'],
  ])('http://%s', (address, expected) => {
    expect(get(tls(), `http://${address}`)).toBe(`308 ${expected}`);
  });

  test.each<readonly [string, Given, string, string]>([
    ['ssl-redirect false', tls({ 'ssl-redirect': 'false' }), 'web:80 /x/', 'web:80 /x/'],
    ['ssl-redirect False', tls({ 'ssl-redirect': 'False' }), 'web:80 /x/', 'web:80 /x/'],
    ['ssl-redirect notabool', tls({ 'ssl-redirect': 'notabool' }), '308 https://h.test/x', 'web:80 /x/'],
    ['forced with tls', tls({ 'force-ssl-redirect': 'true', 'ssl-redirect': 'false' }), '308 https://h.test/x', 'web:80 /x/'],
    ['forced without tls', plain({ 'force-ssl-redirect': 'true' }), '308 https://h.test/x', 'web:80 /x/'],
    ['slash kept', tls({ 'preserve-trailing-slash': 'true' }), '308 https://h.test/x/', 'web:80 /x/'],
    ['no tls section', plain({ 'ssl-redirect': 'true' }), 'web:80 /x/', 'web:80 /x/'],
    ['no secretName', { ...plain(), tls: [{ hosts: ['h.test'] }] }, '308 https://h.test/x', 'web:80 /x/'],
    ['another host listed', { ...plain(), tls: [{ hosts: ['o.test'], secret: 'cert' }] }, '308 https://h.test/x', 'web:80 /x/'],
    ['no hosts', { ...plain(), tls: [{ hosts: [], secret: 'cert' }] }, '308 https://h.test/x', 'web:80 /x/'],
    ['an empty entry', { ...plain(), tls: [{ hosts: [] }] }, '308 https://h.test/x', 'web:80 /x/'],
  ])('%s', (_name, given, http, https) => {
    expect([get(given, 'http://h.test/x/'), get(given, 'https://h.test/x/')]).toEqual([http, https]);
  });

  test('a sibling with tls and the wildcard above count too; a rule without a host does not', () => {
    const older: Given = { ...plain(), name: 'older', created: 1 };
    const sibling: Given = { name: 'sibling', created: 2, rules: { 'h.test': [path('P /s')] }, tls: [{ hosts: ['h.test'], secret: 'cert' }] };
    expect(brief(ask([older, sibling], 'http://h.test/x'))).toBe('308 https://h.test/x');
    const wild: Given = { name: 'wild', rules: { '*.w.test': [path('P /')] }, tls: [{ hosts: ['*.w.test'], secret: 'cert' }] };
    expect(brief(ask([wild, { name: 'own', rules: { 'x.w.test': [path('P /')] } }], 'http://x.w.test/x'))).toBe('308 https://x.w.test/x');
    expect(get({ rules: { '': [path('P /')] }, tls: [{ hosts: ['u.test'], secret: 'cert' }] }, 'http://u.test/x')).toBe('web:80 /x');
  });

  test.each<readonly [Partial<typeof defaultSettings>, Texts, string, string]>([
    [{ httpRedirectCode: 302 }, {}, 'http://h.test/x', '302 https://h.test/x'],
    [{ sslRedirect: false }, {}, 'http://h.test/x', 'web:80 /x'],
    [{ forceSslRedirect: true }, {}, 'http://u.test/x', '404'],
    [{ useForwardedHeaders: true }, { 'x-forwarded-proto': 'https' }, 'http://h.test/x', 'web:80 /x'],
    [{ useForwardedHeaders: true }, { 'x-forwarded-proto': 'https,http' }, 'http://h.test/x', 'web:80 /x'],
    [{ useForwardedHeaders: true }, { 'x-forwarded-proto': 'http' }, 'https://h.test/x', '308 https://h.test/x'],
    [{ useForwardedHeaders: true }, { 'x-forwarded-host': 'o.test:99, p.test' }, 'http://h.test/x', '308 https://o.test/x'],
    [{}, { 'x-forwarded-proto': 'https' }, 'http://h.test/x', '308 https://h.test/x'],
  ])('settings %j, headers %j', (settings, headers, url, expected) => {
    expect(brief(ask([tls()], url, { headers }, { settings }))).toBe(expected);
  });

  test('forced for every host, the controller itself answers unknown names as before', () => {
    const settings = { forceSslRedirect: true };
    const hostless: Given = { name: 'any', rules: { '': [path('P /any')] } };
    expect(['http://u.test/any', 'http://u.test/other'].map((url) => brief(ask([plain(), hostless], url, {}, { settings })))).toEqual(['308 https://u.test/any', '404']);
  });
});

describe('fixed redirects', () => {
  test.each<readonly [Texts, string]>([
    [{ 'permanent-redirect': 'https://n.test/a' }, '301 https://n.test/a'],
    [{ 'permanent-redirect': 'https://n.test', 'permanent-redirect-code': '308' }, '308 https://n.test'],
    [{ 'permanent-redirect': 'https://n.test', 'permanent-redirect-code': '200' }, '301 https://n.test'],
    [{ 'permanent-redirect': 'https://n.test', 'permanent-redirect-code': 'abc' }, '404'],
    [{ 'temporal-redirect': 'https://t.test' }, '302 https://t.test'],
    [{ 'temporal-redirect': 'https://t.test', 'temporal-redirect-code': '307' }, '307 https://t.test'],
    [{ 'temporal-redirect': 'https://t.test', 'temporal-redirect-code': '301' }, '301 https://t.test'],
    [{ 'temporal-redirect': 'https://t.test', 'permanent-redirect': 'https://n.test' }, '302 https://t.test'],
    [{ 'permanent-redirect': '/rel' }, '301 http://h.test/rel'],
    [{ 'permanent-redirect': '/rel', 'relative-redirects': 'true' }, '301 /rel'],
    [{ 'permanent-redirect': 'ftp://n.test' }, '301 ftp://n.test'],
    [{ 'permanent-redirect': 'https://x$request_uri' }, '404'],
    [{ 'permanent-redirect': 'not a url' }, '404'],
  ])('%j: %s', (annotations, expected) => {
    expect(get(plain(annotations), 'http://h.test/p?q=1')).toBe(expected);
  });

  test('undeclared paths of the host are redirected too', () => {
    expect(get(shop({ 'permanent-redirect': 'https://n.test' }), 'http://h.test/else')).toBe('301 https://n.test');
  });

  test.each<readonly [string, readonly Given[], string, string]>([
    ['www.n goes to n', [{ annotations: { 'from-to-www-redirect': 'true' }, rules: { 'www.n.test': [path('P /')] } }], 'http://n.test/', '308 http://www.n.test:80'],
    ['an own Ingress wins', [plain({ 'from-to-www-redirect': 'true' }), { name: 'www', rules: { 'www.h.test': [path('P /', 'www:80')] } }], 'http://www.h.test/', 'www:80 /'],
  ])('from-to-www-redirect: %s', (_name, givens, url, expected) => {
    expect(brief(ask(givens, url))).toBe(expected);
  });

  test.each<readonly [string, string, string]>([
    ['GET', 'http://h.test/', '302 http://h.test/app1'], ['POST', 'https://h.test//?q=1', '302 https://h.test/app1'], ['GET', 'http://h.test/x', '308 https://h.test/x'],
  ])('app-root before HTTPS: %s %s', (method, url, expected) => {
    expect(brief(ask([tls({ 'app-root': '/app1' })], url, { method }))).toBe(expected);
  });

  test.each(['app1', '/app?x=1', '/a b', 'https://n.test/'])('app-root %s is no path', (value) => {
    expect(get(plain({ 'app-root': value }), 'http://h.test/')).toBe('web:80 /');
  });
});

describe('canary shares', () => {
  const main: Given = { name: 'main', created: 1, rules: { 'h.test': [path('P /', 'main:80'), path('P /b', 'main:80')], 'o.test': [path('P /', 'main:80')] } };
  const canary = (annotations: Texts, rule = 'P /'): Given => ({ name: 'can', created: 2, annotations: { canary: 'true', ...annotations }, rules: { 'h.test': [path(rule, 'can:80')] } });
  const share = (givens: readonly Given[], headers: Texts = {}, url = 'http://h.test/'): number => forwarded(ask(givens, url, { headers })).backends.find(({ name }) => name === 'can')?.share ?? 0;

  test.each<readonly [Texts, number]>([
    [{}, 0], [{ 'canary-weight': '0' }, 0], [{ 'canary-weight': '-1' }, 0], [{ 'canary-weight': 'abc' }, 0], [{ 'canary-weight': '30.5' }, 0], [{ 'canary-weight': '30' }, 0.3], [{ 'canary-weight': '100' }, 1],
    [{ 'canary-weight': '150' }, 1], [{ 'canary-weight': '50', 'canary-weight-total': '200' }, 0.25], [{ 'canary-weight': '300', 'canary-weight-total': '1000' }, 0.3], [{ 'canary-weight': '5', 'canary-weight-total': '10' }, 0.05],
  ])('%j: %d', (annotations, expected) => {
    expect(share([main, canary(annotations)])).toBe(expected);
  });

  const both = { 'canary-by-header': 'X-Can', 'canary-by-cookie': 'cc' };
  test.each<readonly [Texts, Texts, number]>([
    [both, { 'x-can': 'always' }, 1], [both, { 'x-can': 'Always' }, 0], [both, { 'x-can': '' }, 0], [both, { 'x-can': 'never', cookie: 'cc=always' }, 0], [both, { 'x-can': 'other', cookie: 'cc=always' }, 1],
    [both, { 'x-can': 'always', cookie: 'cc=never' }, 1], [both, { cookie: 'CC=always' }, 1], [{ ...both, 'canary-weight': '100' }, { 'x-can': 'never' }, 0], [{ ...both, 'canary-weight': '100' }, { 'x-can': 'other' }, 1],
    [{ ...both, 'canary-by-header-value': 'yes' }, { 'x-can': 'yes' }, 1], [{ ...both, 'canary-by-header-value': 'yes' }, { 'x-can': 'always' }, 0], [{ ...both, 'canary-by-header-value': 'yes' }, { 'x-can': 'never', cookie: 'cc=always' }, 1],
    [{ ...both, 'canary-by-header-value': 'yes', 'canary-by-header-pattern': 'no' }, { 'x-can': 'no' }, 0], [{ ...both, 'canary-by-header-pattern': 'y' }, { 'x-can': 'always' }, 1],
    [{ ...both, 'canary-by-header-pattern': 'y' }, { 'x-can': 'Y' }, 0], [{ ...both, 'canary-by-header-pattern': '([' }, { 'x-can': 'x', cookie: 'cc=always' }, 0], [{ 'canary-by-header-value': 'yes' }, { 'x-can': 'yes' }, 0],
  ])('%j with %j: %d', (annotations, headers, expected) => {
    expect(share([main, canary(annotations)], headers)).toBe(expected);
  });

  test('hangs on the Service: other paths and hosts of it are split too', () => {
    const half = canary({ 'canary-weight': '50' });
    expect(['http://h.test/', 'http://h.test/b', 'http://o.test/'].map((url) => share([main, half], {}, url))).toEqual([0.5, 0.5, 0.5]);
  });

  test('needs a path of the same text and type, and only the first one counts', () => {
    expect(share([main, canary({ 'canary-weight': '50' }, 'E /')])).toBe(0);
    expect(share([main, canary({ 'canary-weight': '50' }, 'P /b/')])).toBe(0);
    expect(share([main, canary({ 'canary-weight': '50' }, 'I /')])).toBe(0.5);
    const second: Given = { ...canary({ 'canary-weight': '20' }), name: 'b', created: 3, rules: { 'h.test': [path('P /', 'other:80')] } };
    expect(forwarded(ask([main, canary({ 'canary-weight': '50' }), second], 'http://h.test/')).backends.map(({ name }) => name)).toEqual(['main', 'can']);
    expect(brief(ask([canary({ 'canary-weight': '50' })], 'http://h.test/'))).toBe('404');
  });
});

describe('one bad value, P /foo', () => {
  const status = (annotations: Texts, options: Options = {}): string => get(shop(annotations), 'http://h.test/foo', options);

  test.each<Texts>([
    { 'server-alias': 'a b' }, { 'auth-type': 'weird' }, { 'client-body-buffer-size': 'x' }, { 'connection-proxy-header': 'x' }, { 'custom-http-errors': 'x' }, { 'default-backend': 'Bad Name' }, { 'load-balance': 'x' },
    { 'limit-rps': 'abc' }, { 'limit-connections': 'x' }, { 'permanent-redirect-code': 'x' }, { 'from-to-www-redirect': 'x' }, { 'relative-redirects': 'x' }, { 'ssl-passthrough': 'x' }, { 'ssl-ciphers': 'a b;' },
    { 'upstream-hash-by': 'a b;' }, { 'upstream-vhost': 'a b' }, { 'x-forwarded-prefix': 'a;b' },
  ])('%j drops the Ingress', (annotations) => {
    expect(status(annotations)).toBe('404');
  });

  test.each<Texts>([
    { 'auth-url': 'not/a/url' }, { 'auth-url': 'http://a.test', 'auth-method': 'BREW' }, { 'auth-type': 'basic' }, { 'auth-type': 'basic', 'auth-secret': 'other/users' }, { 'allowlist-source-range': 'x' }, { 'allowlist-source-range': '' },
    { 'allowlist-source-range': ' ' }, { 'whitelist-source-range': '10.0.0.0/8,x' }, { 'denylist-source-range': '' }, { 'denylist-source-range': '1.2.3' }, { 'proxy-ssl-secret': 'other/x' }, { 'custom-headers': 'x' },
  ])('%j denies its locations', (annotations) => {
    expect(status(annotations)).toBe('503');
  });

  test('a client certificate authority that cannot be read refuses the host; one without ca.crt asks for none', () => {
    const url = 'https://h.test/else';
    expect(get(shop({ 'auth-tls-secret': 'ca' }), url)).toBe('403');
    expect(get(shop({ 'auth-tls-secret': 'shop/ca' }), url, { secrets: [secret('ca', ['x'])] })).toBe('403');
    expect(get(shop({ 'auth-tls-secret': 'shop/ca' }), 'https://h.test/foo', { secrets: [secret('ca', ['tls.crt', 'tls.key'])] })).toBe('web:80 /foo');
    expect(get(shop({ 'auth-tls-secret': 'shop/ca', 'auth-tls-match-cn': 'CN=a' }), 'http://h.test/foo')).toBe('403');
  });

  test.each<Texts>([
    { 'rewrite-target': '/x y' }, { 'rewrite-target': '/a;b' }, { 'ssl-redirect': 'x' }, { 'force-ssl-redirect': 'x' }, { 'proxy-body-size': 'x' }, { 'proxy-read-timeout': 'x' }, { 'auth-signin': 'x y' }, { 'service-upstream': 'x' },
    { 'backend-protocol': 'x' }, { satisfy: 'x' }, { affinity: 'ip' }, { canary: 'x' }, { 'enable-cors': 'x' }, { 'app-root': 'x' }, { 'whitelist-source-range': '' }, { 'fastcgi-index': 'x y' }, { 'secure-backends': 'true' },
    { 'auth-secret': 'users' }, { 'auth-realm': 'a;b' },
  ])('%j is ignored', (annotations) => {
    expect(status(annotations)).toBe('web:80 /foo');
    expect(forwarded(ask([shop(annotations)], 'http://h.test/foo')).guards).toEqual([]);
  });
});

describe('CORS', () => {
  const headers = (annotations: Texts, origin?: string): ReadonlyMap<string, string> =>
    forwarded(ask([shop({ 'enable-cors': 'true', ...annotations })], 'http://h.test/foo', { headers: origin === undefined ? {} : { origin } })).responseHeaders;

  test('by default everybody may, and is told so without asking', () => {
    expect(Object.fromEntries(headers({}))).toEqual({
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
      'access-control-allow-headers': 'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization',
      'access-control-max-age': '1728000',
    });
  });

  test.each<readonly [string, string | undefined]>([
    ['a.test', undefined], ['*.a.test', undefined], ['null', undefined], ['https://a b', undefined], ['https://a.test;x', '*'], ['https://*', '*'], ['"*"', '*'], ['', '*'],
  ])('cors-allow-origin %s', (value, expected) => {
    expect(headers({ 'cors-allow-origin': value }, 'https://o.test').get('access-control-allow-origin')).toBe(expected);
  });

  test.each([['https://A.w.test', true], ['https://a.w.test:1', false], ['http://a.w.test', false], ['https://a.b.w.test', false]])('an origin list and %s', (origin, allowed) => {
    const list = { 'cors-allow-origin': 'https://*.w.test', 'cors-allow-credentials': 'false', 'cors-allow-methods': 'GET; POST', 'cors-max-age': 'x' };
    expect(headers(list, origin).get('access-control-allow-origin')).toBe(allowed ? origin : undefined);
    expect(headers(list, origin).get('access-control-allow-methods')).toBe(allowed ? 'GET, PUT, POST, DELETE, PATCH, OPTIONS' : undefined);
    expect(headers(list, origin).has('access-control-allow-credentials')).toBe(false);
  });
});
