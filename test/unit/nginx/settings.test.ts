import { describe, expect, it } from 'vitest';
import { controllerFlags, defaultSettings, readSettings } from '../../../src/nginx/settings-read.ts';
import { configMap } from './given.ts';

const read = (data: Readonly<Record<string, string>>) => {
  const { value, findings } = readSettings(configMap('ingress-nginx-controller', data), {});
  return { value, codes: findings.map(({ code, args }) => [code, args['key'] ?? ''].join(' ').trim()) };
};

describe('the ConfigMap', () => {
  // The documented defaults: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
  it('says nothing new with the documented defaults', () => {
    const documented = `allow-cross-namespace-resources: false; ssl-redirect: true; force-ssl-redirect: false; preserve-trailing-slash: false; http-redirect-code: 308; hsts: true; hsts-max-age: 31536000;
      hsts-include-subdomains: true; hsts-preload: false; proxy-body-size: 1m; proxy-connect-timeout: 5; proxy-read-timeout: 60; proxy-send-timeout: 60; proxy-next-upstream: error timeout; proxy-next-upstream-tries: 3;
      proxy-next-upstream-timeout: 0; whitelist-source-range: ; denylist-source-range: ; block-cidrs: ; block-user-agents: ; block-referers: ; global-auth-url: ; limit-req-status-code: 503; limit-conn-status-code: 503;
      service-upstream: false; use-forwarded-headers: false; use-proxy-protocol: false; ssl-reject-handshake: false; no-tls-redirect-locations: /.well-known/acme-challenge; no-auth-locations: /.well-known/acme-challenge;
      global-allowed-response-headers: ; allow-snippet-annotations: false; annotations-risk-level: High`;
    const data = Object.fromEntries(documented.split(/;\s+/).map((line) => line.split(': ')).map(([key = '', value = '']) => [key.replace(':', ''), value]));
    const { value, findings } = readSettings(configMap('c', data), {});
    expect(findings).toEqual([]);
    // Without a ConfigMap nobody knows whether snippets work.
    expect({ ...value, configMap: undefined, raw: new Map(), allowSnippets: undefined, annotationsRiskLevel: undefined }).toEqual(defaultSettings);
    expect(value).toMatchObject({ allowSnippets: false, annotationsRiskLevel: 'High' });
  });

  it('gives nothing but defaults when there is none', () => {
    expect(readSettings(undefined, {})).toEqual({ value: defaultSettings, findings: [] });
  });

  it('is read key by key', () => {
    const { value, codes } = read({
      'ssl-redirect': 'false',
      'http-redirect-code': '301',
      hsts: 'F',
      'hsts-max-age': '60',
      'proxy-body-size': '8m',
      'proxy-read-timeout': '120',
      'whitelist-source-range': '10.0.0.0/8, 192.168.0.0/16',
      'global-allowed-response-headers': 'X-A,bad name,X-B',
      'allow-snippet-annotations': 'true',
      'annotations-risk-level': 'critical',
    });
    expect(codes).toEqual([]);
    expect(value).toMatchObject({
      sslRedirect: false,
      httpRedirectCode: 301,
      hsts: { enabled: false, maxAgeSeconds: 60, includeSubDomains: true, preload: false },
      proxyBodySize: '8m',
      proxyReadTimeoutSeconds: 120,
      allowListSourceRange: ['10.0.0.0/8', '192.168.0.0/16'],
      globalAllowedResponseHeaders: ['X-A', 'X-B'],
      allowSnippets: true,
      annotationsRiskLevel: 'Critical',
    });
  });

  it.each([
    ['ssl-redirect', 'maybe'],
    ['http-redirect-code', '418'],
    ['proxy-read-timeout', '60s'],
    ['global-auth-url', 'nowhere'],
  ])('keeps the default of %s for %s and says so', (key, value) => {
    const result = read({ [key]: value });
    expect(result.codes).toEqual([`controller/unusable-value ${key}`]);
    expect({ ...result.value, configMap: undefined, raw: new Map(), allowSnippets: undefined, annotationsRiskLevel: undefined }).toEqual(defaultSettings);
  });

  it.each<[Readonly<Record<string, string>>, boolean, string | undefined]>([
    [{}, false, 'High'],
    [{ 'allow-snippet-annotations': 'true' }, true, undefined],
    [{ 'annotations-risk-level': 'nonsense' }, false, 'Low'],
  ])('%j allows snippets: %s, level %s', (data, allowSnippets, annotationsRiskLevel) => {
    expect(read(data).value).toMatchObject({ allowSnippets, annotationsRiskLevel });
  });

  it('takes the networks of a list, and keeps an allow list shut that holds none', () => {
    const { value, codes } = read({ 'block-cidrs': '10.1.2.3/8, all, 300.1.1.1', 'denylist-source-range': 'nonsense', 'whitelist-source-range': '10.0.0.1/33' });
    expect(value).toMatchObject({ blockCidrs: ['10.0.0.0/8', '0.0.0.0/0', '::/0'], denyListSourceRange: [], allowListSourceRange: ['255.255.255.255/32'] });
    expect(codes.sort()).toEqual(['block-cidrs', 'denylist-source-range', 'whitelist-source-range'].map((key) => `controller/not-a-network ${key}`));
    expect(read({ 'whitelist-source-range': '' })).toMatchObject({ value: { allowListSourceRange: [] }, codes: [] });
  });

  it('keeps what the flags say', () => {
    expect(readSettings(configMap('c', {}), { watchNamespace: 'shop' }).value).toMatchObject({ watchNamespace: 'shop', sslRedirect: true, configMap: { ref: { name: 'c' } } });
    expect(readSettings(undefined, { watchNamespace: 'shop' }).value).toEqual({ ...defaultSettings, watchNamespace: 'shop' });
  });

  it('reports timeouts of no time, an empty text among them', () => {
    expect(read({ 'proxy-read-timeout': '', 'proxy-connect-timeout': '0', 'proxy-send-timeout': '1' })).toMatchObject({
      value: { proxyReadTimeoutSeconds: 0, proxyConnectTimeoutSeconds: 0 },
      codes: ['controller/zero-timeout proxy-connect-timeout', 'controller/zero-timeout proxy-read-timeout'],
    });
  });

  it('reports negative numbers, which nginx does not load', () => {
    expect(read({ 'proxy-send-timeout': '-1', 'proxy-next-upstream-tries': '-2', 'proxy-connect-timeout': '1' })).toMatchObject({
      value: { proxySendTimeoutSeconds: 60, proxyNextUpstreamTries: 3, proxyConnectTimeoutSeconds: 1 },
      codes: ['controller/negative-breaks-nginx proxy-send-timeout', 'controller/negative-breaks-nginx proxy-next-upstream-tries'],
    });
  });

  // mapstructure reads an empty text as false and as 0.
  it.each<[Readonly<Record<string, string>>, object]>([
    [{ hsts: '' }, { hsts: { ...defaultSettings.hsts, enabled: false } }],
    [{ 'ssl-redirect': '' }, { sslRedirect: false }],
    [{ 'proxy-body-size': '' }, { proxyBodySize: '' }],
    [{ 'global-auth-url': '' }, { globalAuthUrl: '' }],
    [{ 'global-auth-url': 'http://auth.shop.svc/' }, { globalAuthUrl: 'http://auth.shop.svc/' }],
    [{ 'no-auth-locations': '' }, { noAuthLocations: [] }],
    [{ 'annotations-risk-level': 'MEDIUM' }, { annotationsRiskLevel: 'Medium' }],
    [{ 'allow-snippet-annotations': 'true', 'annotations-risk-level': 'Critical' }, { annotationsRiskLevel: 'Critical' }],
    ...[301, 302, 307, 308].map((code): [Readonly<Record<string, string>>, object] => [{ 'http-redirect-code': String(code) }, { httpRedirectCode: code }]),
  ])('%j is read', (data, expected) => {
    const { value, codes } = read(data);
    expect([value, codes]).toEqual([{ ...value, ...expected }, []]);
  });

  it('says of a bad value what is in force', () => {
    const { findings } = readSettings(configMap('c', { 'proxy-read-timeout': 'x', 'block-cidrs': 'a, 10.0.0.0/8, b', 'denylist-source-range': 'x', 'whitelist-source-range': 'y', 'global-auth-url': 'nowhere' }), {});
    expect(findings.map(({ code, args, object, origin }) => [code, args, object?.name, origin?.path.slice(-2)])).toEqual([
      ['controller/unusable-value', { key: 'proxy-read-timeout', default: 'the default (60)' }, 'c', ['data', 'proxy-read-timeout']],
      ['controller/not-a-network', { key: 'whitelist-source-range', entries: 'y', rest: 'nobody is let in' }, 'c', ['data', 'whitelist-source-range']],
      ['controller/not-a-network', { key: 'denylist-source-range', entries: 'x', rest: 'nothing is taken' }, 'c', ['data', 'denylist-source-range']],
      ['controller/not-a-network', { key: 'block-cidrs', entries: 'a, b', rest: 'the other entries are taken' }, 'c', ['data', 'block-cidrs']],
      ['controller/unusable-value', { key: 'global-auth-url', default: 'the default (none)' }, 'c', ['data', 'global-auth-url']],
    ]);
  });

  // Measured: "invalid number of the map parameters", and "invalid parameter" of proxy_redirect in the server for unknown hosts.
  it.each<[Readonly<Record<string, string>>, readonly (readonly [string, Readonly<Record<string, string>>])[]]>([
    [{ 'block-user-agents': 'Bad Bot,"Evil Bot",\'It Bot\',~*spam' }, [['controller/block-list-breaks-nginx', { key: 'block-user-agents', entry: '"Bad Bot"' }]]],
    [{ 'block-referers': 'a b, "c d' }, [['controller/block-list-breaks-nginx', { key: 'block-referers', entry: '"a b"' }], ['controller/block-list-breaks-nginx', { key: 'block-referers', entry: '"\\"c d"' }]]],
    [{ 'proxy-redirect-from': 'http://a/' }, [['controller/redirect-breaks-nginx', { value: '"http://a/"' }]]],
    [{ 'proxy-redirect-from': 'off' }, []],
    [{ 'proxy-redirect-from': 'default' }, []],
  ])('says of %j what nginx refuses', (data, expected) => {
    expect(readSettings(configMap('c', data), {}).findings.map(({ code, args }) => [code, args])).toEqual(expected);
  });

  it('says which keys go nowhere', () => {
    expect(read({ 'proxy-buffering': 'on', 'block-cidrs': '10.0.0.1', 'main-snippet': 'env A;', 'enable-modsecurity': 'false', 'worker-processes': '4' }).codes).toEqual([
      'controller/main-snippet',
      'controller/proxy-buffering',
    ]);
  });
});

