import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnostics/finding.ts';
import type { ObjectRef } from '../../../src/model/object.ts';
import { createExplainer } from '../../../src/verify/compare/explain.ts';
import { explanations } from '../../../src/verify/compare/explanations.ts';
import { build, ingress, path, type Given } from '../nginx/given.ts';
import { request, type Ask } from './gateway-objects.ts';

const entries = Object.entries(explanations).flatMap(([code, entry]) => [entry].flat().map((explanation) => [code, explanation] as const));

/** The words of compareOutcomes, and what `probe` compares besides. */
const aspect = /^(?:certificate|no-listener|refused|let-in|redirect-lost|redirect-added|preflight|status|location (?:scheme|host|port|path|slash|query|relative|\*)|backend|weights|path|host|(?:request|response)-header [a-z*-]+|guard(?:-lost|-added)? [a-z*-]+|limit [a-z*-]+|upstream-(?:protocol|tls-lost|tls-added|unverified|verified|name|ca)|header-rewrite (?:location|set-cookie \*|\*)|error-pages)$/;

describe('an explanation', () => {
  it.each(entries)('by %s is about what can differ', (_, { aspects }) => {
    expect(aspects.length).toBeGreaterThan(0);
    expect(aspects.filter((name) => !aspect.test(name))).toEqual([]);
    expect(new Set(aspects).size).toBe(aspects.length);
  });
});

const main: Given = {
  name: 'main',
  created: 1,
  rules: { 'shop.test': [path('P /foo', 'main:80'), path('P /bar', 'main:80')], '*.w.test': [path('P /')] },
  tls: [{ hosts: ['tls.test'], secret: 'tls' }],
  annotations: { 'server-alias': 'alias.test' },
};
const givens: readonly Given[] = [
  main,
  { name: 'other', created: 2, rules: { 'shop.test': [path('P /other', 'other:80')] } },
  { name: 'canary', created: 3, rules: { 'shop.test': [path('P /other', 'canary:80')] }, annotations: { canary: 'true' } },
  { name: 'idle', created: 4, rules: { 'shop.test': [path('P /none', 'idle:80')] }, annotations: { canary: 'true' } },
  { name: 'any', created: 5, rules: { '': [path('P /any')] } },
  { name: 'secure', created: 6, rules: { 'tls.test': [path('P /')] }, tls: [{ hosts: ['tls.test'], secret: 'tls' }] },
  { name: 'alone', created: 7, rules: { 'alone.test': [path('P /')] } },
];
const configuration = build(givens);
const refs = new Map(configuration.ingresses.map(({ ref }) => [ref.name, ref]));

interface Said {
  readonly code: string;
  readonly by?: string | ObjectRef | undefined;
  readonly args?: Readonly<Record<string, string>>;
}

function found({ code, by = 'main', args = {} }: Said): Finding {
  const object = typeof by === 'string' ? refs.get(by) : by;
  return { code, entry: { fidelity: 'lost', risk: 'none', what: '', why: '', do: '' }, args, object, origin: undefined };
}

function explained(said: readonly Said[], aspects: readonly string[], url = 'http://shop.test/foo', how: Ask = {}): readonly string[] {
  return createExplainer(configuration, said.map(found))(request(url, how), aspects);
}

