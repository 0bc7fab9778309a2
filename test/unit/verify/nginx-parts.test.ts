import { describe, expect, it } from 'vitest';
import type { ConfigMap, Index } from '../../../src/model/inventory.ts';
import { defaultSettings } from '../../../src/nginx/settings-read.ts';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import { controllerHeaders } from '../../../src/verify/nginx/controller-headers.ts';
import { customHeaders } from '../../../src/verify/nginx/custom-headers.ts';
import { expandKnown } from '../../../src/verify/nginx/expand.ts';
import { implicitHeaders } from '../../../src/verify/nginx/implicit-headers.ts';
import { passThrough } from '../../../src/verify/nginx/passthrough.ts';
import { pcre } from '../../../src/verify/nginx/pattern.ts';
import { escapePath, readTarget } from '../../../src/verify/nginx/request-target.ts';
import type { ProbeOutcome } from '../../../src/verify/outcome.ts';
import { build, configMap, inventory, path, type Given, type Options } from '../nginx/given.ts';
import { ask, brief, forwarded, shop, type Asked } from './ask.ts';
import { request } from './gateway-objects.ts';

type Texts = Readonly<Record<string, string>>;
const maps = (...configMaps: readonly ConfigMap[]): Index<ConfigMap> => inventory([], { configMaps }).configMaps;
const through: ProbeOutcome = forwarded(ask([shop()], 'http://h.test/foo'));
const redirect: ProbeOutcome = { kind: 'redirected', status: 301, location: '/' };
const responseHeaders = (outcome: ProbeOutcome): Texts => Object.fromEntries(forwarded(outcome).responseHeaders);

/** ngx_http_parse_complex_uri */
describe('the target of a request', () => {
  it.each<[string, string | undefined, string?]>([
    ['/', '/'],
    ['/a//b', '/a/b'],
    ['/a/./b', '/a/b'],
    ['/a/../b', '/b'],
    ['/a/b/..', '/a/'],
    ['/a/b/.', '/a/b/'],
    ['/a/', '/a/'],
    ['/a%2Fb', '/a/b'],
    ['/a%2f..%2fb', '/b'],
    ['/%2e%2E/a', undefined],
    ['/..', undefined],
    ['/a/../..', undefined],
    ['/a%20b', '/a b'],
    ['/a%', undefined],
    ['/a%2', undefined],
    ['/a%zz', undefined],
    ['/a%00', undefined],
    ['a', undefined],
    ['', undefined],
    ['*', undefined],
    ['/a?b', '/a', 'b'],
    ['/a?', '/a', ''],
    ['/a?b?c', '/a', 'b?c'],
    ['/a?%zz', '/a', '%zz'],
    ['/a#b?c', '/a'],
    ['/a?b#c', '/a', 'b'],
    ['/é', '/\u00c3\u00a9'],
  ])('%j is %j, %j', (target, decoded, query) => {
    expect(readTarget(target)).toEqual(decoded === undefined ? undefined : { path: decoded, query });
  });

  it.each([
    ['/a b', '/a%20b'],
    ["/!$&'()*+,-.09:;=@AZ[]_az~", "/!$&'()*+,-.09:;=@AZ[]_az~"],
    ['/a?b#c%d"', '/a%3Fb%23c%25d%22'],
    ['/\u00c3\u00a9\n', '/%C3%A9%0A'],
  ])('%j is written as %s', (bytes, expected) => {
    expect(escapePath(bytes)).toBe(expected);
  });
});

