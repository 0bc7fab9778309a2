import { describe, expect, it } from 'vitest';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import { linesOf } from '../../../src/verify/nginx/snippets/text.ts';
import type { ProbeOutcome } from '../../../src/verify/outcome.ts';
import { path, type Given } from '../nginx/given.ts';
import { ask, brief, forwarded, shop, type Asked } from './ask.ts';

type Texts = Readonly<Record<string, string>>;
const on: Partial<ControllerSettings> = { allowSnippets: true, annotationsRiskLevel: 'Critical' };
const asked = (annotations: Texts, url = 'http://h.test/foo', how: Asked = {}, settings: Partial<ControllerSettings> = {}): ProbeOutcome => ask([shop(annotations)], url, how, { settings: { ...on, ...settings } });
const location = (text: string, url?: string, how?: Asked): ProbeOutcome => asked({ 'configuration-snippet': text }, url, how);
const server = (text: string, url?: string, how?: Asked): ProbeOutcome => asked({ 'server-snippet': text }, url, how);
const details = (outcome: ProbeOutcome): readonly string[] => forwarded(outcome).guards.map(({ detail }) => detail);
const unknown = ['configuration-snippet of shop/web'];

describe('the lines of a snippet', () => {
  it.each<[string, readonly (readonly string[])[] | undefined]>([
    ['', []],
    ['a b c;', [['a', 'b', 'c']]],
    ['a;b;', [['a'], ['b']]],
    ['# x;\na b; # y', [['a', 'b']]],
    ['a "b c" \'d;e\';', [['a', 'b c', 'd;e']]],
    ['a "b\\"c" \'d\\\'e\' f\\;g;', [['a', 'b"c', "d'e", 'f\\;g']]],
    ['a "\\n\\t\\r\\\\\\d";', [['a', '\n\t\r\\\\d']]],
    ['a ${b} $c;', [['a', '${b}', '$c']]],
    ['a', undefined],
    [';', undefined],
    ['{ }', undefined],
    ['a { b', undefined],
    ['a { b; ', undefined],
    ['a; }', undefined],
    ['a { b }', undefined],
    ['a_by_lua b;', undefined],
    ['rewrite_by_lua_block { x; }', undefined],
  ])('%j', (text, expected) => {
    expect(linesOf(text)?.map(({ name, words }) => [name, ...words])).toEqual(expected);
  });

  it('stand between braces', () => {
    expect(linesOf('if ($a) { b; c { d e; } } f;')).toEqual([
      { name: 'if', words: ['($a)'], inner: [{ name: 'b', words: [], inner: undefined }, { name: 'c', words: [], inner: [{ name: 'd', words: ['e'], inner: undefined }] }] },
      { name: 'f', words: [], inner: undefined },
    ]);
  });
});

