import { describe, expect, it } from 'vitest';
import { collectIntents } from '../../../src/annotations/collect.ts';
import type { ExternalAuthIntent, UrlAnswer } from '../../../src/plan/intents.ts';
import { planRoutes } from '../../../src/plan/build.ts';
import { build, ingress, inventory, path, service, type Given } from '../nginx/given.ts';

/** Who answers `auth-url` of an Ingress for app.test, beside others. */
function answerOf(url: string, others: readonly Given[], host = 'app.test', services: Parameters<typeof service>[] = []): UrlAnswer | undefined {
  const app: Given = { annotations: { 'auth-url': url }, rules: { [host]: [path('P /', 'app:80')] } };
  const world = { services: services.map((given) => service(...given)) };
  const givens = [app, ...others];
  const configuration = build(givens, world);
  const { hosts } = planRoutes(configuration, collectIntents(configuration, inventory(givens.map(ingress), world)));
  const intents = hosts.flatMap(({ rules }) => rules.flatMap((rule) => rule.intents));
  return intents.find((intent): intent is ExternalAuthIntent => intent.kind === 'external-auth' && intent.url === url)?.answeredBy;
}

const gate = (paths: string, annotations: Given['annotations'] = {}, host = 'app.test'): Given => ({ name: 'gate', annotations, rules: { [host]: [path(paths, 'gate:4180')] } });
const asked = (text: string): UrlAnswer => ({ kind: 'service', namespace: 'shop', name: 'gate', port: 4180, path: text });

