import { describe, expect, it } from 'vitest';
import { build, codesOf, configMap, path, secret, serverOf, type Given, type Options } from './given.ts';

const host = 'shop.example.com';
const given = (annotations: NonNullable<Given['annotations']>, more: Given = {}): Given => ({ rules: { [host]: [path('P /foo')] }, annotations, ...more });

/** 'dropped', a status, or 'served'. */
function outcome(annotations: NonNullable<Given['annotations']>, options: Options = {}): string {
  const configuration = build([given(annotations)], options);
  if (configuration.left.some(({ status }) => status === 'refused')) return 'dropped';
  const denied = serverOf(configuration, host).locations.map((location) => location.denied?.status);
  return denied.every((status) => status !== undefined) ? String(denied[0]) : 'served';
}

/** Measured on a running controller 1.15.1, one bad value each. */
describe('values that drop the Ingress', () => {
  it.each([
    ['server-alias', 'a b;c'],
    ['auth-type', 'weird'],
    ['client-body-buffer-size', 'lots'],
    ['connection-proxy-header', 'upgrade'],
    ['custom-http-errors', 'abc'],
    ['default-backend', 'Not A Service'],
    ['load-balance', 'least_conn'],
    ['limit-rps', 'abc'],
    ['limit-connections', '1.5'],
    ['limit-whitelist', 'everyone'],
    ['permanent-redirect', 'https://x$request_uri'],
    ['permanent-redirect', 'not a url'],
    ['permanent-redirect-code', 'abc'],
    ['temporal-redirect', 'https://x/$1'],
    ['from-to-www-redirect', 'yes'],
    ['relative-redirects', 'yes'],
    ['ssl-passthrough', 'yes'],
    ['ssl-ciphers', 'A;B'],
    ['upstream-hash-by', '$a;b'],
    ['upstream-vhost', 'a b'],
    ['x-forwarded-prefix', '/a?b'],
  ])('%s: %s', (name, value) => {
    expect(outcome({ [name]: value })).toBe('dropped');
    expect(outcome({ [name]: '' })).toBe('served');
  });

  it.each<[NonNullable<Given['annotations']>, string]>([
    [{ 'auth-realm': 'a"b' }, 'served'],
    [{ 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'a"b' }, 'dropped'],
    [{ 'temporal-redirect': 'https://x', 'permanent-redirect': 'https://x$request_uri' }, 'served'],
    [{ 'temporal-redirect-code': 'abc' }, 'served'],
    [{ 'auth-url': 'http://a;b' }, 'dropped'],
    [{ 'auth-tls-match-cn': 'nobody' }, 'served'],
    [{ 'auth-tls-secret': 'shop/ca', 'auth-tls-match-cn': 'nobody' }, 'dropped'],
    [{ 'auth-tls-secret': 'shop/ca', 'auth-tls-match-cn': 'CN=.*' }, 'served'],
    [{ 'limit-allowlist': '10.0.0.0/8', 'limit-whitelist': 'everyone' }, 'served'],
  ])('%j: %s', (annotations, expected) => {
    expect(outcome(annotations)).toBe(expected);
  });

  it.each(['service-upstream', 'use-regex', 'ssl-redirect', 'proxy-body-size', 'proxy-read-timeout', 'backend-protocol', 'satisfy', 'enable-cors', 'canary-weight'])(
    'are not those of %s',
    (name) => {
      expect(outcome({ [name]: 'no such value;' })).toBe('served');
    },
  );

  it('do not spoil the neighbours', () => {
    const configuration = build([given({ 'limit-rps': 'abc' }), { name: 'other', rules: { [host]: [path('P /b')] } }]);
    expect(configuration.ingresses.map(({ ref }) => ref.name)).toEqual(['other']);
    expect(codesOf(configuration)).toEqual(['dropped/invalid-annotation']);
  });

  it.each<[string, NonNullable<Given['annotations']>, string, boolean]>([
    ['on a host of others', { 'auth-type': 'basic' }, host, true],
    ['under a wildcard of others', { 'auth-url': 'http://auth.shop.svc/' }, '*.example.com', true],
    ['on a host of its own', { 'auth-type': 'basic' }, 'other.example.net', false],
    ['without a protection', {}, host, false],
  ])('are dangerous with a protection: %s', (_, annotations, other, expected) => {
    const configuration = build([given({ ...annotations, 'limit-rate': '1', 'upstream-vhost': 'a b' }), { name: 'other', rules: { [other]: [path('P /')] } }]);
    expect(codesOf(configuration).includes('dropped/protection')).toBe(expected);
  });

  it('are named in an order of their own', () => {
    const both = (annotations: NonNullable<Given['annotations']>) => build([given(annotations)]).findings.map(({ annotation, also }) => [annotation, also]);
    const expected = [['nginx.ingress.kubernetes.io/limit-rpm', ['nginx.ingress.kubernetes.io/limit-rps']]];
    expect(both({ 'limit-rps': 'x', 'limit-rpm': 'x' })).toEqual(expected);
    expect(both({ 'limit-rpm': 'x', 'limit-rps': 'x' })).toEqual(expected);
  });
});