/** https://nginx.org/en/docs/http/ngx_http_rewrite_module.html */
describe('what a snippet answers', () => {
  it.each([
    ['return 403;', '403'],
    ['return 204;', '204'],
    ['return 200 text;', '200'],
    ['return 301 https://n.test/a;', '301 https://n.test/a'],
    ['return 302 /a;', '302 http://h.test/a'],
    ['return 303 /a;', '303 http://h.test/a'],
    ['return 307 /a;', '307 http://h.test/a'],
    ['return 308 /a;', '308 http://h.test/a'],
    ['return 301;', '301'],
    ['return 404 /a;', '404'],
    ['return https://n.test/;', '302 https://n.test/'],
    ['return 301 https://n.test$request_uri;', '301 https://n.test/foo?q=1'],
    ['return 301 https://n.test$uri$is_args$args;', '301 https://n.test/foo?q=1'],
    ['return 301 https://n.test$document_uri?$query_string;', '301 https://n.test/foo?q=1'],
    ['return 301 $scheme://www.$host/;', '301 http://www.h.test/'],
    ['return 301 https://${host}x/;', '301 https://h.testx/'],
    ['rewrite ^/foo$ https://n.test/x;', '302 https://n.test/x?q=1'],
    ['rewrite ^/foo$ https://n.test/x?;', '302 https://n.test/x'],
    ['rewrite ^/foo$ https://n.test/x?a=b;', '302 https://n.test/x?a=b'],
    ['rewrite ^/(f)(oo)$ /$2/$1 permanent;', '301 http://h.test/oo/f?q=1'],
    ['rewrite ^/foo$ /x redirect;', '302 http://h.test/x?q=1'],
    ['rewrite ^/foo$ $scheme://n.test/x;', '302 http://n.test/x?q=1'],
    ['rewrite ^/bar$ /x permanent;', 'web:80 /foo?q=1'],
    ['rewrite ^/FOO$ /x permanent;', 'web:80 /foo?q=1'],
    ['break; return 403;', 'web:80 /foo?q=1'],
    ['access_log off; return 403;', '403'],
    ['more_set_headers "X-A: 1"; return 403;', '403'],
  ])('%s: %s', (text, expected) => {
    expect(brief(location(text, 'http://h.test/foo?q=1'))).toBe(expected);
    if (!text.includes('uri')) expect(brief(server(text, 'http://h.test/foo?q=1'))).toBe(expected);
  });

  it.each<[string, boolean | undefined, Asked?]>([
    ['($host = h.test)', true],
    ['($host != h.test)', false],
    ['($host = H.test)', false],
    ['($request_method = POST)', true, { method: 'POST' }],
    ['($request_method = POST)', false],
    ['($scheme = http)', true],
    ['($http_x_a)', true, { headers: { 'x-a': '1' } }],
    ['($http_x_a)', false, { headers: { 'x-a': '0' } }],
    ['($http_x_a)', false],
    ['( $http_x_a = "a b" )', true, { headers: { 'x-a': 'a b' } }],
    ['($http_user_agent ~ Bad)', true, { headers: { 'user-agent': 'a Bad b' } }],
    ['($http_user_agent ~ bad)', false, { headers: { 'user-agent': 'a Bad b' } }],
    ['($http_user_agent ~* bad)', true, { headers: { 'user-agent': 'a Bad b' } }],
    ['($http_user_agent !~ Bad)', false, { headers: { 'user-agent': 'a Bad b' } }],
    ['($http_user_agent !~* bad)', false, { headers: { 'user-agent': 'a Bad b' } }],
    ['($http_user_agent !~* bad)', true, { headers: { 'user-agent': 'good' } }],
    ['(${host} = h.test)', true],
    ['($uri = /foo)', true],
    ['($geoip_country = DE)', undefined],
    ['(-f $request_filename)', undefined],
    ['($host ~ "(a+)+")', undefined],
    ['($host ~ "(")', undefined],
  ])('if %s holds: %s', (condition, expected, how = {}) => {
    const outcome = location(`if ${condition} { return 418; }`, 'http://h.test/foo', how);
    if (expected === undefined) expect(details(outcome)).toEqual(unknown);
    else expect(brief(outcome)).toBe(expected ? '418' : 'web:80 /foo');
  });

  it.each([
    ['if ($host = h.test) { more_set_headers "X-A: 1"; }', []],
    ['try_files $uri /x;', unknown],
    ['return 301 https://n.test/$geoip_country;', unknown],
    ['return 301 $geoip_country;', unknown],
    ['rewrite ^/foo$ /bar;', unknown],
    ['rewrite ^/foo$ /bar last;', unknown],
    ['rewrite ( /bar permanent;', unknown],
    ['rewrite ^/foo$ https://n.test/$geoip_country;', unknown],
    ['if ($geoip_country) { return 403; } return 404;', unknown],
    ['if ($geoip_country) { return 403; } rewrite ^/foo$ /x permanent;', unknown],
    ['proxy_pass http://x;', unknown],
    ['not closed', unknown],
    ['proxy_read_timeout 5s; proxy_buffering on; client_max_body_size 1m; server_tokens off; error_log off;', []],
    ['', []],
    ['  ', []],
  ])('%s leaves %j', (text, expected) => {
    expect(details(location(text))).toEqual(expected);
  });

  it('is nothing where snippets are off', () => {
    for (const name of ['configuration-snippet', 'server-snippet']) expect(brief(asked({ [name]: 'return 403;' }, undefined, {}, { allowSnippets: false }))).toBe('web:80 /foo');
  });

  it('of a server comes before app-root and the redirect to HTTPS, that of a location after', () => {
    const annotations = { 'app-root': '/app', 'force-ssl-redirect': 'true' };
    const at = (name: string): string => brief(asked({ ...annotations, [name]: 'return 403;' }, 'http://h.test/'));
    expect([at('server-snippet'), at('configuration-snippet')]).toEqual(['403', '302 http://h.test/app']);
    expect(brief(asked({ 'force-ssl-redirect': 'true', 'configuration-snippet': 'return 403;' }))).toBe('403');
  });
});