describe('who answers auth-url', () => {
  it.each([
    ['https://$host/gate/check', '/gate/check'],
    ['https://$http_host/gate/check', '/gate/check'],
    ['http://app.test/gate', '/gate'],
    ['HTTPS://APP.test:443/gate/check?group=a', '/gate/check?group=a'],
    ['http://$http_host:80/gate/', '/gate/'],
    ['https://app.test/gate/..a/.../b.?a=b/../c', '/gate/..a/.../b.?a=b/../c'],
  ])('the Service of the path: %s', (url, text) => {
    expect(answerOf(url, [gate('P /gate')])).toEqual(asked(text));
  });

  it.each([
    ['an Exact path', 'E /gate', 'https://$host/gate'],
    ['an Exact path beside a Prefix', 'E /gate/check', 'https://$host/gate/check'],
  ])('%s', (_name, text, url) => {
    expect(answerOf(url, [gate(text)])).toEqual(asked(url.slice('https://$host'.length)));
  });

  it('a path of a host of expressions', () => {
    expect(answerOf('https://$host/GATE2/check', [gate('I /gate[0-9]', { 'use-regex': 'true' })])).toEqual(asked('/GATE2/check'));
  });

  it('a name that only a wildcard or an alias covers', () => {
    expect(answerOf('https://sso.test/check', [gate('P /', {}, '*.test')])).toEqual(asked('/check'));
    expect(answerOf('https://sso.test/check', [gate('P /', { 'server-alias': 'sso.test' }, 'login.test')])).toEqual(asked('/check'));
  });

  it('a URL without a path', () => {
    expect(['https://sso.test', 'https://sso.test?a=b', 'https://sso.test/'].map((url) => answerOf(url, [gate('P /', {}, 'sso.test')]))).toEqual(['/', '/?a=b', '/'].map(asked));
  });

  it('a Service that speaks HTTP by name', () => {
    expect(['http', 'HTTP'].map((appProtocol) => answerOf('https://app.test/gate', [gate('P /gate')], 'app.test', [['gate', [{ port: 4180, appProtocol }]]]))).toEqual([asked('/gate'), asked('/gate')]);
  });

  it.each<[string, Given['annotations']]>([
    ['CORS, which answers preflights alone', { 'enable-cors': 'true' }],
    ['limits of size and time', { 'proxy-body-size': '1m', 'proxy-read-timeout': '5' }],
    ['a redirect of / elsewhere', { 'app-root': '/home' }],
    ['a redirect to HTTPS, over HTTPS', { 'force-ssl-redirect': 'true' }],
  ])('plainly: %s', (_name, annotations) => {
    expect(answerOf('https://app.test/gate', [gate('P /gate', annotations)])).toEqual(asked('/gate'));
  });

  it('$host on a wildcard host', () => {
    expect(answerOf('https://$host/gate', [gate('P /gate', {}, '*.test')], '*.test')).toEqual(asked('/gate'));
  });

  it.each([
    ['another port', 'https://app.test:8443/gate'],
    ['the port of HTTPS without it', 'http://app.test:443/gate'],
    ['the port of HTTP with HTTPS', 'https://app.test:80/gate'],
    ['another scheme', 'xhttps://app.test/gate'],
    ['a variable in the query', 'https://app.test/gate?a=$arg_a'],
    ['a fragment', 'https://app.test/gate?a#b'],
    ['a path that stays', 'https://app.test/./gate'],
    ['a path that ends where it is', 'https://app.test/gate/.'],
    ['a path that ends above', 'https://app.test/gate/..'],
    ['a name whose wildcard has more labels', 'https://a.app.test/gate'],
    ['a variable in the path', 'https://$host/gate/$request_method'],
    ['a user', 'https://me@app.test/gate'],
    ['an escape', 'https://app.test/g%61te'],
    ['a path that goes up', 'https://app.test/x/../gate'],
    ['an empty segment', 'https://app.test//gate'],
    ['a host that nobody serves', 'https://elsewhere.example/gate'],
  ])('nobody of the input: %s', (_name, url) => {
    expect(answerOf(url, [gate('P /gate')])).toBeUndefined();
  });

  it.each([
    ['a rewrite', { 'rewrite-target': '/' }, 'rewrite'],
    ['a password', { 'auth-type': 'basic', 'auth-secret': 'users' }, 'basic-auth'],
    ['a check of its own', { 'auth-url': 'https://elsewhere.example' }, 'external-auth'],
    ['addresses', { 'whitelist-source-range': '10.0.0.0/8' }, 'address-list'],
    ['TLS to the backend', { 'backend-protocol': 'HTTPS' }, 'backend-protocol'],
    ['a redirect', { 'permanent-redirect': 'https://other.test' }, 'redirect'],
    ['a rate', { 'limit-rps': '1' }, 'rate-limit'],
    ['an unread directive', { 'configuration-snippet': 'sub_filter a b;' }, 'snippet'],
  ])('not plainly: %s', (_name, annotations, kind) => {
    expect(answerOf('https://app.test/gate', [gate('P /gate', annotations)])).toMatchObject({ kind: 'unusable', reason: expect.stringContaining(`shop/gate: ${kind}`) as string });
  });

  it.each<[string, string, Given['annotations'], string]>([
    ['each obstacle once, in order', 'https://app.test/gate', { 'whitelist-source-range': '10.0.0.0/8', 'auth-type': 'basic', 'auth-secret': 'users', 'limit-rps': '1', 'limit-rpm': '1', 'limit-connections': '2' }, 'address-list, basic-auth, connection-limit, rate-limit'],
    ['a redirect of / elsewhere', 'https://app.test/', { 'app-root': '/home' }, 'app-root'],
    ['a redirect to HTTPS, over plain HTTP', 'http://app.test/', { 'force-ssl-redirect': 'true' }, 'https-redirect'],
    ['client certificates, which the whole host asks for', 'https://app.test/', { 'auth-tls-secret': 'shop/ca' }, 'client-certificate'],
    ['a location of a server-snippet, wherever it is', 'https://app.test/', { 'server-snippet': 'location = /x { return 403; }' }, 'path-answer'],
  ])('says why not plainly: %s', (_name, url, annotations, kinds) => {
    const at = new URL(url).pathname;
    const other: Given = { name: 'other', rules: { 'app.test': [path('P /other', 'other:80')] } };
    const answer = answerOf(url, [gate(`P ${at}`, annotations), other], 'asking.test');
    expect(answer).toEqual({ kind: 'unusable', reason: `which is ${at} of app.test, and that is no plain way to Service shop/gate: ${kinds}` });
  });

  it.each<[string, string, Given]>([
    ['a location that is refused', '/gate', gate('P /gate', { 'denylist-source-range': 'x' })],
    ['a path of a host without a Service for it', '/', gate('P /gate')],
  ])('says that nobody answers: %s', (_name, at, given) => {
    expect(answerOf(`https://app.test${at}`, [given], 'asking.test')).toEqual({ kind: 'unusable', reason: `and no Service of the input answers ${at} of app.test` });
  });

  it('not plainly: unknown hosts, which ask for themselves', () => {
    expect(answerOf('https://$host/gate', [], '')).toEqual({ kind: 'unusable', reason: 'which is /gate of unknown hosts, and that is no plain way to Service shop/app: external-auth' });
  });

  it('not plainly: over plain HTTP, where a redirect to HTTPS stands before it', () => {
    const secure: Given = { ...gate('P /gate'), tls: [{ hosts: ['app.test'], secret: 'tls' }] };
    expect(answerOf('http://app.test/gate', [secure])).toMatchObject({ kind: 'unusable' });
    expect(answerOf('https://app.test/gate', [secure])).toEqual(asked('/gate'));
  });

  it('not plainly: a canary, and a Service that speaks something else', () => {
    const canary: Given = { name: 'next', annotations: { canary: 'true', 'canary-weight': '5' }, rules: { 'app.test': [path('P /gate', 'gate-next:80')] } };
    expect(answerOf('https://app.test/gate', [gate('P /gate'), canary])).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('canary') as string });
    const shared: Given = { ...canary, rules: { 'app.test': [path('P /other', 'gate-next:80')] } };
    expect(answerOf('https://app.test/gate', [{ ...gate('P /gate'), rules: { 'app.test': [path('P /gate', 'gate:4180'), path('P /other', 'gate:4180')] } }, shared])).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('shop/gate: canary') as string });
    expect(answerOf('https://app.test/gate', [gate('P /gate')], 'app.test', [['gate', [{ port: 4180, appProtocol: 'kubernetes.io/h2c' }]]])).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('shop/gate: appProtocol kubernetes.io/h2c') as string });
  });

  it('not plainly: the redirect to the path with a slash, and a pattern that only PCRE knows', () => {
    expect(answerOf('https://app.test/gate', [gate('P /gate/')])).toMatchObject({ kind: 'unusable' });
    expect(answerOf('https://app.test/gate', [gate('I /(?=gate)', { 'use-regex': 'true' })])).toMatchObject({ kind: 'unusable' });
  });
});