/** https://www.pcre.org/current/doc/html/pcre2pattern.html */
describe('a pattern of PCRE', () => {
  it.each<[string, string, boolean]>([
    ['a.c', 'abc', true],
    ['a.c', 'a\nc', false],
    ['a.c', 'a\rc', true],
    ['a$', 'a\n', true],
    ['a$', 'a\n\n', false],
    ['a$', 'ab', false],
    ['a\\.c', 'abc', false],
    ['a\\$', 'a$', true],
    ['\\Ab', 'ab', false],
    ['\\Aa', 'ab', true],
    ['a\\z', 'a\n', false],
    ['a\\Z', 'a\n', true],
    ['a\\Z', 'a\n\n', false],
    ['a\\hb', 'a\tb', true],
    ['a\\hb', 'a\u00a0b', true],
    ['a\\hb', 'a\nb', false],
    ['a\\Rb', 'a\r\nb', true],
    ['a\\Rb', 'a\u0085b', true],
    ['a\\Rb', 'ab', false],
    ['^[[:alpha:]]+$', 'aZ', true],
    ['^[[:alpha:]]+$', 'a1', false],
    ['^[[:digit:]]+$', '09', true],
    ['^[[:alnum:]]+$', 'a9', true],
    ['^[[:alnum:]]+$', '_', false],
    ['^[[:lower:]]+$', 'a', true],
    ['^[[:lower:]]+$', 'A', false],
    ['^[[:upper:]]+$', 'A', true],
    ['^[[:upper:]]+$', 'a', false],
    ['^[[:word:]]+$', 'a_9', true],
    ['^[[:space:]]+$', ' \t', true],
    ['^[[:xdigit:]]+$', 'fF0', true],
    ['^[[:xdigit:]]+$', 'g', false],
    ['^[^[:digit:]]$', 'a', true],
    ['^[^[:digit:]]$', '1', false],
    ['^[]a]+$', ']a', true],
    ['^[^]a]$', ']', false],
    ['^[^]a]$', 'b', true],
    ['^[.$]+$', '.$', true],
    ['^[.$]+$', 'a', false],
    ['^[\\]]$', ']', true],
    ['(?i)abc', 'ABC', false],
  ])('%s on %j: %s', (pattern, text, expected) => {
    expect(pcre(pattern, '')?.test(text)).toBe(expected);
    expect(pcre(pattern, '')).toBe(pcre(pattern, ''));
  });

  it('minds letter case as it is told', () => {
    expect([pcre('^a$', 'i')?.test('A'), pcre('^a$', '')?.test('A'), pcre('(?i)abc', 'i')?.test('ABC')]).toEqual([true, false, true]);
  });

  it.each(['(', '[', '*a', 'a(?'])('%s is none', (pattern) => {
    expect(pcre(pattern, '')).toBeUndefined();
  });
});

describe('variables that must be known', () => {
  const variables = (name: string): string | undefined => ({ host: 'h.test', empty: '' })[name];
  it.each([
    ['a$host', 'ah.test'],
    ['${host}b', 'h.testb'],
    ['$empty', ''],
    ['$other', undefined],
    ['${other}', undefined],
    ['$host$other', undefined],
    ['$1-$2', 'one-'],
    ['$0', '$0'],
    ['$', '$'],
  ])('%s is %j', (text, expected) => {
    expect(expandKnown(text, ['whole', 'one'], variables)).toBe(expected);
  });
});

/** getBackendServers of the controller, SSLPassthrough: exact names alone, the Service of the Prefix / */
describe('TLS that is handed on', () => {
  const on = { 'ssl-passthrough': 'true' };
  const passed = (given: Given, url = 'https://h.test//x', settings: Partial<ControllerSettings> = {}): string => {
    const outcome = passThrough(build([given], { settings }))(request(url));
    return outcome === undefined ? '' : brief(outcome);
  };
  it.each<[string, string, Given, string?, Partial<ControllerSettings>?]>([
    ['goes to the Service of /', 'web:80 //x', shop(on, 'P /')],
    ['in any case', 'web:80 /', shop(on, 'P /'), 'https://H.TEST/'],
    ['goes nowhere over plain HTTP', '', shop(on, 'P /'), 'http://h.test/'],
    ['needs the annotation', '', shop({}, 'P /')],
    ['needs a true one', '', shop({ 'ssl-passthrough': 'false' }, 'P /')],
    ['needs a Service for /', '', shop(on, 'P /foo')],
    ['needs a Prefix', '', shop(on, 'E /')],
    ['is not for wildcards', '', { rules: { '*.h.test': [path('P /')] }, annotations: on }, 'https://a.h.test/'],
    ['is not for unknown hosts', '', { rules: { '': [path('P /')] }, annotations: on }, 'https://u.test/'],
    ['is off without the flag', '', shop(on, 'P /'), 'https://h.test/', { sslPassthrough: false }],
    ['is on with the flag', 'web:80 /', shop(on, 'P /'), 'https://h.test/', { sslPassthrough: true }],
  ])('%s', (_, expected, given, url, settings) => {
    expect(passed(given, url, settings)).toBe(expected);
  });

  it('has nothing of the other annotations', () => {
    const outcome = passThrough(build([shop({ ...on, 'limit-rps': '1' }, 'P /')]))(request('https://h.test/'));
    expect(outcome).toEqual({ ...through, target: '/', host: 'h.test', limits: [] });
  });
});

