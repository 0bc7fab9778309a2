import { describe, expect, it } from 'vitest';
import { controllerFlags, defaultSettings, readSettings } from '../../../src/nginx/settings-read.ts';
import { configMap } from './given.ts';

const read = (data: Readonly<Record<string, string>>) => {
  const { value, findings } = readSettings(configMap('ingress-nginx-controller', data), {});
  return { value, codes: findings.map(({ code, args }) => [code, args['key'] ?? ''].join(' ').trim()) };
};

describe('the ConfigMap', () => {
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

  it.each(['--watch-ingress-without-class=maybe', '--default-ssl-certificate=wild-tls', '--ingress-class'])('%s is told', (args) => {
    expect(controllerFlags(args).findings.map(({ code }) => code)).toEqual(['controller/unusable-flag']);
  });
});