describe('snippets', () => {
  const snippet = { 'configuration-snippet': 'deny all;' };
  it.each<[string, Options['settings'], string]>([
    ['no ConfigMap', {}, 'served'],
    ['the default risk level', { allowSnippets: true, annotationsRiskLevel: 'High' }, 'dropped'],
    ['risk level Critical', { allowSnippets: true, annotationsRiskLevel: 'Critical' }, 'served'],
    ['risk level Critical, not allowed', { allowSnippets: false, annotationsRiskLevel: 'Critical' }, 'served'],
  ])('%s', (_, settings, expected) => {
    expect(outcome(snippet, { settings: settings ?? {} })).toBe(expected);
  });

  it('of a ConfigMap without a risk level are assumed to work', () => {
    expect(codesOf(build([given(snippet)], { settings: { allowSnippets: true } }))).toEqual(['snippets/allowed-before-risk-levels']);
  });
});

describe('what else drops an Ingress', () => {
  it('is a forbidden word', () => {
    const settings = { raw: new Map([['annotation-value-word-blocklist', 'evil,worse']]) };
    expect(codesOf(build([given({ 'rewrite-target': '/evil' })], { settings }))).toEqual(['dropped/forbidden-word']);
    expect(outcome({ 'rewrite-target': '/good' }, { settings })).toBe('served');
  });

  it('is a default backend with --disable-catch-all', () => {
    expect(codesOf(build([{ defaultBackend: 'a:80' }], { settings: { disableCatchAll: true } }))).toEqual(['dropped/catch-all']);
  });

  it.each([
    ['/etc/nginx/x', true],
    ['/a/root/x;y', true],
    ['/rooted', false],
    ['/x_by_lua', true],
  ])('is path %s: %s', (text, expected) => {
    expect(codesOf(build([{ rules: { [host]: [path(`P ${text}`)] } }])).includes('dropped/suspicious-text')).toBe(expected);
  });

  it('is a level below the annotation', () => {
    expect(outcome({ 'rewrite-target': '/x' }, { settings: { annotationsRiskLevel: 'Low' } })).toBe('dropped');
    expect(outcome({ 'server-alias': 'a.example.com' }, { settings: { annotationsRiskLevel: 'High' } })).toBe('served');
  });
});