describe('where a finding answers', () => {
  // docs/adr/0010-explained-divergences.md
  it.each<[string, string, string, boolean]>([
    ['basic-auth/lost', 'main', 'http://shop.test/foo', true],
    ['basic-auth/lost', 'other', 'http://shop.test/foo', false],
    ['basic-auth/lost', 'other', 'http://shop.test/other', true],
    ['basic-auth/lost', 'canary', 'http://shop.test/other', true],
    ['basic-auth/lost', 'canary', 'http://shop.test/foo', false],
    ['basic-auth/lost', 'any', 'http://shop.test/foo', false],
    ['basic-auth/lost', 'any', 'http://nobody.test/any', true],
    ['basic-auth/lost', 'main', 'http://SHOP.test/foo?x', true],
    ['basic-auth/lost', 'main', 'http://shop.test/%zz', false],
    ['path/too-long', 'main', 'http://shop.test/foo', true],
    ['path/too-long', 'other', 'http://shop.test/foo', true],
    ['path/too-long', 'canary', 'http://shop.test/foo', true],
    ['path/too-long', 'idle', 'http://shop.test/foo', true],
    ['path/too-long', 'any', 'http://shop.test/foo', false],
    ['host/fall-through', 'any', 'http://shop.test/zz', true],
    ['host/fall-through', 'any', 'http://shop.test/foo', false],
    ['host/fall-through', 'alone', 'http://shop.test/zz', false],
    ['path/too-long', 'alone', 'http://shop.test/foo', false],
    ['path/too-long', 'main', 'http://alias.test/foo', true],
    ['path/too-long', 'main', 'http://a.w.test/foo', true],
    ['path/too-long', 'main', 'http://a.b.w.test/foo', false],
    ['path/too-long', 'main', 'http://nobody.test/foo', false],
    ['path/too-long', 'main', 'http://shop.test/%zz', true],
    ['block-list/lost', 'alone', 'http://shop.test/foo', true],
  ])('%s about %s, asked for %s: %s', (code, by, url, expected) => {
    expect(explained([{ code, by }], [code === 'host/fall-through' ? 'status' : 'refused'], url)).toEqual(expected ? [code] : []);
  });

  it('is everywhere for what no object is about, and for the ConfigMap of the controller', () => {
    const settings: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'ingress', name: 'settings' };
    const nobody = ingress({ name: 'nobody' }).ref;
    const all = (by: ObjectRef): readonly string[] => explained([{ code: 'basic-auth/lost', by }], ['refused']);
    expect([all(settings), all(nobody)]).toEqual([['basic-auth/lost'], []]);
    expect(createExplainer(configuration, [{ ...found({ code: 'basic-auth/lost' }), object: undefined }])(request('http://shop.test/foo'), ['refused'])).toEqual(['basic-auth/lost']);
  });

  it('is the location of the path that it names', () => {
    const about = (text: string, url: string): readonly string[] => explained([{ code: 'basic-auth/lost', args: { path: text } }], ['refused'], url);
    expect([about('/foo', 'http://shop.test/foo'), about('/bar', 'http://shop.test/foo'), about('/bar', 'http://shop.test/bar/x')]).toEqual([['basic-auth/lost'], [], ['basic-auth/lost']]);
    expect(explained([{ code: 'path/too-long', args: { path: '/bar' } }], ['refused'])).toEqual(['path/too-long']);
  });

  it('is a host with the default certificate, for what is about that alone', () => {
    const told = (url: string): readonly string[] => explained([{ code: 'default/default-certificate-on-every-host', by: undefined }], ['no-listener'], url);
    expect(['https://alone.test/', 'https://tls.test/', 'http://alone.test/', 'https://nobody.test/'].map((url) => told(url).length)).toEqual([1, 0, 0, 1]);
  });
});

describe('what a finding answers for', () => {
  it('is every aspect that has one, or nothing', () => {
    const said: readonly Said[] = [{ code: 'upstream-host/unsayable' }, { code: 'basic-auth/lost' }];
    expect(explained(said, ['host', 'refused'])).toEqual(['basic-auth/lost', 'upstream-host/unsayable']);
    expect(explained(said, ['host', 'weights'])).toEqual([]);
    expect(explained([], ['host'])).toEqual([]);
    expect(explained([{ code: 'no/such-code' }], ['host'])).toEqual([]);
  });

  it('is left to the one that could have caused least', () => {
    const narrow: Said = { code: 'redirect/status' };
    const wide: Said = { code: 'path/same-match' };
    expect(explained([wide, narrow], ['status'])).toEqual(['redirect/status']);
    expect(explained([wide], ['status'])).toEqual(['path/same-match']);
    expect(explained([{ code: 'headers/unsayable' }, { code: 'headers/percent-sign' }], ['request-header x-a'])).toEqual(['headers/percent-sign', 'headers/unsayable']);
  });

  it('is any name behind a star, and one name otherwise', () => {
    const certificate: Said = { code: 'envoy-gateway/client-certificate-differences' };
    expect(explained([certificate], ['request-header ssl-client-verify'])).toEqual([certificate.code]);
    expect(explained([certificate], ['request-header x-ssl-client-verify'])).toEqual([]);
    expect(explained([{ code: 'default/hsts' }], ['response-header strict-transport-security-x'], 'https://shop.test/foo')).toEqual([]);
  });
});

