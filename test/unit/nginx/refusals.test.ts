import { describe, expect, it } from 'vitest';
import { annotationTable, isAnnotationName } from '../../../src/nginx/annotation-table.ts';
import { build, codesOf, configMap, path, secret, serverOf, toldOf, type Given, type Options } from './given.ts';

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
    expect(isAnnotationName(name) && annotationTable[name].invalid).toBe('drop');
  });

  // The controller's validators (parser/validators.go) take these.
  it.each([
    ['server-alias', 'a.example.com, *.b.example.com, ~^c[0-9]+$'],
    ['upstream-vhost', '$service_name.$namespace.svc'],
    ['x-forwarded-prefix', '/$1'],
    ['client-body-buffer-size', '16K'],
    ['client-body-buffer-size', '1024'],
    ['connection-proxy-header', 'close'],
    ['custom-http-errors', '404,503'],
    ['default-backend', 'errors'],
    ['load-balance', ' ewma '],
    ...['round_robin', 'chash', 'chashsubset', 'sticky_balanced', 'sticky_persistent'].map((name): [string, string] => ['load-balance', name]),
    ['upstream-vhost', ' a.test '],
    ['limit-rps', '-1'],
    ['limit-whitelist', '10.0.0.0/8'],
    ['permanent-redirect', 'https://example.com/a,b?c=d&e=f'],
    ['ssl-ciphers', 'ECDHE+AESGCM:!aNULL:@STRENGTH:@SECLEVEL=2'],
    ['upstream-hash-by', '${request_uri}-$host'],
    ['opentelemetry-operation-name', 'a;b'],
  ])('are not %s: %s', (name, value) => {
    expect(outcome({ [name]: value })).toBe('served');
  });

  it.each<[NonNullable<Given['annotations']>, string]>([
    [{ 'auth-realm': 'a"b' }, 'served'],
    [{ 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'a"b' }, 'dropped'],
    [{ 'temporal-redirect': 'https://x', 'permanent-redirect': 'https://x$request_uri' }, 'served'],
    [{ 'temporal-redirect-code': 'abc' }, 'served'],
    [{ 'temporal-redirect': 'https://x', 'temporal-redirect-code': 'abc' }, 'dropped'],
    [{ 'temporal-redirect': 'https://x', 'permanent-redirect-code': 'abc' }, 'served'],
    [{ 'auth-secret-type': 'weird' }, 'served'],
    [{ 'auth-type': 'basic', 'auth-secret': 'users', 'auth-secret-type': 'weird' }, 'dropped'],
    [{ 'auth-type': 'basic', 'auth-secret': 'users', 'auth-secret-type': 'auth-map' }, 'served'],
    [{ 'auth-type': 'basic', 'auth-realm': 'a"b' }, '503'],
    [{ 'auth-tls-error-page': 'a;b' }, 'served'],
    [{ 'auth-tls-secret': 'shop/ca', 'auth-tls-error-page': 'a;b' }, 'dropped'],
    [{ 'auth-tls-secret': 'shop/ca', 'auth-tls-error-page': 'https://example.com/denied' }, 'served'],
    [{ 'auth-tls-secret': 'shop/ca', 'auth-tls-pass-certificate-to-upstream': 'yes' }, 'dropped'],
    [{ 'auth-tls-secret': 'ca', 'auth-tls-match-cn': 'nobody' }, '403'],
    [{ 'auth-tls-secret': 'shop/', 'auth-tls-match-cn': 'nobody' }, '403'],
    [{ 'auth-tls-secret': 'a/b/c', 'auth-tls-match-cn': 'nobody' }, '403'],
    [{ 'auth-tls-secret': 'shop/ca', 'auth-tls-match-cn': 'CN=(' }, 'dropped'],
    [{ 'auth-tls-secret': 'shop/ca', 'auth-tls-match-cn': 'CN=(?i)shop' }, 'served'],
    [{ 'auth-tls-secret': 'shop/ca', 'auth-tls-match-cn': 'x CN=.*' }, 'dropped'],
    [{ 'enable-opentelemetry': 'true', 'opentelemetry-operation-name': 'a;b' }, 'dropped'],
    [{ 'enable-opentelemetry': 'true', 'opentelemetry-operation-name': 'shop_1' }, 'served'],
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
      expect(isAnnotationName(name) && annotationTable[name].invalid).toBe('default');
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

describe('an Ingress that is dropped', () => {
  const key = (name: string): string => `nginx.ingress.kubernetes.io/${name}`;
  const blocked = { settings: { raw: new Map([['annotation-value-word-blocklist', ' evil,worse ']]) } };
  const ingress = 'shop/web';
  // syncIngress of the controller looks for words, then for levels, then for values.
  it.each<[string, Given, Options, string, string, Readonly<Record<string, string>>]>([
    ['a value', given({ 'limit-rps': 'abc' }), {}, `invalid value of ${key('limit-rps')}`, 'dropped/invalid-annotation', { ingress, annotation: key('limit-rps') }],
    ['a word, in whatever annotation', given({ 'limit-rps': 'worse', 'use-regex': 'so evil' }), blocked, `${key('limit-rps')} holds a forbidden word`, 'dropped/forbidden-word', { ingress, annotation: key('limit-rps') }],
    ['a level', given({ 'limit-rps': 'x', 'server-snippet': ';' }), { settings: { annotationsRiskLevel: 'High' } }, `${key('server-snippet')} is above annotations-risk-level High`, 'dropped/risk-level', { ingress, annotation: key('server-snippet'), level: 'High' }],
    ['a default backend', { defaultBackend: 'a:80' }, { settings: { disableCatchAll: true } }, 'default backend with --disable-catch-all', 'dropped/catch-all', { ingress }],
    ['a path', { rules: { [host]: [path('P /ok'), path('P /etc/nginx')] } }, {}, 'suspicious text in path /etc/nginx', 'dropped/suspicious-text', { ingress, where: 'path /etc/nginx' }],
    ['a host', { rules: { 'root;': [path('P /')] } }, {}, 'suspicious text in host root;', 'dropped/suspicious-text', { ingress, where: 'host root;' }],
    ['a Secret', { rules: { [host]: [] }, tls: [{ hosts: [], secret: 'x_by_lua' }] }, {}, 'suspicious text in secretName x_by_lua', 'dropped/suspicious-text', { ingress, where: 'secretName x_by_lua' }],
    ['a host of tls', { rules: { [host]: [] }, tls: [{ hosts: [host, '/var/run/secrets'] }] }, {}, 'suspicious text in tls host /var/run/secrets', 'dropped/suspicious-text', { ingress, where: 'tls host /var/run/secrets' }],
  ])('for %s says why', (_, dropped, options, reason, code, args) => {
    const configuration = build([dropped], options);
    expect(configuration.left.map((left) => [left.status, left.reason])).toEqual([['refused', reason]]);
    expect(toldOf(configuration)).toEqual([[code, 'Ingress shop/web', args]]);
  });

  it('loses the protection that is told', () => {
    const configuration = build([given({ 'auth-type': 'basic', 'limit-rps': 'abc' }), { name: 'other', rules: { [host]: [path('P /')] } }]);
    expect(toldOf(configuration)[1]).toEqual(['dropped/protection', 'Ingress shop/web', { ingress, host, annotation: key('auth-type') }]);
  });

  it.each(['auth-type: basic', 'auth-url: http://auth.shop.svc/', 'auth-tls-secret: shop/ca', 'allowlist-source-range: 10.0.0.0/8', 'whitelist-source-range: 10.0.0.0/8', 'denylist-source-range: 10.0.0.0/8', 'limit-rps: 1', 'limit-rpm: 1', 'limit-connections: 1', 'enable-modsecurity: true'])(
    'loses %s',
    (text) => {
      const [name = '', value = ''] = text.split(': ');
      const unknownHosts: Given = { rules: { '': [path('P /foo')] }, annotations: { [name]: value, 'upstream-vhost': 'a b' } };
      const told = (others: readonly Given[]) => toldOf(build([unknownHosts, ...others])).filter(([code]) => code === 'dropped/protection').map(([, , args]) => args);
      expect(told([{ name: 'other', rules: { '': [path('P /')] } }])).toEqual([{ ingress, host: 'unknown hosts', annotation: key(name) }]);
      expect(told([{ name: 'other', rules: { [host]: [path('P /')] } }])).toEqual([]);
    },
  );

  it('of another class loses nothing', () => {
    const other: Given = { name: 'other', rules: { [host]: [path('P /')] } };
    expect(codesOf(build([given({ 'auth-type': 'basic' }, { className: 'traefik' }), other]))).toEqual([]);
  });

  it('is not dropped for annotations of others', () => {
    expect(outcome({ 'example.com/limit-rps': 'abc', 'kubernetes.io/limit-rps': 'abc' })).toBe('served');
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
    const told = (annotations: NonNullable<Given['annotations']>, settings: NonNullable<Options['settings']>) =>
      build([given(annotations), given(annotations, { name: 'second', rules: {} })], { settings }).findings.map(({ code, annotation }) => [code, annotation]);
    for (const name of ['configuration-snippet', 'server-snippet', 'stream-snippet', 'auth-snippet', 'modsecurity-snippet']) {
      expect(told({ [name]: 'deny all;' }, { allowSnippets: true })).toEqual([['snippets/allowed-before-risk-levels', `nginx.ingress.kubernetes.io/${name}`]]);
    }
    expect([told({}, { allowSnippets: true }), told(snippet, {}), told(snippet, { allowSnippets: true, annotationsRiskLevel: 'Critical' })]).toEqual([[], [], []]);
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
    expect(outcome({}, { settings: { disableCatchAll: true } })).toBe('served');
  });

  it.each([
    ['/etc/nginx/x', true],
    ['/a/root/x;y', true],
    ['/rooted', false],
    ['/root;', true],
    ['/alias/x;', true],
    ['/;root', false],
    ['/etc/passwd', true],
    ['/etc/group', true],
    ['/etc/shadow', true],
    ['/etc/ingress-controller', true],
    ['/etc/other', false],
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

  // Section 6 of nginx-measured, and authreq/main.go for the rest.
  it.each<[NonNullable<Given['annotations']>, string, string, Options?]>([
    [{ 'whitelist-source-range': 'x' }, 'whitelist-source-range', 'is no list of addresses and networks'],
    [{ 'allowlist-source-range': 'x', 'whitelist-source-range': '10.0.0.0/8' }, 'allowlist-source-range', 'is no list of addresses and networks'],
    [{ 'allowlist-source-range': '', 'whitelist-source-range': 'x' }, 'whitelist-source-range', 'is no list of addresses and networks'],
    [{ 'denylist-source-range': 'x' }, 'denylist-source-range', 'is no list of addresses and networks'],
    [{ 'auth-type': 'basic' }, 'auth-type', 'needs auth-secret, which is missing'],
    [{ ...basic, 'auth-secret': 'a;b' }, 'auth-secret', 'is not of the form namespace/name'],
    [{ ...basic, 'auth-secret': 'a/b/c' }, 'auth-secret', 'is not of the form namespace/name'],
    [{ ...basic, 'auth-secret': 'shop/' }, 'auth-secret', 'is not of the form namespace/name'],
    [{ ...basic, 'auth-secret': 'other/users' }, 'auth-secret', 'names another namespace, which the controller forbids unless its ConfigMap says allow-cross-namespace-resources: true'],
    [basic, 'auth-secret', 'names a Secret without the key auth', { secrets: [secret('users', ['htpasswd'])] }],
    [{ ...basic, 'auth-secret': 'shop/users' }, 'auth-secret', 'names a Secret without the key auth', { secrets: [secret('users', ['htpasswd'])] }],
    [{ 'auth-url': 'no url' }, 'auth-url', 'is no URL'],
    [{ ...external, 'auth-method': 'get' }, 'auth-method', 'is no HTTP method'],
    [{ ...external, 'auth-cache-duration': '200' }, 'auth-cache-duration', 'is no list of status codes and durations'],
    [{ ...external, 'auth-cache-duration': '10m 200' }, 'auth-cache-duration', 'is no list of status codes and durations'],
    [{ ...external, 'auth-response-headers': 'X;User' }, 'auth-response-headers', 'is no list of header names'],
    [{ ...external, 'auth-proxy-set-headers': 'headers' }, 'auth-proxy-set-headers', 'is not of the form namespace/name'],
    [{ ...external, 'auth-proxy-set-headers': 'shop/headers' }, 'auth-proxy-set-headers', 'names a ConfigMap with a key that is no header name', { configMaps: [configMap('headers', { 'X-Ok': '', 'bad name': '' })] }],
    [{ ...basic, 'auth-secret-type': 'my-auth-file' }, 'auth-secret-type', 'is neither auth-file nor auth-map'],
    [{ ...external, 'auth-cache-duration': 'x10m' }, 'auth-cache-duration', 'is no list of status codes and durations'],
    [{ ...external, 'auth-cache-duration': '10mx' }, 'auth-cache-duration', 'is no list of status codes and durations'],
    [{ 'custom-headers': 'shop/headers' }, 'custom-headers', 'names a ConfigMap with an unusable header', { configMaps: [configMap('headers', { 'X-A': 'éa' })] }],
    [{ 'custom-headers': 'shop/headers' }, 'custom-headers', 'names a ConfigMap with an unusable header', { configMaps: [configMap('headers', { 'X-A': 'aé' })] }],
    [
      { 'custom-headers': 'shop/headers' },
      'custom-headers',
      'sets a header that global-allowed-response-headers of the controller does not list',
      { settings: { configMap: configMap('controller', {}), globalAllowedResponseHeaders: ['X-B'] }, configMaps: [configMap('headers', { 'X-A': 'a' })] },
    ],
    [{ 'proxy-ssl-secret': 'ca' }, 'proxy-ssl-secret', 'is not of the form namespace/name'],
    [{ 'custom-headers': 'headers' }, 'custom-headers', 'is not of the form namespace/name'],
    [{ 'custom-headers': 'a/b/c' }, 'custom-headers', 'is not of the form namespace/name'],
    [{ 'custom-headers': 'shop/headers' }, 'custom-headers', 'names a ConfigMap with an unusable header', { configMaps: [configMap('headers', { 'bad name': 'x' })] }],
    [{ 'custom-headers': 'shop/headers' }, 'custom-headers', 'names a ConfigMap with an unusable header', { configMaps: [configMap('headers', { 'X-A': 'é' })] }],
    [{ 'fastcgi-params-configmap': 'a/b/c' }, 'fastcgi-params-configmap', 'is not of the form namespace/name'],
  ])('%j: %s %s', (annotations, name, problem, options = {}) => {
    const annotation = `nginx.ingress.kubernetes.io/${name}`;
    const configuration = build([given(annotations)], options);
    // No ConfigMap is given, and it could allow other namespaces.
    const assumed = problem.startsWith('names another namespace') ? [['denied/other-namespace-assumed', 'Ingress shop/web', { annotation }]] : [];
    expect(toldOf(configuration)).toEqual([['denied/annotation', 'Ingress shop/web', { ingress: 'shop/web', annotation, problem }], ...assumed]);
    expect(configuration.findings[0]?.annotation).toBe(annotation);
    expect(serverOf(configuration, host).locations[0]?.denied).toEqual({ status: 503, finding: configuration.findings[0] });
  });

  const listed = (header: string): Options => ({
    settings: { configMap: configMap('controller', {}), globalAllowedResponseHeaders: [header] },
    configMaps: [configMap('headers', { 'X-A': 'a "b" $c' })],
  });
  it.each<[NonNullable<Given['annotations']>, string, Options?]>([
    [{ 'custom-headers': 'shop/headers' }, 'served', listed('X-A')],
    [{ 'custom-headers': 'shop/headers' }, '503', listed('X-B')],
    [{ 'custom-headers': 'shop/headers' }, 'served', { configMaps: [configMap('headers', { 'X-A': 'x' })] }],
    [{ 'custom-headers': 'no such;value' }, 'served'],
    [{ 'auth-proxy-set-headers': 'headers' }, 'served'],
    [{ ...external, 'auth-proxy-set-headers': 'no such;value' }, 'served'],
    [{ ...external, 'auth-proxy-set-headers': 'shop/headers' }, 'served', { configMaps: [configMap('headers', { 'X-Ok': '' })] }],
    [{ ...external, 'auth-method': 'POST' }, 'served'],
    [{ ...external, 'auth-cache-duration': '200 202 401 5m, 403 10ms' }, 'served'],
    [{ ...external, 'auth-cache-duration': '10m 2000' }, 'served'],
    [{ ...external, 'auth-cache-duration': '10m 200x' }, 'served'],
    [{ ...external, 'auth-response-headers': 'X-User, X-Mail' }, 'served'],
    [{ 'proxy-ssl-secret': 'shop/ca' }, 'served'],
    [{ 'proxy-ssl-secret': 'other/ca' }, '503'],
    [{ 'fastcgi-params-configmap': 'shop/params' }, 'served'],
    [{ ...basic, 'auth-secret-type': 'auth-file' }, 'served'],
    [{ ...basic, 'auth-secret': 'other/users' }, 'served', { settings: { allowCrossNamespace: true }, secrets: [secret('users', ['htpasswd'])] }],
    [{ canary: 'true', 'auth-type': 'basic' }, 'none'],
  ])('%j is %s', (annotations, expected, options = {}) => {
    const { servers } = build([given(annotations)], options);
    expect(servers.length === 0 ? 'none' : outcome(annotations, options)).toBe(expected);
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
    const annotation = 'nginx.ingress.kubernetes.io/auth-tls-secret';
    expect(toldOf(configuration)).toEqual([['denied/client-certificate', 'Ingress shop/a', { host, annotation, problem: 'is not of the form namespace/name' }]]);
    expect(serverOf(configuration, host).locations[0]?.denied?.finding).toBe(configuration.findings[0]);
    expect(outcome({ 'auth-tls-secret': 'shop/ca' })).toBe('served');
    expect(outcome({ 'auth-tls-secret': 'shop/ca' }, { secrets: [secret('ca', ['tls.crt', 'tls.key'])] })).toBe('served');
    expect(outcome({ 'auth-tls-secret': 'shop/ca' }, { secrets: [secret('ca', ['ca.crt'])] })).toBe('served');
    expect(outcome({ 'auth-tls-secret': 'shop/ca' }, { secrets: [secret('ca', [])] })).toBe('served');
    for (const keys of [['other'], ['tls.crt'], ['tls.key']]) expect(outcome({ 'auth-tls-secret': 'shop/ca' }, { secrets: [secret('ca', keys)] })).toBe('403');
    const broken = build([given({ 'auth-tls-secret': 'shop/ca' })], { secrets: [secret('ca', ['other'])] });
    expect(toldOf(broken)[0]?.[2]).toEqual({ host, annotation, problem: 'names a Secret without ca.crt' });
  });

  it('compares a name that no client shows when nginx asks for no certificate, as long as no other Ingress of the host decides', () => {
    const secrets = [secret('cert', ['tls.crt', 'tls.key']), secret('ca', ['ca.crt'])];
    const named = given({ 'auth-tls-secret': 'shop/cert', 'auth-tls-match-cn': 'CN=a' }, { name: 'named', created: 1 });
    const beside = (annotations: NonNullable<Given['annotations']>): Given => ({ name: 'beside', created: 2, rules: { [host]: [path('P /b')] }, annotations });
    const codes = (...givens: readonly Given[]): readonly string[] => codesOf(build(givens, { secrets })).filter((code) => code.startsWith('denied/'));
    expect(codes(named)).toEqual(['denied/certificate-name']);
    expect(codes(named, beside({}))).toEqual([]);
    expect(codes(named, beside({ 'auth-tls-secret': 'shop/ca' }))).toEqual([]);
    expect(codes({ ...named, annotations: { 'auth-tls-secret': 'shop/ca', 'auth-tls-verify-client': 'off', 'auth-tls-match-cn': 'CN=a' } }, beside({}))).toEqual(['denied/certificate-name']);
  });

  it('shut a host once, by the first Ingress, and not one without paths', () => {
    const both = build([given({ 'auth-tls-secret': 'b' }, { name: 'b', created: 2 }), given({ 'auth-tls-secret': 'a' }, { name: 'a', created: 1, rules: { [host]: [path('P /a')] } })]);
    expect(toldOf(both).map(([code, object]) => [code, object])).toEqual([['denied/client-certificate', 'Ingress shop/a']]);
    expect(outcome({ 'auth-tls-secret': 'a' })).toBe('403');
    expect(serverOf(build([given({ 'auth-tls-secret': 'a' }, { rules: { [host]: [] } })]), host).locations.map(({ denied }) => denied)).toEqual([undefined]);
  });

  it('shut unknown hosts for a canary of a host that nobody else serves', () => {
    const configuration = build([given({ canary: 'true', 'auth-tls-secret': 'ca' })]);
    expect(configuration.servers.map((server) => [server.host, server.locations.map(({ denied }) => denied?.status)])).toEqual([['_', [403]]]);
    expect(configuration.findings.map(({ args }) => args['host'])).toContain('unknown hosts');
  });
});
