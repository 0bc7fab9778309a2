import { describe, expect, it } from 'vitest';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import { path, type Given } from '../nginx/given.ts';
import { ask, brief, shop } from './ask.ts';

type Texts = Readonly<Record<string, string>>;
const get = (givens: readonly Given[], url: string, settings: Partial<ControllerSettings> = {}): string => brief(ask(givens, url, {}, { settings }));
const configMap = (entries: Texts): Partial<ControllerSettings> => ({ raw: new Map(Object.entries(entries)) });

/**
 * absolute_redirect is that of the location the slash leads to; a name loses its final dot where nginx reads it.
 * Source: ngx_http_core_find_config_phase and ngx_http_validate_host of https://github.com/nginx/nginx/blob/release-1.26.3/src/http/
 */
describe('the redirect to the path with a slash', () => {
  it.each<[string, Texts, string, string, Partial<ControllerSettings>?]>([
    ['names scheme and host', {}, 'https://H.test./foo', '301 https://h.test/foo/'],
    ['keeps the query', {}, 'http://h.test/foo?a=/', '301 http://h.test/foo/?a=/'],
    ['drops an empty query', {}, 'http://h.test/foo?', '301 http://h.test/foo/'],
    ['is relative where the Ingress says so', { 'relative-redirects': 'true' }, 'http://h.test/foo?a', '301 /foo/?a'],
    ['is relative where the ConfigMap says so', {}, 'http://h.test/foo', '301 /foo/', configMap({ 'relative-redirects': 'true' })],
    ['is relative where the Ingress says otherwise than the ConfigMap', { 'relative-redirects': 'false' }, 'http://h.test/foo', '301 /foo/', configMap({ 'relative-redirects': 'true' })],
    ['is absolute where the Ingress loses its redirects', { 'relative-redirects': 'true', 'permanent-redirect': '' }, 'http://h.test/foo', '301 http://h.test/foo/'],
    ['is absolute where the ConfigMap says so', {}, 'http://h.test/foo', '301 http://h.test/foo/', configMap({ 'relative-redirects': 'false' })],
  ])('%s', (_, annotations, url, expected, settings) => {
    expect(get([shop(annotations, 'P /foo/')], url, settings)).toBe(expected);
  });
});

/** `if ($uri = /) { return 302 ...; }` in nginx.tmpl: of a path, and there is nothing to capture from. */
describe('app-root', () => {
  it.each<[string, readonly Given[], string, string]>([
    ['has no captures', [shop({ 'app-root': '/a$1/b' }, 'P /')], 'http://h.test/', '302 http://h.test/a/b'],
    ['names the host as it was sent', [shop({ 'app-root': '/a' }, 'P /')], 'https://H.test./', '302 https://H.test./a'],
    ['of an Ingress without a path for / counts for the host', [shop({ 'app-root': '/a' }, 'P /foo')], 'http://h.test/', '302 http://h.test/a'],
    ['of the longest path counts', [shop({ 'app-root': '/short' }, 'P /'), { name: 'long', annotations: { 'app-root': '/long' }, rules: { 'h.test': [path('P /foo')] } }], 'http://h.test/', '302 http://h.test/long'],
    ['of an Ingress that has a default backend alone is none', [{ annotations: { 'app-root': '/a' }, defaultBackend: 'def:80' }], 'http://u.test/', 'def:80 /'],
  ])('%s', (_, givens, url, expected) => {
    expect(get(givens, url)).toBe(expected);
  });
});

/** The limits of the codes: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/redirect/redirect.go; which of them redirect: https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return */
describe('the code of a fixed redirect', () => {
  it.each([
    ['permanent', '299', '301 https://n.test'],
    ['permanent', '300', '300'],
    ['permanent', '302', '302 https://n.test'],
    ['permanent', '304', '304'],
    ['permanent', '305', '305'],
    ['permanent', '308', '308 https://n.test'],
    ['permanent', '309', '301 https://n.test'],
    ['temporal', '299', '302 https://n.test'],
    ['temporal', '300', '300'],
    ['temporal', '303', '303 https://n.test'],
    ['temporal', '307', '307 https://n.test'],
    ['temporal', '308', '302 https://n.test'],
  ])('%s-redirect-code %s: %s', (kind, code, expected) => {
    expect(get([shop({ [`${kind}-redirect`]: 'https://n.test', [`${kind}-redirect-code`]: code })], 'http://h.test/foo')).toBe(expected);
  });
});