describe('the requests a finding is about', () => {
  it.each<[string, string, string, boolean, Readonly<Record<string, string>>?, Ask?]>([
    ...['//foo', '/a%41', '/a%2fb', '/a%zz', '/[a', '/./foo', '/foo/../bar', '/é', '/a\\b', '/a#b', '/a"b', '/a<b', '/a>b', '/a^b', '/a`b', '/a{b', '/a|b', '/a}b', '/a b'].map((target): [string, string, string, boolean] => ['default/path-normalisation', 'path', target, true]),
    ...['/foo', '/foo/', '/a.b/', '/foo?x=1', '/~a', '/!', '/a%20b', '/a%5Bb', '/%E2%82%AC'].map((target): [string, string, string, boolean] => ['default/path-normalisation', 'path', target, false]),
    ['default/path-normalisation', 'guard-lost basic-auth', '//../foo', true],
    ['default/path-normalisation', 'guard-lost basic-auth', '/foo//..', true],
    ['default/path-normalisation', 'guard-lost basic-auth', '/foo///..?x', true],
    ['default/path-normalisation', 'guard-lost basic-auth', '//..foo', false],
    ['default/path-normalisation', 'guard-lost basic-auth', '/foo/../x', false],
    ['default/path-normalisation', 'guard-lost basic-auth', '//foo', false],
    ['default/path-normalisation', 'guard-lost basic-auth', '//../a%2Fb', false],
    ['default/trailing-slash-cut-on-https-redirect', 'location slash', '/foo/', true],
    ['default/trailing-slash-cut-on-https-redirect', 'location slash', '/foo', false],
    ['path/escaped-slash-near-protection', 'path', '/a%2Fb', true],
    ['path/escaped-slash-near-protection', 'path', '/a%2fb', true],
    ['path/escaped-slash-near-protection', 'path', '/a%20b', false],
    ['path/escaped', 'path', '/a%28', true],
    ['path/escaped', 'path', '/a(', false],
    ['path/escaped', 'path', '/a-b_c.d~e', false],
    ['closed-rule/denied-kept', 'status', '/foo', true, { path: '/foo/' }],
    ['closed-rule/denied-kept', 'status', '/foo?x=1', true, { path: '/foo/' }],
    ['closed-rule/denied-kept', 'status', '/foo/', false, { path: '/foo/' }],
    ['closed-rule/denied-kept', 'status', '/foo', false, { path: '/foo' }],
    ['closed-rule/denied-kept', 'status', '', false, { path: '/' }],
    ['closed-rule/denied-kept', 'status', '/foo', false],
    ...['/', '//', '/./', '/.', '/?x=1'].map((target): [string, string, string, boolean] => ['app-root/variable', 'redirect-lost', target, true]),
    ['app-root/variable', 'redirect-lost', '/foo', false],
    ['app-root/variable', 'redirect-lost', '/.foo', false],
    ['redirect/query-kept', 'location query', '/foo?x', true],
    ['redirect/query-kept', 'location query', '/foo', false],
    ['cors/null-origin', 'preflight', '/foo', true, {}, { method: 'OPTIONS' }],
    ['cors/null-origin', 'preflight', '/foo', true, {}, { headers: { origin: 'https://a.test' } }],
    ['cors/null-origin', 'preflight', '/foo', false],
    ['block-list/refused', 'status', '/foo', true, {}, { headers: { 'user-agent': 'x' } }],
    ['block-list/answers-500', 'status', '/foo', true, {}, { headers: { referer: 'x' } }],
    ['block-list/answers-500', 'status', '/foo', false, {}, { headers: { origin: 'x' } }],
    ['block-list/refused', 'status', '/foo', false],
    ['denied/client-certificate', 'status', '/foo', true, { host: 'unknown hosts' }],
    ['denied/client-certificate', 'status', '/foo', false, { host: 'shop.test' }],
  ])('%s, %s: %s %s', (code, what, target, expected, args = {}, how = {}) => {
    expect(explained([{ code, args }], [what], `http://shop.test${target}`, how)).toEqual(expected ? [code] : []);
  });

  it.each(['default/hsts: response-header strict-transport-security', 'tls-passthrough/lost: no-listener', 'ssl-passthrough/flag-assumed: backend'])('%s, over TLS alone', (text) => {
    const [code = '', what = ''] = text.split(': ');
    expect([explained([{ code }], [what], 'https://shop.test/foo'), explained([{ code }], [what])]).toEqual([[code], []]);
  });

  it.each(['plain-http/closed: refused', 'https-redirect/status: status', 'https-redirect/forwarded-proto: redirect-added', 'default/trailing-slash-cut-on-https-redirect: location slash'])('%s, over plain HTTP alone', (text) => {
    const [code = '', what = ''] = text.split(': ');
    expect([explained([{ code }], [what], 'http://shop.test/foo/'), explained([{ code }], [what], 'https://shop.test/foo/')]).toEqual([[code], []]);
  });

  it.each([
    ['a.b.w.test', true],
    ['a.w.test', false],
    ['w.test', false],
    ['a.b.x.test', false],
  ])('host/wildcard-depth is about names of more labels: %s %s', (host, expected) => {
    expect(explained([{ code: 'host/wildcard-depth', args: { host: '*.w.test' }, by: 'any' }], ['let-in'], `http://${host}/`)).toEqual(expected ? ['host/wildcard-depth'] : []);
  });

  it.each([
    ['Alias.test', 'http://alias.test/', true],
    ['alias.test', 'http://ALIAS.test/', true],
    ['alias.test', 'http://x.alias.test/', false],
    ['*.alias.test', 'http://x.alias.test/', true],
    ['*.alias.test', 'http://alias.test/', false],
    ['~^al', 'http://alias.test/', true],
    ['~^re', 'http://alias.test/', false],
    ['~(', 'http://alias.test/', true],
    ['other.test', 'http://alias.test/', false],
  ])('server-alias/regex is about its alias: %s, %s: %s', (alias, url, expected) => {
    expect(explained([{ code: 'server-alias/regex', args: { alias }, by: 'any' }], ['let-in'], url)).toEqual(expected ? ['server-alias/regex'] : []);
  });
});
