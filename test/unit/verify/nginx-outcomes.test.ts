import { describe, expect, it } from 'vitest';
import { evaluateNginx } from '../../../src/verify/nginx/evaluate.ts';
import type { Limit, ProbeOutcome, Upstream } from '../../../src/verify/outcome.ts';
import { build, inventory, path, secret, service, type Given, type Options } from '../nginx/given.ts';
import { ask, brief, forwarded, shop } from './ask.ts';
import { request } from './gateway-objects.ts';

const tries = (outcome: ProbeOutcome): Limit | undefined => forwarded(outcome).limits.find(({ kind }) => kind === 'tries');
const configMap = (entries: Readonly<Record<string, string>>): Options => ({ settings: { raw: new Map(Object.entries(entries)) } });

describe('tries', () => {
  const of = (annotations: Readonly<Record<string, string>>, method = 'GET', options: Options = {}): Limit | undefined => tries(ask([shop(annotations)], 'http://h.test/foo', { method }, options));

  it.each<readonly [string, Readonly<Record<string, string>>, string, string, boolean]>([
    ['unasked, three', {}, 'GET', '3 after connect, error', false],
    ['unasked, once sent a POST is not sent again', {}, 'POST', '3 after connect', false],
    ['of statuses', { 'proxy-next-upstream': 'error http_503 http_502' }, 'GET', '3 after connect, error, 502, 503', true],
    ['of a POST that may be repeated', { 'proxy-next-upstream': 'error http_503 non_idempotent' }, 'POST', '3 after connect, error, 503', true],
    ['none, switched off', { 'proxy-next-upstream': 'error off' }, 'GET', 'none', true],
    ['none, one try', { 'proxy-next-upstream-tries': '1' }, 'GET', 'none', true],
    ['without end', { 'proxy-next-upstream-tries': '0' }, 'GET', 'unlimited after connect, error', true],
    ['a value the controller ignores', { 'proxy-next-upstream': 'sometimes', 'proxy-next-upstream-tries': '-1' }, 'GET', '3 after connect, error', false],
  ])('%s', (_name, annotations, method, value, asked) => {
    expect(of(annotations, method)).toEqual({ kind: 'tries', value, asked });
  });

  it('of POST where the ConfigMap repeats it', () => {
    expect(of({}, 'POST', configMap({ 'retry-non-idempotent': 'true' }))).toEqual({ kind: 'tries', value: '3 after connect, error', asked: true });
  });
});

describe('parts of headers that are replaced', () => {
  const of = (annotations: Readonly<Record<string, string>>, options: Options = {}): Readonly<Record<string, string>> =>
    Object.fromEntries(forwarded(ask([shop(annotations)], 'http://h.test/foo', {}, options)).headerRewrites ?? []);

  it.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['none', {}, {}],
    ['Location', { 'proxy-redirect-from': 'http://a/', 'proxy-redirect-to': '/' }, { location: 'http://a/ -> /' }],
    ['a text without its replacement', { 'proxy-redirect-from': 'http://a/' }, {}],
    ['default', { 'proxy-redirect-from': 'default', 'proxy-redirect-to': '/' }, {}],
    ['cookies', { 'proxy-cookie-domain': 'a.test b.test', 'proxy-cookie-path': '/in/ /' }, { 'set-cookie domain': 'a.test -> b.test', 'set-cookie path': '/in/ -> /' }],
    ['nothing of gRPC', { 'proxy-redirect-from': 'http://a/', 'proxy-redirect-to': '/', 'backend-protocol': 'GRPC' }, {}],
  ])('%s', (_name, annotations, expected) => {
    expect(of(annotations)).toEqual(expected);
  });

  it('by the ConfigMap, where no annotation says otherwise', () => {
    const options = configMap({ 'proxy-cookie-path': '/a /b' });
    expect(of({}, options)).toEqual({ 'set-cookie path': '/a -> /b' });
    expect(of({ 'proxy-cookie-path': 'off' }, options)).toEqual({});
  });
});

