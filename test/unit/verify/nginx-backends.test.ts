import { describe, expect, it } from 'vitest';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import { evaluateNginx } from '../../../src/verify/nginx/evaluate.ts';
import type { Limit, ProbeRequest, Upstream } from '../../../src/verify/outcome.ts';
import { build, inventory, path, secret, type Given } from '../nginx/given.ts';
import { ask, brief, forwarded, shop } from './ask.ts';
import { request } from './gateway-objects.ts';

type Texts = Readonly<Record<string, string>>;
const raw = (entries: Texts): Partial<ControllerSettings> => ({ raw: new Map(Object.entries(entries)) });
const configMap: Partial<ControllerSettings> = { configMap: { ref: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'x', name: 'x' }, origin: { source: { file: '', index: 0, locate: () => ({ file: '', line: 1, column: 1 }) }, path: [] } } };

/** proxyssl/main.go of the controller, and getBackendServers, where the first Ingress with an authority speaks for the server block */
describe('the certificate of a backend', () => {
  const verify = { 'backend-protocol': 'HTTPS', 'proxy-ssl-verify': 'on', 'proxy-ssl-name': 'api' };
  const first = { ...verify, 'proxy-ssl-secret': 'shop/ca' };
  const secrets = [secret('ca', ['ca.crt']), secret('none', ['tls.crt', 'tls.key']), secret('unread', [])];
  const tls = (givens: readonly Given[], settings: Partial<ControllerSettings> = {}, url = 'http://h.test/foo'): Upstream['tls'] | undefined => {
    const world = { secrets };
    return forwarded(evaluateNginx(build(givens.map((given, created) => ({ ...given, created, name: `n${created}` })), { settings, ...world }), request(url), inventory([], world))).backends[0]?.upstream?.tls;
  };
  const by = (ca: string, name = 'api'): Upstream['tls'] => ({ name, ca });

  it.each<[string, Texts, Upstream['tls'], Partial<ControllerSettings>?]>([
    ['is verified', first, by('shop/ca')],
    ['is verified by a Secret of another namespace where that is allowed', { ...first, 'proxy-ssl-secret': 'other/ca' }, by('other/ca'), { allowCrossNamespace: true }],
    ['is verified by a Secret that may hold an authority', { ...first, 'proxy-ssl-secret': 'shop/unread' }, by('shop/unread')],
    ['is not by one that holds none', { ...first, 'proxy-ssl-secret': 'shop/none' }, 'unverified'],
    ['is not unless asked for', { ...first, 'proxy-ssl-verify': 'off' }, 'unverified'],
    ['need not have a name', { ...first, 'proxy-ssl-name': '' }, by('shop/ca', '')],
  ])('%s', (_, annotations, expected, settings) => {
    expect(tls([shop(annotations)], settings)).toEqual(expected);
  });

  const bare = shop({ 'backend-protocol': 'HTTPS' });
  const canary: Given = { annotations: { ...first, canary: 'true', 'canary-weight': '1' }, rules: { 'h.test': [path('P /foo', 'can:80')] } };
  const more = (annotations: Texts): Given => shop(annotations, 'P /more');
  it.each<[string, readonly Given[], Upstream['tls'], Partial<ControllerSettings>?]>([
    ['of a path without a Secret is that of the first Ingress with an authority', [bare, more({ ...first, 'proxy-ssl-secret': 'shop/none' }), more(first)], by('shop/ca')],
    ['of a path with a Secret is its own', [shop({ ...first, 'proxy-ssl-secret': 'shop/none' }), more(first)], 'unverified'],
    ['of a path alone counts where the ConfigMap says so', [bare, more(first)], 'unverified', raw({ 'proxy-ssl-location-only': 'true' })],
    ['of a canary of the host counts', [bare, canary], by('shop/ca')],
    ['of a canary of another host does not', [bare, { rules: { 'o.test': [path('P /foo')] } }, { ...canary, rules: { 'o.test': [path('P /foo', 'can:80')] } }], 'unverified'],
    ...['ca', '/ca', 'shop/', 'shop/ca/x', 'other/ca'].map((name): [string, readonly Given[], Upstream['tls']] => [`of Ingresses that name ${name} is none`, [bare, more({ ...first, 'proxy-ssl-secret': name })], 'unverified']),
  ])('%s', (_, givens, expected, settings) => {
    expect(tls(givens, settings)).toEqual(expected);
  });
});