describe('headers of a ConfigMap that an Ingress names', () => {
  const headers = configMap('headers', { 'X-A': '1', 'X-B': '2' });
  const given = (value: string): Given => shop({ 'custom-headers': value });
  const added = (givens: readonly Given[], url = 'http://h.test/foo', outcome: ProbeOutcome = through): ProbeOutcome => customHeaders(build(givens), maps(headers))(request(url), outcome);

  it('are added to what the backend answers', () => {
    expect(responseHeaders(added([given('shop/headers')]))).toEqual({ 'x-a': '1', 'x-b': '2' });
    expect(responseHeaders(added([given('shop/headers')], 'http://h.test/foo', { ...forwarded(through), responseHeaders: new Map([['x-c', '3']]) }))).toEqual({ 'x-c': '3', 'x-a': '1', 'x-b': '2' });
  });

  it.each<[string, readonly Given[], string?]>([
    ['nobody names one', [shop()]],
    ['it is not given', [given('shop/other')]],
    ['another location answers', [given('shop/headers'), { name: 'other', rules: { 'h.test': [path('P /other')] } }], 'http://h.test/other'],
    ['another host answers', [given('shop/headers'), { name: 'other', rules: { 'o.test': [path('P /foo')] } }], 'http://o.test/foo'],
    ['nobody answers', [given('shop/headers')], 'http://u.test/foo'],
    ['the path is none', [given('shop/headers')], 'http://h.test/%zz'],
  ])('are none where %s', (_, givens, url) => {
    expect(added(givens, url)).toBe(through);
  });

  it('are none of an answer without a backend', () => {
    expect(added([given('shop/headers')], 'http://h.test/foo', redirect)).toBe(redirect);
  });
});

/** add-headers, hide-headers and proxy-set-headers of the controller */
describe('headers of the controller', () => {
  const under = (raw: Texts, outcome: ProbeOutcome = through): ProbeOutcome =>
    controllerHeaders({ ...defaultSettings, raw: new Map(Object.entries(raw)) }, maps(configMap('a', { 'X-A': '1', 'X-V': '$host' }), configMap('b', { 'X-B': '2' })))(outcome);

  it.each<[Texts, Texts, Texts]>([
    [{ 'add-headers': 'shop/a' }, {}, { 'x-a': '1' }],
    [{ 'add-headers': ' shop/a ' }, {}, { 'x-a': '1' }],
    [{ 'proxy-set-headers': 'shop/b' }, { 'x-b': '2' }, {}],
    [{ 'hide-headers': 'X-H, X-I' }, {}, { 'x-h': '', 'x-i': '' }],
    [{ 'hide-headers': 'X-A', 'add-headers': 'shop/a' }, {}, { 'x-a': '1' }],
    [{ 'add-headers': 'shop/c' }, {}, {}],
    [{ 'add-headers': 'a' }, {}, {}],
  ])('%j', (raw, requests, responses) => {
    const outcome = forwarded(under(raw));
    expect([Object.fromEntries(outcome.requestHeaders), Object.fromEntries(outcome.responseHeaders)]).toEqual([requests, responses]);
    expect(under(raw, redirect)).toBe(redirect);
  });

  it('give way to those of an Ingress', () => {
    const own = { ...forwarded(through), requestHeaders: new Map([['x-b', 'own']]), responseHeaders: new Map([['x-a', 'own']]) };
    const outcome = forwarded(under({ 'add-headers': 'shop/a', 'proxy-set-headers': 'shop/b' }, own));
    expect([outcome.requestHeaders.get('x-b'), outcome.responseHeaders.get('x-a')]).toEqual(['own', 'own']);
    expect(under({})).toBe(through);
  });
});

/** nginx-measured, sections 4 and 10 */
describe('headers that the controller sets unasked', () => {
  const withServer: ProbeOutcome = { ...forwarded(through), responseHeaders: new Map([['server', 'x']]) };
  const added = (url: string, settings: Partial<ControllerSettings> = {}, outcome: ProbeOutcome = through, other: ProbeOutcome = through): ProbeOutcome => implicitHeaders({ ...defaultSettings, ...settings })(request(url), outcome, other);
  const hsts = defaultSettings.hsts;
  it.each<[string, Partial<ControllerSettings>, ProbeOutcome, Texts]>([
    ['https://h.test/', {}, through, { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }],
    ['http://h.test/', {}, through, {}],
    ['https://h.test/', { hsts: { ...hsts, enabled: false } }, through, {}],
    ['https://h.test/', { hsts: { ...hsts, includeSubDomains: false, preload: true, maxAgeSeconds: 1 } }, through, { 'strict-transport-security': 'max-age=1; preload' }],
    ['http://h.test/', {}, withServer, { server: '' }],
    ['http://h.test/', { raw: new Map([['server-tokens', ' true ']]) }, withServer, {}],
    ['http://h.test/', { raw: new Map([['server-tokens', 'false']]) }, withServer, { server: '' }],
    ['http://h.test/', {}, redirect, {}],
  ])('%s with %j', (url, settings, other, expected) => {
    expect(responseHeaders(added(url, settings, through, other))).toEqual(expected);
  });

  it('give way to those that somebody asks for, and are none of a redirect', () => {
    const own = { ...forwarded(through), responseHeaders: new Map([['strict-transport-security', 'own']]) };
    expect(responseHeaders(added('https://h.test/', {}, own))).toEqual({ 'strict-transport-security': 'own' });
    expect(added('https://h.test/', {}, redirect)).toBe(redirect);
  });
});