/** Parse and isValidURL in redirect.go of the controller: one that fails leaves none of the six annotations. */
describe('redirects of an Ingress', () => {
  const permanent = { 'permanent-redirect': 'https://n.test' };
  const temporal = { 'temporal-redirect': 'https://t.test', ...permanent };

  it.each<[Texts, string]>([
    [{ ...temporal, 'permanent-redirect': '', 'permanent-redirect-code': '' }, '302 https://t.test'],
    [{ ...temporal, 'temporal-redirect-code': '' }, 'web:80 /foo'],
    [{ ...temporal, 'from-to-www-redirect': '' }, 'web:80 /foo'],
    [{ ...temporal, 'relative-redirects': '' }, 'web:80 /foo'],
    [{ ...permanent, 'temporal-redirect': '' }, 'web:80 /foo'],
    [{ ...permanent, 'temporal-redirect-code': '' }, '301 https://n.test'],
    [{ ...permanent, 'permanent-redirect-code': '' }, 'web:80 /foo'],
    [{ 'permanent-redirect': '' }, 'web:80 /foo'],
    ...[
      ['https://t.test/a?b', '302 https://t.test/a?b'],
      ['HTTP://t.test:8080/a:b', '302 HTTP://t.test:8080/a:b'],
      ['http://t.test:?a:b', '302 http://t.test:?a:b'],
      ['https:///a', '302 https:///a'],
      ['ftp://t.test', 'web:80 /foo'],
      ['a://http:', 'web:80 /foo'],
      ['http', 'web:80 /foo'],
      ['/a', 'web:80 /foo'],
      ['https://t.test:https/a', 'web:80 /foo'],
      ['https://t.test:80a', 'web:80 /foo'],
    ].map(([url = '', expected = '']): [Texts, string] => [{ ...permanent, 'temporal-redirect': url }, expected]),
  ])('%j: %s', (annotations, expected) => {
    expect(get([shop(annotations)], 'http://h.test/foo')).toBe(expected);
  });

  it('are none where it has a default backend alone', () => {
    expect(get([{ annotations: temporal, defaultBackend: 'def:80' }], 'http://u.test/')).toBe('def:80 /');
  });
});

/** redirect_to_https in lua_ingress.lua, certificate.lua, and isLocationInLocationList in template.go of the controller */
describe('HTTPS', () => {
  const secure = (annotations: Texts, hosts: readonly string[], ...paths: readonly string[]): Given => ({ ...shop(annotations, ...paths), tls: [{ hosts, secret: 'cert' }] });
  const aliased = { 'server-alias': 'alias.test, deep.w.test' };

  it.each<[string, readonly Given[], string, string]>([
    ['is for the own name of a host with aliases, whatever the tls section lists', [secure(aliased, [])], 'http://h.test/foo', '308 https://h.test/foo'],
    ['is for an alias that the tls section lists', [secure(aliased, ['h.test', 'alias.test'])], 'http://alias.test/foo', '308 https://alias.test/foo'],
    ['is for an alias below a wildcard that the tls section lists', [secure(aliased, ['h.test', '*.w.test'])], 'http://deep.w.test/foo', '308 https://deep.w.test/foo'],
    ['is not for an alias that it does not list', [secure(aliased, ['h.test', '*.w.test'])], 'http://alias.test/foo', 'web:80 /foo'],
    ['is for what a wildcard host stands for', [{ rules: { '*.w.test': [path('P /')] }, annotations: { 'server-alias': 'alias.test' }, tls: [{ hosts: [] }] }], 'http://any.w.test/', '308 https://any.w.test'],
    ['is for no alias of a host without a tls section', [shop(aliased)], 'http://alias.test/foo', 'web:80 /foo'],
  ])('%s', (_, givens, url, expected) => {
    expect(get(givens, url)).toBe(expected);
  });

  it.each<[readonly string[], string, string]>([
    [['/x', '/foo'], 'P /foo', 'web:80 /foo/a'],
    [['/x', '/fo'], 'P /foo', 'web:80 /foo/a'],
    [['/foo/a'], 'P /foo', '308 https://h.test/foo/a'],
    [['', '/x'], 'P /foo', '308 https://h.test/foo/a'],
    [[], 'P /foo', '308 https://h.test/foo/a'],
  ])('is not for locations that begin with one of %j: %s', (noTlsRedirectLocations, rule, expected) => {
    expect(get([secure({}, ['h.test'], rule)], 'http://h.test/foo/a', { noTlsRedirectLocations })).toBe(expected);
  });

  it('is not for an Ingress that has a default backend alone, whoever asks for it', () => {
    const alone: Given = { annotations: { 'force-ssl-redirect': 'true' }, defaultBackend: 'def:80' };
    expect([{}, { forceSslRedirect: true }].map((settings) => get([alone], 'http://u.test/', settings))).toEqual(['def:80 /', 'def:80 /']);
  });
});