/** buildModSecurityForLocation of the controller's template.go; modsecurity.conf, which refuses, is loaded where no rules are given */
describe('ModSecurity', () => {
  const on = { 'enable-modsecurity': 'true' };
  it.each<[string, Texts, Partial<ControllerSettings>, boolean]>([
    ['without rules', on, configMap, true],
    ['with rules that do not switch it on', { ...on, 'modsecurity-snippet': 'SecAuditEngine On' }, configMap, false],
    ['with rules that do not, beside a ConfigMap nobody knows', { ...on, 'modsecurity-snippet': 'SecAuditEngine On' }, {}, true],
    ['with rules that switch it on', { ...on, 'modsecurity-snippet': ' SecRuleEngine   "On" ' }, configMap, true],
    ['with rules that switch it off', { ...on, 'modsecurity-snippet': '\tsecruleengine  off\t' }, {}, false],
    ['with a comment that switches it off', { ...on, 'modsecurity-snippet': '# SecRuleEngine Off' }, {}, true],
    ['with rules that say more than off', { ...on, 'modsecurity-snippet': 'SecRuleEngine Off now' }, {}, true],
    ['with rules that an Ingress may not have', { ...on, 'modsecurity-snippet': 'SecRuleEngine Off' }, { allowSnippets: false }, true],
    ['with rules of the ConfigMap, which does not switch it on for all', on, { ...configMap, ...raw({ 'modsecurity-snippet': 'SecRuleEngine Off' }) }, true],
    ['of the ConfigMap with rules that switch it off', {}, { ...configMap, ...raw({ 'enable-modsecurity': 'true', 'modsecurity-snippet': 'SecRuleEngine DetectionOnly' }) }, false],
    ['of the ConfigMap with rules that do not switch it on', {}, { ...configMap, ...raw({ 'enable-modsecurity': 'true', 'modsecurity-snippet': 'SecAuditEngine On' }) }, false],
    ['of the ConfigMap with empty rules', { 'modsecurity-snippet': 'SecAuditEngine On' }, { ...configMap, ...raw({ 'enable-modsecurity': 'true', 'modsecurity-snippet': ' ' }) }, true],
    ['of the ConfigMap, where the Ingress has the last word', { 'modsecurity-snippet': 'SecRuleEngine On' }, { ...configMap, ...raw({ 'enable-modsecurity': 'true', 'modsecurity-snippet': 'SecRuleEngine Off' }) }, true],
    ['that the Ingress switches off', { 'enable-modsecurity': 'false' }, { ...configMap, ...raw({ 'enable-modsecurity': 'true' }) }, false],
  ])('%s', (_, annotations, settings, refuses) => {
    expect(forwarded(ask([shop(annotations)], 'http://h.test/foo', {}, { settings: { allowSnippets: true, annotationsRiskLevel: 'Critical', ...settings } })).guards).toEqual(refuses ? [{ kind: 'waf', detail: 'modsecurity' }] : []);
  });
});

/** buildNextUpstream of the controller's template.go, and ngx_http_upstream_test_next of nginx 1.26.3 */
describe('what is tried again', () => {
  it.each<[Texts, ProbeRequest['method'], string, Texts?]>([
    [{ 'proxy-next-upstream': 'timeout' }, 'GET', '3 after connect, error'],
    [{ 'proxy-next-upstream': 'timeout' }, 'PATCH', '3 after connect'],
    [{ 'proxy-next-upstream': 'error' }, 'LOCK', '3 after connect'],
    [{ 'proxy-next-upstream': 'http_503' }, 'POST', 'none'],
    [{ 'proxy-next-upstream': 'http_503' }, 'PUT', '3 after 503'],
    [{ 'proxy-next-upstream': 'http_503 http_403 http_503' }, 'GET', '3 after 403, 503'],
    [{ 'proxy-next-upstream': 'invalid_header error' }, 'GET', '3 after connect, error, invalid-header'],
    [{ 'proxy-next-upstream': 'http_503', 'proxy-next-upstream-tries': '2' }, 'PATCH', '2 after 503', { 'retry-non-idempotent': 'true' }],
    [{ 'proxy-next-upstream': 'http_503' }, 'PATCH', 'none', { 'retry-non-idempotent': 'false' }],
  ])('%j of a %s: %s', (annotations, method, value, entries = {}) => {
    expect(forwarded(ask([shop(annotations)], 'http://h.test/foo', { method }, { settings: raw(entries) })).limits.find(({ kind }) => kind === 'tries')).toEqual({ kind: 'tries', value, asked: true } satisfies Limit);
  });
});

/** Of the server of unknown hosts in nginx.tmpl: prefixes as any other */
describe('the health check', () => {
  const any = (text: string): readonly Given[] => [{ rules: { '': [path(text, 'any:80')] } }];
  it.each([
    ['P /any', '/healthz', '200'],
    ['P /any', '/healthz/x', '200'],
    ['P /any', '/healthzx', '200'],
    ['P /any', '/x/healthz', '404'],
    ['P /any', '/nginx_status', '403'],
    ['P /', '/healthz', '200'],
    ['P /', '/nginx_status/x', '403'],
    ['P /', '/health', 'any:80 /health'],
    ['P /healthz', '/healthz', 'any:80 /healthz'],
    ['P /healthz', '/healthz/x', 'any:80 /healthz/x'],
    ['P /healthz', '/healthzx', '200'],
    ['P /healthz/x', '/healthz/x/y', 'any:80 /healthz/x/y'],
  ])('beside %s: %s is %s', (text, target, expected) => {
    expect(brief(ask(any(text), `http://u.test${target}`))).toBe(expected);
  });
});