/** Measured on a running controller 1.15.1. */
describe('values that shut the paths', () => {
  const basic = { 'auth-type': 'basic', 'auth-secret': 'users' };
  const external = { 'auth-url': 'http://auth.shop.svc/check' };
  it.each<[NonNullable<Given['annotations']>, string, Options?]>([
    [{ 'whitelist-source-range': '10.0.0.0/8, 192.168.1.1' }, 'served'],
    [{ 'whitelist-source-range': '10.98.0.1/24' }, 'served'],
    [{ 'whitelist-source-range': '10.0.0.0/33' }, '503'],
    [{ 'whitelist-source-range': '10.0.0.0/8,' }, '503'],
    [{ 'whitelist-source-range': '' }, 'served'],
    [{ 'allowlist-source-range': '' }, '503'],
    [{ 'allowlist-source-range': ' ' }, '503'],
    [{ 'allowlist-source-range': '', 'whitelist-source-range': '10.0.0.0/8' }, 'served'],
    [{ 'denylist-source-range': '' }, '503'],
    [{ 'denylist-source-range': '2001:db8::/32' }, 'served'],
    [basic, 'served'],
    [{ 'auth-secret': 'users' }, 'served'],
    [{ 'auth-type': 'basic' }, '503'],
    [{ ...basic, 'auth-secret': 'other/users' }, '503'],
    [{ ...basic, 'auth-secret': 'other/users' }, 'served', { settings: { allowCrossNamespace: true } }],
    [basic, '503', { secrets: [secret('users', ['htpasswd'])] }],
    [basic, 'served', { secrets: [secret('users', ['auth'])] }],
    [basic, 'served', { secrets: [secret('users', [])] }],
    [{ ...basic, 'auth-secret-type': 'auth-map' }, 'served', { secrets: [secret('users', ['alice'])] }],
    [external, 'served'],
    [{ 'auth-url': 'no url' }, '503'],
    [{ 'auth-url': 'https://$host/oauth2/auth' }, 'served'],
    [{ ...external, 'auth-method': 'get' }, '503'],
    [{ 'auth-method': 'get' }, 'served'],
    [{ ...external, 'auth-response-headers': 'X-User, X Mail' }, '503'],
    [{ ...external, 'auth-cache-duration': '200 10m, 401' }, '503'],
    [{ ...external, 'auth-cache-duration': '200 10m;', 'auth-response-headers': 'X Mail' }, 'served'],
    [{ ...external, 'auth-proxy-set-headers': 'headers' }, '503'],
    [{ ...external, 'auth-proxy-set-headers': 'shop/headers' }, 'served'],
    [{ 'proxy-ssl-secret': 'ca' }, '503'],
    [{ 'custom-headers': 'headers' }, '503'],
    [{ 'custom-headers': 'shop/headers' }, 'served'],
    [{ 'custom-headers': 'shop/headers' }, '503', { configMaps: [configMap('headers', { 'bad name': 'x' })] }],
    [{ 'fastcgi-params-configmap': 'a/b/c' }, '503'],
  ])('%j: %s', (annotations, expected, options = {}) => {
    expect(outcome(annotations, options)).toBe(expected);
  });

  it('shut the automatic / too', () => {
    expect(serverOf(build([given({ 'auth-type': 'basic' })]), host).locations.map(({ path: text, denied }) => [text, denied?.status])).toEqual([
      ['/foo', 503],
      ['/', 503],
    ]);
  });

  it('leave the paths of other Ingresses open', () => {
    const configuration = build([given({ 'auth-type': 'basic' }, { name: 'a', created: 2 }), { name: 'b', created: 1, rules: { [host]: [path('P /b')] } }]);
    expect(serverOf(configuration, host).locations.map(({ denied }) => denied?.status)).toEqual([503, undefined, undefined]);
  });

  it('shut the whole host for a certificate authority that cannot be read', () => {
    const configuration = build([given({ 'auth-tls-secret': 'ca' }, { name: 'a', created: 2 }), { name: 'b', created: 1, rules: { [host]: [path('P /b')] } }]);
    expect(serverOf(configuration, host).locations.map(({ denied }) => denied?.status)).toEqual([403, 403, 403]);
    expect(codesOf(configuration)).toEqual(['denied/client-certificate']);
    expect(outcome({ 'auth-tls-secret': 'shop/ca' })).toBe('served');
    expect(outcome({ 'auth-tls-secret': 'shop/ca' }, { secrets: [secret('ca', ['tls.crt', 'tls.key'])] })).toBe('served');
    expect(outcome({ 'auth-tls-secret': 'shop/ca' }, { secrets: [secret('ca', ['other'])] })).toBe('403');
  });
});