/** https://nginx.org/en/docs/http/ngx_http_headers_module.html, ngx_http_proxy_module.html, and headers-more. */
describe('the headers of a snippet', () => {
  it.each<[string, Texts, Texts]>([
    ['more_set_headers "X-A: 1" "X-B: 2";', {}, { 'x-a': '1', 'x-b': '2' }],
    ['more_set_headers "X-A: a:b";', {}, { 'x-a': 'a:b' }],
    ['more_set_headers X-A:$host;', {}, { 'x-a': 'h.test' }],
    ['more_clear_headers X-A;', {}, { 'x-a': '' }],
    ['more_set_input_headers "X-A: 1";', { 'x-a': '1' }, {}],
    ['more_clear_input_headers X-A;', { 'x-a': '' }, {}],
    ['add_header X-A "1 2" always;', {}, { 'x-a': '1 2' }],
    ['add_header X-A "";', {}, {}],
    ['proxy_hide_header X-A;', {}, { 'x-a': '' }],
    ['proxy_set_header X-A $scheme;', { 'x-a': 'http' }, {}],
    ['proxy_set_header X-A "";', { 'x-a': '' }, {}],
    ['proxy_set_header Host $host;', {}, {}],
    ['proxy_set_header Host other.test;', { host: 'other.test' }, {}],
    ['proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;', {}, {}],
    ['proxy_set_header X-Real-IP $remote_addr;', {}, {}],
    ['proxy_set_header X-A-B $http_x_a_b;', {}, {}],
    ['grpc_set_header X-A 1;', {}, {}],
    ['add_header X-A 1; add_header X-A 2;', {}, { 'x-a': '2' }],
  ])('%s', (text, request, response) => {
    const outcome = forwarded(location(text));
    expect([Object.fromEntries(outcome.requestHeaders), Object.fromEntries(outcome.responseHeaders), outcome.guards]).toEqual([request, response, []]);
  });

  it.each(['more_set_headers -s 404 "X-A: 1";', 'more_clear_headers X-*;', 'more_set_headers "X-A: $geoip";', 'add_header X-A ${geoip};', 'proxy_set_header X-A $geoip;', 'constructor x;'])('%s is not known', (text) => {
    expect(details(location(text))).toEqual(unknown);
  });

  it('go to gRPC backends by their own directive', () => {
    const grpc = (text: string): Texts => Object.fromEntries(forwarded(asked({ 'configuration-snippet': text, 'backend-protocol': 'GRPC' })).requestHeaders);
    expect([grpc('grpc_set_header X-A 1;'), grpc('proxy_set_header X-A 1;')]).toEqual([{ 'x-a': '1' }, {}]);
  });

  it.each<[string, string, Texts, Texts]>([
    ['add_header X-S 1;', '', {}, { 'x-s': '1' }],
    ['add_header X-S 1;', 'add_header X-L 1;', {}, { 'x-l': '1' }],
    ['more_set_headers "X-S: 1";', 'more_set_headers "X-L: 1";', {}, { 'x-s': '1', 'x-l': '1' }],
    ['more_set_headers "X-S: 1";', 'more_set_headers "X-S: 2";', {}, { 'x-s': '2' }],
    ['proxy_set_header X-S 1;', '', {}, {}],
    ['proxy_hide_header X-S;', 'proxy_hide_header X-L;', {}, { 'x-l': '' }],
    ['more_set_input_headers "X-S: 1";', '', { 'x-s': '1' }, {}],
    ['', 'more_set_headers "X-A: more"; add_header X-A add;', {}, { 'x-a': 'add' }],
  ])('of the server (%s) and of the location (%s)', (outer, own, request, response) => {
    const outcome = forwarded(asked({ 'server-snippet': outer, 'configuration-snippet': own }));
    expect([Object.fromEntries(outcome.requestHeaders), Object.fromEntries(outcome.responseHeaders)]).toEqual([request, response]);
  });

  it.each<[string, string, Texts, Texts]>([
    ['http-snippet', 'add_header X-A 1;', {}, { 'x-a': '1' }],
    ['server-snippet', 'more_set_headers "X-A: 1";', {}, { 'x-a': '1' }],
    ['server-snippet', 'proxy_set_header X-A 1;', {}, {}],
    ['location-snippet', 'proxy_set_header X-A 1;', { 'x-a': '1' }, {}],
    ['location-snippet', ' ', {}, {}],
  ])('of %s of the ConfigMap: %s', (key, text, request, response) => {
    const outcome = forwarded(asked({}, undefined, {}, { raw: new Map([[key, text]]) }));
    expect([Object.fromEntries(outcome.requestHeaders), Object.fromEntries(outcome.responseHeaders)]).toEqual([request, response]);
  });
});