describe('how backends are spoken to', () => {
  const of = (givens: readonly Given[], url = 'http://h.test/foo', keys = ['ca.crt']): Upstream | undefined => {
    const world = inventory([], { secrets: [secret('ca', keys)] });
    return forwarded(evaluateNginx(build(givens), request(url), world)).backends[0]?.upstream;
  };
  const verified = { 'backend-protocol': 'HTTPS', 'proxy-ssl-secret': 'shop/ca', 'proxy-ssl-verify': 'on', 'proxy-ssl-name': 'api.internal' };
  const byCa: Upstream = { protocol: 'http/1', tls: { name: 'api.internal', ca: 'shop/ca' } };

  it.each<readonly [string, Readonly<Record<string, string>>, Upstream | undefined]>([
    ['plain', {}, undefined],
    ['a protocol that is none', { 'backend-protocol': 'SPDY' }, undefined],
    ['TLS that looks at nothing', { 'backend-protocol': 'https' }, { protocol: 'http/1', tls: 'unverified' }],
    ['TLS that verifies', verified, byCa],
    ['without a Secret nothing is verified', { ...verified, 'proxy-ssl-secret': '' }, { protocol: 'http/1', tls: 'unverified' }],
    ['gRPC', { 'backend-protocol': 'GRPC' }, { protocol: 'http/2', tls: 'none' }],
    ['gRPC over TLS', { ...verified, 'backend-protocol': 'GRPCS' }, { ...byCa, protocol: 'http/2' }],
    ['FastCGI', { 'backend-protocol': 'FCGI' }, { protocol: 'fastcgi', tls: 'none' }],
    ['the scheme of the client', { 'backend-protocol': 'AUTO_HTTP' }, undefined],
  ])('%s', (_name, annotations, expected) => {
    expect(of([shop(annotations)])).toEqual(expected);
  });

  it('the scheme of the client, over TLS', () => {
    expect(of([shop({ 'backend-protocol': 'AUTO_HTTP' })], 'https://h.test/foo')).toEqual({ protocol: 'http/1', tls: 'unverified' });
  });

  it('a Secret without ca.crt verifies nothing', () => {
    expect(of([shop(verified)], 'http://h.test/foo', ['tls.crt', 'tls.key'])).toEqual({ protocol: 'http/1', tls: 'unverified' });
  });

  it('settings of one Ingress are those of the server block', () => {
    const other: Given = { name: 'other', created: 2, annotations: { 'backend-protocol': 'HTTPS' }, rules: { 'h.test': [path('P /other')] } };
    expect(of([{ ...shop(verified), created: 1 }, other], 'http://h.test/other')).toEqual(byCa);
  });
});

describe('errors that a default backend answers', () => {
  const world = inventory([], { services: [service('pages', [{ port: 8080 }]), service('portless', [])] });
  const of = (given: Given, url = 'http://h.test/foo', options: Options = {}): ProbeOutcome => evaluateNginx(build([given], { ...options, services: [service('web', [{ port: 80 }])] }), request(url), world);
  const closed = (annotations: Readonly<Record<string, string>>): Given => ({ annotations, rules: { 'h.test': [path('P /foo', 'web:nowhere')] } });

  it.each<readonly [string, Readonly<Record<string, string>>, string | undefined]>([
    ['none', {}, undefined],
    ['the controller answers', { 'custom-http-errors': '503,404' }, '404, 503 by 404'],
    ['a Service answers', { 'custom-http-errors': '404', 'default-backend': 'pages' }, '404 by shop/pages'],
    ['a Service without ports is ignored', { 'custom-http-errors': '404', 'default-backend': 'portless' }, '404 by 404'],
    ['those of nginx alone', { 'custom-http-errors': '404', 'disable-proxy-intercept-errors': 'true' }, 'own 404 by 404'],
  ])('%s', (_name, annotations, expected) => {
    expect(forwarded(of(shop(annotations))).errorPages).toBe(expected);
  });

  it('the Service of default-backend takes the place of one that cannot be used, with the path as it is', () => {
    expect(brief(of(closed({})))).toBe('503');
    expect(brief(of(closed({ 'default-backend': 'pages' }), 'http://h.test/foo?a=1'))).toBe('pages:8080 /foo?a=1');
  });

  it('those of the controller for paths that nobody has are replaced as those of a backend are', () => {
    const pages = { 'custom-http-errors': '404,503', 'default-backend': 'pages' };
    const own = { ...pages, 'disable-proxy-intercept-errors': 'true' };
    const at = (given: Given, target: string): string => brief(of(given, `http://h.test${target}`));
    expect([at(shop(pages), '/nobody?a=1'), at(shop(own), '/nobody?a=1')]).toEqual(['pages:8080 /?a=1', '404']);
    expect(at(shop({ ...own, 'permanent-redirect': 'https://n.test' }), '/nobody')).toBe('301 https://n.test');
  });

  it('keep the conditions of the path', () => {
    expect(forwarded(of(shop({ 'custom-http-errors': '404', 'default-backend': 'pages', 'limit-rps': '5' }), 'http://h.test/nobody')).guards).toEqual([{ kind: 'rate-limit', detail: '5r/s' }]);
  });

  it('the answer of nginx itself is replaced', () => {
    expect(brief(of(closed({ 'custom-http-errors': '503' })))).toBe('404');
  });

  it('a list of the ConfigMap without a Service makes 500 of it, for unknown hosts too', () => {
    const options = configMap({ 'custom-http-errors': '404,503' });
    expect(brief(of(closed({}), 'http://h.test/foo', options))).toBe('500');
    expect(brief(of(shop(), 'http://unknown.test/', options))).toBe('500');
    expect(brief(of(shop({ 'custom-http-errors': '404' }), 'http://h.test/bar', options))).toBe('404');
  });

  it('the Service of the controller is asked for /, with the query', () => {
    const options: Options = { settings: { defaultBackendService: { namespace: 'shop', name: 'pages' } } };
    expect(brief(of(closed({ 'custom-http-errors': '503' }), 'http://h.test/foo?a=1', options))).toBe('pages:8080 /?a=1');
  });
});