describe('the flags', () => {
  it.each<[string, object]>([
    ['', {}],
    ['--ingress-class=internal --v=2', { sslPassthrough: false, ingressClassAnnotation: 'internal' }],
    ['- --controller-class=example.com/nginx\n- --watch-ingress-without-class=true\n', { sslPassthrough: false, controllerClass: 'example.com/nginx', watchWithoutClass: true }],
    ['--enable-ssl-passthrough --disable-catch-all', { sslPassthrough: true, disableCatchAll: true }],
    ['--annotations-prefix "example.com"', { sslPassthrough: false, annotationsPrefix: 'example.com' }],
    ['--default-ssl-certificate=ingress/wild-tls', { sslPassthrough: false, defaultSslCertificate: { namespace: 'ingress', name: 'wild-tls' } }],
    ['/nginx-ingress-controller --default-backend-service ingress/errors', { sslPassthrough: false, defaultBackendService: { namespace: 'ingress', name: 'errors' } }],
  ])('%j', (args, expected) => {
    expect(controllerFlags(args)).toEqual({ value: expected, findings: [] });
  });

  // Source: https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/
  it.each<[string, object]>([
    ['--configmap=ingress/settings', { configMapName: { namespace: 'ingress', name: 'settings' } }],
    ['--tcp-services-configmap=ingress/tcp.services', { tcpServices: { namespace: 'ingress', name: 'tcp.services' } }],
    ['--udp-services-configmap=ingress/udp', { udpServices: { namespace: 'ingress', name: 'udp' } }],
    ['--watch-namespace=shop', { watchNamespace: 'shop' }],
    ['--ingress-class-by-name', { classByName: true }],
    ['--ingress-class-by-name=false', { classByName: false }],
    ['--watch-namespace shop --v=2', { watchNamespace: 'shop' }],
    ['-watch-namespace=shop', { watchNamespace: 'shop' }],
    ["--annotations-prefix='example.com'", { annotationsPrefix: 'example.com' }],
    ['--ingress-class=a=b', { ingressClassAnnotation: 'a=b' }],
    ['\\ --publish-service=ingress/x', {}],
    ['--disable-svc-external-name=false', {}],
    ['x--watch-namespace=shop --Watch-namespace=shop', {}],
    ['--watch-namespace.x shop', {}],
    ['--ingress-class=x"y"', { ingressClassAnnotation: 'x"y"' }],
    ['--ingress-class="y"x', { ingressClassAnnotation: '"y"x' }],
    ['--watch-ingress-without-class --disable-catch-all', { watchWithoutClass: true, disableCatchAll: true }],
    ['--watch-ingress-without-class false  --disable-catch-all  0', { watchWithoutClass: true, disableCatchAll: true }],
    ['--enable-ssl-passthrough=false --ingress-class-by-name x', { sslPassthrough: false, classByName: true }],
  ])('%j', (args, expected) => {
    expect(controllerFlags(args)).toEqual({ value: { sslPassthrough: false, ...expected }, findings: [] });
  });

  it('are known to be none at all', () => {
    expect(['', [], ['-'], ['\\']].map((args) => controllerFlags(args).value)).toEqual(Array.from({ length: 4 }, () => ({})));
  });

  it('may be words, and stand before another flag', () => {
    expect(controllerFlags(['--ingress-class', 'internal', '--watch-namespace', '--v=2'])).toMatchObject({
      value: { sslPassthrough: false, ingressClassAnnotation: 'internal' },
      findings: [{ code: 'controller/unusable-flag', args: { flag: '--watch-namespace', form: 'A namespace' } }],
    });
  });

  it.each([
    ['--ingress-class=', 'A name'],
    ['--controller-class=', 'A name'],
    ['--annotations-prefix=', 'A prefix'],
    ['--watch-namespace=', 'A namespace'],
    ['--watch-ingress-without-class=maybe', 'true or false'],
    ['--disable-catch-all=maybe', 'true or false'],
    ['--enable-ssl-passthrough=maybe', 'true or false'],
    ['--ingress-class-by-name=maybe', 'true or false'],
    ['--default-ssl-certificate=name', 'namespace/name'],
    ['--default-backend-service=a/b/c', 'namespace/name'],
    ['--configmap=/name', 'namespace/name'],
    ['--tcp-services-configmap=a/', 'namespace/name'],
    ['--udp-services-configmap=A/B', 'namespace/name'],
  ])('%s is no %s', (args, form) => {
    const { value, findings } = controllerFlags(args);
    expect([value, findings.map((finding) => [finding.code, finding.args])]).toEqual([{ sslPassthrough: false }, [['controller/unusable-flag', { flag: args.slice(0, args.indexOf('=')), form }]]]);
  });

  it.each([
    ['--watch-namespace-selector=team=a', 'serves only namespaces with these labels'],
    ['--disable-svc-external-name', 'refuses Services of type ExternalName'],
    ['--enable-annotation-validation=false', 'takes values that later releases refuse, and serves Ingresses that are left out here'],
  ])('%s is lost', (args, effect) => {
    const { findings } = controllerFlags(args);
    expect(findings.map(({ code, args: said }) => [code, said['flag'], said['effect'], said['todo'] === ''])).toEqual([['controller/flag-lost', args.split('=')[0], effect, false]]);
  });

  it.each(['--watch-ingress-without-class=maybe', '--default-ssl-certificate=wild-tls', '--ingress-class'])('%s is told', (args) => {
    expect(controllerFlags(args).findings.map(({ code }) => code)).toEqual(['controller/unusable-flag']);
  });
});