/** nginx-measured, section 9, and CORS in nginx.tmpl */
describe('CORS', () => {
  const answer = (annotations: Texts, headers: Texts = {}): Texts => responseHeaders(ask([shop({ 'enable-cors': 'true', ...annotations })], 'http://h.test/foo', { headers }));
  it.each<[Texts, string, string | undefined]>([
    [{ 'cors-allow-methods': 'GET, POST' }, 'methods', 'GET, POST'],
    [{ 'cors-allow-methods': 'GET POST' }, 'methods', 'GET POST'],
    [{ 'cors-allow-methods': 'GET,POST,' }, 'methods', 'GET,POST,'],
    [{ 'cors-allow-methods': 'GET;' }, 'methods', 'GET, PUT, POST, DELETE, PATCH, OPTIONS'],
    [{ 'cors-allow-headers': 'X-A, X_B' }, 'headers', 'X-A, X_B'],
    [{ 'cors-expose-headers': '*' }, 'expose-headers', undefined],
    [{ 'cors-allow-credentials': 'no' }, 'credentials', 'true'],
    [{ 'cors-allow-credentials': 'F' }, 'credentials', undefined],
  ])('%j: access-control-allow-%s is %j', (annotations, name, expected) => {
    expect(answer(annotations)[`access-control-allow-${name}`]).toBe(expected);
  });

  it.each<[Texts, string | undefined]>([
    [{}, undefined],
    [{ 'cors-expose-headers': '*' }, '*'],
    [{ 'cors-expose-headers': 'X-A, X_B' }, 'X-A, X_B'],
    [{ 'cors-expose-headers': 'X A' }, 'X A'],
    [{ 'cors-expose-headers': 'X:A' }, undefined],
  ])('%j exposes %j', (annotations, expected) => {
    expect(answer(annotations)['access-control-expose-headers']).toBe(expected);
  });

  it.each([
    ['60', '60'],
    ['-1', '-1'],
    ['1.5', '1728000'],
    ['', '1728000'],
  ])('cors-max-age %j is %s', (value, expected) => {
    expect(answer({ 'cors-max-age': value })['access-control-max-age']).toBe(expected);
  });

  it.each([
    ['https://a.test', 'https://a.test', true],
    ['https://a.test', 'https://A.TEST', true],
    ['https://a.test', 'https://aXtest', false],
    ['https://a.test', 'https://a.test.evil', false],
    ['https://a.test:8443', 'https://a.test:8443', true],
    ['https://a.test, https://b.test', 'https://b.test', true],
    ['https://*.w.test', 'https://a-1.w.test', true],
    ['https://*.w.test', 'https://.w.test', false],
    ['https://a.test,*', 'https://other.test', true],
  ])('%s lets %s in: %s', (list, origin, expected) => {
    expect('access-control-allow-origin' in answer({ 'cors-allow-origin': list }, { origin })).toBe(expected);
    expect(answer({ 'cors-allow-origin': list })['vary']).toBeUndefined();
  });

  it('is off without the annotation, and answers preflights alone', () => {
    const preflight = (annotations: Texts, how: Asked = {}): ProbeOutcome => ask([shop(annotations)], 'http://h.test/foo', { method: 'OPTIONS', ...how });
    expect(brief(preflight({ 'enable-cors': 'false' }))).toBe('web:80 /foo');
    expect(preflight({ 'enable-cors': 'true' })).toMatchObject({ kind: 'answered', status: 204 });
    expect(brief(preflight({ 'enable-cors': 'true' }, { method: 'options' }))).toBe('web:80 /foo');
  });
});

describe('answers of nginx itself behind custom-http-errors', () => {
  const withoutPort = (annotations: Texts): Given => ({ annotations, rules: { 'h.test': [path('P /foo', 'web')] } });
  it.each<[Texts, Options, string]>([
    [{ 'custom-http-errors': '503', 'default-backend': 'errors' }, {}, 'errors:0 /foo'],
    [{ 'custom-http-errors': '503' }, { settings: { defaultBackendService: { namespace: 'shop', name: 'errors' } } }, 'errors:0 /'],
    [{ 'custom-http-errors': '500,503' }, {}, '404'],
    [{ 'custom-http-errors': '500' }, {}, '503'],
    [{}, {}, '503'],
  ])('%j %j: %s', (annotations, options, expected) => {
    expect(brief(ask([withoutPort(annotations)], 'http://h.test/foo', {}, options))).toBe(expected);
  });
});