/** https://nginx.org/en/docs/http/ngx_http_core_module.html#location */
describe('the locations of a server-snippet', () => {
  it.each([
    // nginx loads no location of a name that another has: nobody can judge what it does.
    ['location = /foo { return 418; }', '/foo', 'web:80 /foo'],
    ['location = /own { return 418; }', '/own', '418'],
    ['location = /foo { return 418; }', '/foo/x', 'web:80 /foo/x'],
    ['location /foo/x { return 418; }', '/foo/xy', '418'],
    ['location /fo { return 418; }', '/foo', 'web:80 /foo'],
    ['location /other { return 418; }', '/other', '418'],
    ['location ^~ /other { return 418; } location ~ other { return 419; }', '/other', '418'],
    ['location /other { return 418; } location ~ other { return 419; }', '/other', '419'],
    ['location ~ \\.php$ { return 418; }', '/foo/a.php', '418'],
    ['location ~ \\.php$ { return 418; }', '/foo/a.PHP', 'web:80 /foo/a.PHP'],
    ['location ~* \\.php$ { return 418; }', '/foo/a.PHP', '418'],
    ['location ~ ^/foo$ { return 418; }', '/foo', 'web:80 /foo'],
    ['location ~ ^/first { return 418; } location ~ ^/fir { return 419; }', '/first', '418'],
    ['location /oth { return 418; } location /other { return 419; }', '/other', '419'],
    ['location = /own { deny all; }', '/own', '403'],
    ['location = /own { internal; }', '/own', '404'],
    ['location = /own { internal; return 200; }', '/own', '404'],
    ['location = /own { access_log off; add_header X 1; return 200 ok; }', '/own', '200'],
    ['location = /own { return 301 /foo; }', '/own', '301 http://h.test/foo'],
    ['location = /é { return 418; }', '/%C3%A9', '418'],
    ['return 403; location = /foo { return 418; }', '/foo', '403'],
  ])('%s: %s is %s', (text, target, expected) => {
    expect(brief(server(text, `http://h.test${target}`))).toBe(expected);
  });

  it.each(['location ~ ^/foo { proxy_pass http://x; }', 'location = /foo { allow 10.0.0.0/8; deny all; }', 'location = /foo { if ($host) { return 403; } }', 'location = /foo { root /x; return 200; }'])('%s may do anything', (text) => {
    expect(details(server(text, 'http://h.test/foo/').kind === 'forwarded' ? server(text, text.includes('=') ? 'http://h.test/foo' : 'http://h.test/foo/') : server(text))).toContain('server-snippet of shop/web');
  });

  it('stand behind app-root, which the block itself does not', () => {
    const at = (text: string): string => brief(asked({ 'app-root': '/app', 'server-snippet': text }, 'http://h.test/'));
    expect([at('location = / { return 418; }'), at('return 418;')]).toEqual(['302 http://h.test/app', '418']);
  });

  it('are tried before the patterns of a regex host', () => {
    const at = (text: string, target: string): string => brief(asked({ 'use-regex': 'true', 'server-snippet': text }, `http://h.test${target}`));
    expect([at('location ~ /foo { return 418; }', '/foo'), at('location ^~ /foo { return 418; }', '/foo'), at('location /foo { return 418; }', '/foo')]).toEqual(['418', '418', 'web:80 /foo']);
  });

  it('belong to the oldest Ingress that has some, and to no canary', () => {
    const of = (name: string, created: number, annotations: Texts): Given => ({ name, created, annotations, rules: { 'h.test': [path(`P /${name}`)] } });
    const at = (...givens: readonly Given[]): string => brief(ask(givens, 'http://h.test/a', {}, { settings: on }));
    expect(at(of('a', 1, {}), of('b', 2, { 'server-snippet': 'return 418;' }), of('c', 3, { 'server-snippet': 'return 419;' }))).toBe('418');
    const canary: Given = { name: 'can', created: 2, annotations: { canary: 'true', 'server-snippet': 'return 418;' }, rules: { 'h.test': [path('P /a', 'can:80')] } };
    expect(at(of('a', 1, {}), canary)).toBe('web:80 /a');
    expect(at(of('a', 1, { 'server-snippet': ' ' }), of('b', 2, { 'server-snippet': 'return 418;' }))).toBe('418');
  });
});