describe('the firewall', () => {
  const guards = (annotations: Readonly<Record<string, string>>, options: Options = {}): readonly string[] => forwarded(ask([shop(annotations)], 'http://h.test/foo', {}, options)).guards.map(({ kind }) => kind);

  it('is a condition where the annotation switches it on, or the ConfigMap and no annotation off', () => {
    const on = configMap({ 'enable-modsecurity': 'true' });
    expect(guards({})).toEqual([]);
    expect(guards({ 'enable-modsecurity': 'true' })).toEqual(['waf']);
    expect(guards({}, on)).toEqual(['waf']);
    expect(guards({ 'enable-modsecurity': 'false' }, on)).toEqual([]);
  });

  it.each([
    ['SecRuleEngine On', ['waf']],
    ['SecRuleEngine On\nSecRuleEngine DetectionOnly', []],
    ['SecRuleEngine "off"', []],
    ['SecRuleEngine Off\nSecAction "ctl:ruleEngine=On"', ['waf']],
    ['SecRuleEngine Off\nInclude /etc/rules.conf', ['waf']],
    ['SecAuditEngine On', ['waf']],
  ])('refuses nothing while its engine is not on: %j', (rules, expected) => {
    expect(guards({ 'enable-modsecurity': 'true', 'modsecurity-snippet': rules })).toEqual(expected);
    expect(guards({ 'modsecurity-snippet': rules })).toEqual([]);
  });
});

describe('a host that refuses everybody', () => {
  it('does so before anything else, where the authority for client certificates cannot be read', () => {
    const given = shop({ 'auth-tls-secret': 'nowhere', 'app-root': '/app', 'enable-cors': 'true' }, 'P /');
    expect(['/', '/x'].map((target) => brief(ask([given], `http://h.test${target}`)))).toEqual(['403', '403']);
  });
});

describe('a host without a path for everything', () => {
  it('answers 404 where nobody has the path', () => {
    expect(['/', '/x'].map((target) => brief(ask([shop({}, 'E /')], `http://h.test${target}`)))).toEqual(['web:80 /', '404']);
  });
});

describe('lists of addresses', () => {
  it('are one check, so nothing else can take their place', () => {
    const both = { satisfy: 'any', 'denylist-source-range': '10.6.6.6', 'whitelist-source-range': '10.0.0.0/8' };
    const guards = (annotations: Readonly<Record<string, string>>): readonly string[] => forwarded(ask([shop(annotations)], 'http://h.test/foo')).guards.map(({ kind }) => kind);
    expect(guards(both)).toEqual(['address-list', 'address-list']);
    expect(guards({ ...both, 'auth-type': 'basic', 'auth-secret': 'users' })).toEqual(['unknown']);
  });
});