describe('a location within the only location of a host', () => {
  const whole = (text: string, target: string): ProbeOutcome => ask([shop({ 'configuration-snippet': text }, 'P /')], `http://h.test${target}`, {}, { settings: on });
  it('takes its place', () => {
    expect([whole('location = /x { return 418; } return 419;', '/x'), whole('location = /x { return 418; } return 419;', '/y')].map(brief)).toEqual(['418', '419']);
  });
  it('is not judged elsewhere', () => {
    expect(details(location('location = /foo/x { return 418; }', 'http://h.test/foo/x'))).toEqual(unknown);
  });
});

/** https://nginx.org/en/docs/http/ngx_http_access_module.html */
describe('the addresses of a snippet', () => {
  it.each([
    ['deny 10.0.0.1;', ['deny 10.0.0.1/32']],
    ['deny 10.0.0.0/8; deny 192.168.0.0/16;', ['deny 10.0.0.0/8,192.168.0.0/16']],
    ['allow 10.0.0.0/8; deny all;', ['allow 10.0.0.0/8']],
    ['deny 10.1.0.0/16; allow 10.0.0.0/8; deny all;', ['deny 10.1.0.0/16', 'allow 10.0.0.0/8']],
    ['allow 10.0.0.0/8; deny 10.1.0.0/16; deny all;', ['addresses of a snippet']],
    ['deny all;', ['deny 0.0.0.0/0,::/0']],
    ['allow all;', []],
    ['allow 10.0.0.0/8;', []],
    ['deny 10.0.0.1; allow all; deny 10.0.0.2;', ['deny 10.0.0.1/32']],
    ['deny unix:;', ['deny unix:']],
  ])('%s: %j', (text, expected) => {
    expect(details(location(text))).toEqual(expected);
    expect(details(server(text))).toEqual(expected);
  });

  it('of the location replace those of the server', () => {
    expect(details(asked({ 'server-snippet': 'deny 10.0.0.1;', 'configuration-snippet': 'deny 10.0.0.2;' }))).toEqual(['deny 10.0.0.2/32']);
  });

  it.each<[Texts, Partial<ControllerSettings>]>([
    [{ 'denylist-source-range': '10.9.0.0/16' }, {}],
    [{ 'allowlist-source-range': '10.9.0.0/16' }, {}],
    [{ 'whitelist-source-range': '10.9.0.0/16' }, {}],
    [{}, { blockCidrs: ['10.9.0.0/16'] }],
    [{}, { denyListSourceRange: ['10.9.0.0/16'] }],
    [{}, { allowListSourceRange: ['10.9.0.0/16'] }],
  ])('beside %j %j are not judged', (annotations, settings) => {
    expect(details(asked({ ...annotations, 'configuration-snippet': 'deny 10.0.0.1;' }, undefined, {}, settings))).toContain('addresses of a snippet beside other lists');
  });

  // A password lets in whom a list refuses, and who is on no list needs it: measured.
  it.each<[string, string[]]>([
    ['deny 10.0.0.1;', ['shop/users']],
    ['allow 10.0.0.0/8; deny all;', ['any of address-list allow 10.0.0.0/8, basic-auth shop/users']],
  ])('%s with satisfy any and a password: %j', (text, expected) => {
    expect(details(asked({ 'configuration-snippet': text, 'auth-type': 'basic', 'auth-secret': 'shop/users', satisfy: 'any' }))).toEqual(expected);
    expect(details(asked({ 'configuration-snippet': text, satisfy: 'any' }))).toEqual(details(location(text)));
  });

  it('of the server do not count where the location has a list', () => {
    expect(details(asked({ 'denylist-source-range': '10.9.0.0/16', 'server-snippet': 'deny 10.0.0.1;' }))).toEqual(['deny 10.9.0.0/16']);
  });
});
