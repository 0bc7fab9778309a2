import { describe, expect, test } from 'vitest';
import { path, service, type Given } from '../nginx/given.ts';
import { ask, brief, forwarded, shop } from './ask.ts';

/** Rows measured on a running ingress-nginx 1.15.1 with nginx 1.26.3. */
const get = (givens: readonly Given[], url: string): string => brief(ask(givens, url));

describe('one path, no pattern on the host', () => {
  const columns = ['P /foo', 'I /foo', 'P /foo/', 'I /foo/', 'E /foo', 'E /foo/'] as const;
  const forward = (target: string): string => `web:80 ${target}`;
  const slash = '301 http://h.test/foo/';
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ...['/foo', '//foo', '/./foo', '/x/../foo', '/fo%6f'].map((target) => [target, [forward(target), forward(target), slash, slash, forward(target), slash]] as const),
    ['/foo?q=1', [forward('/foo?q=1'), forward('/foo?q=1'), `${slash}?q=1`, `${slash}?q=1`, forward('/foo?q=1'), `${slash}?q=1`]],
    ...['/foo/', '/foo/.'].map((target) => [target, [forward(target), forward(target), forward(target), forward(target), '404', forward(target)]] as const),
    ...['/foo/bar', '/foo//bar', '/foo%2Fbar', '/foo/../foo/bar'].map((target) => [target, [forward(target), forward(target), forward(target), forward(target), '404', '404']] as const),
    ...['/foobar', '/FOO', '/foo;a=1', '/foo%20x', '/foo/../bar', '/'].map((target) => [target, columns.map(() => '404')] as const),
    ...['/foo%00', '/../foo', '/%'].map((target) => [target, columns.map(() => '400')] as const),
  ];
  test.each(rows)('%s', (target, expected) => {
    expect(columns.map((column) => get([shop({}, column)], `http://h.test${target}`))).toEqual(expected);
  });
});

describe('many paths of a host', () => {
  const many: Given = { rules: { 'h.test': [path('E /', 'e:1'), path('P /', 'p:1'), path('E /foo', 'ef:1'), path('P /foo', 'pf:1'), path('P /foo/bar', 'pfb:1'), path('I /foo/bar/baz', 'i:1')] } };
  test.each([['/', 'e'], ['/x', 'p'], ['/foo', 'ef'], ['/foo/', 'pf'], ['/foo/x', 'pf'], ['/foo/bar', 'pfb'], ['/foo/bar/bazz', 'pfb'], ['/foo/bar/baz/q', 'i'], ['/foobar', 'p']])('%s goes to %s', (target, name) => {
    expect(get([many], `http://h.test${target}`)).toBe(`${name}:1 ${target}`);
  });

  const both: Given = { rules: { 'h.test': [path('P /foo/', 'foo:80'), path('P /', 'root:80')] } };
  test.each([['POST', 'http://h.test/foo', '301 http://h.test/foo/'], ['GET', 'https://h.test/foo', '301 https://h.test/foo/'], ['GET', 'http://h.test/foox', 'root:80 /foox']])('%s %s: %s', (method, url, expected) => {
    expect(brief(ask([both], url, { method }))).toBe(expected);
  });
});

describe('who answers', () => {
  test.each([
    ['http://u.test/', '404'], ['https://u.test/x', '404'], ['http://u.test/healthz', '200'], ['http://u.test/nginx_status', '403'], ['http://h.test/healthz', '404'], ['http:///', '400'],
    ['http://H.TEST/foo', 'web:80 /foo'], ['http://h.test./foo', 'web:80 /foo'],
  ])('%s: %s', (url, expected) => {
    expect(get([shop()], url)).toBe(expected);
  });

  test.each<readonly [string, Given, string, string]>([
    ['a default backend alone', { defaultBackend: 'def:80' }, 'http://u.test/x', 'def:80 /x'],
    ['a default backend alone, over HTTPS', { defaultBackend: 'def:80' }, 'https://u.test/x', 'def:80 /x'],
    ['a default backend alone, a known host', { name: 'other', defaultBackend: 'def:80' }, 'http://h.test/x', '404'],
    ['a default backend with rules, its host', { name: 'other', defaultBackend: 'def:80', rules: { 'd.test': [path('P /a')] } }, 'http://d.test/x', 'def:80 /x'],
    ['a default backend with rules, unknown host', { name: 'other', defaultBackend: 'def:80', rules: { 'd.test': [path('P /a')] } }, 'http://u.test/x', '404'],
    ['a rule without paths', { name: 'other', defaultBackend: 'def:80', rules: { 'd.test': [] } }, 'http://d.test/x', 'def:80 /x'],
    ['a rule without a host, unknown host', { name: 'other', rules: { '': [path('P /any')] } }, 'http://u.test/any', 'web:80 /any'],
    ['a rule without a host, known host', { name: 'other', rules: { '': [path('P /any')] } }, 'http://h.test/any', '404'],
    ['a resource as backend', { name: 'other', rules: { 'd.test': [path('P /', 'resource')] } }, 'http://d.test/', '404'],
  ])('%s', (_name, given, url, expected) => {
    expect(get([shop(), given], url)).toBe(expected);
  });

  test('a port that the Service does not have is 503; its targetPort is taken', () => {
    const services = [service('web', [{ port: 80, targetPort: 8080 }])];
    expect(brief(ask([shop({}, 'P /')], 'http://h.test/', {}, { services }))).toBe('web:80 /');
    const at = (port: string): string => brief(ask([{ rules: { 'h.test': [path('P /', `web:${port}`)] } }], 'http://h.test/', {}, { services }));
    expect([at('8080'), at('81'), at('nope')]).toEqual(['web:80 /', '503', '503']);
  });

  const wild: readonly Given[] = [{ name: 'w', rules: { '*.w.test': [path('P /wild')] } }, { name: 'x', rules: { 'x.w.test': [path('P /own')] } }];
  test.each([['y.w.test/wild', 'web:80 /wild'], ['Y.W.TEST/wild', 'web:80 /wild'], ['a-b_c.w.test/wild', 'web:80 /wild'], ['a.y.w.test/wild', '404'], ['w.test/wild', '404'], ['x.w.test/wild', '404'], ['x.w.test/own', 'web:80 /own']])('wildcard: %s', (address, expected) => {
    expect(get(wild, `http://${address}`)).toBe(expected);
  });
});

describe('patterns', () => {
  test.each(['P /foo', 'E /foo', 'I /foo'])('%s with use-regex', (text) => {
    const one = [shop({ 'use-regex': 'true' }, text)];
    for (const target of ['/foo', '/foo/', '/foo/bar', '/foobar', '/FOO', '/FOO/Bar', '//foo', '/foo%2Fbar']) expect(get(one, `http://h.test${target}`)).toBe(`web:80 ${target}`);
    for (const target of ['/foo/../bar', '/x/foo', '/']) expect(get(one, `http://h.test${target}`)).toBe('404');
  });

  const plain: Given = { name: 'plain', created: 1, rules: { 'h.test': [path('P /foo', 'foo:1'), path('E /ex', 'ex:1'), path('P /sl/', 'sl:1'), path('P /', 'root:1'), path('E /d.t', 'dot:1')] } };
  const regex: Given = { name: 'regex', created: 2, annotations: { 'use-regex': 'true' }, rules: { 'h.test': [path('I /api/v[0-9]+', 'api:1')], 'other.test': [path('P /x')] } };
  test.each([
    ['/foobar', 'foo'], ['/FOO', 'foo'], ['/FooX', 'foo'], ['/sl', 'root'], ['/ex/y', 'ex'], ['/exact', 'ex'], ['/EX', 'ex'], ['/SL/x', 'sl'], ['/dxt', 'dot'], ['/d.t/more', 'dot'], ['/slx', 'root'], ['/api/vx', 'root'],
    ['/x/api/v1', 'root'], ['/API/V22', 'api'], ['/api/v1/x', 'api'],
  ])('beside plain paths: %s goes to %s', (target, name) => {
    expect(get([plain, regex], `http://h.test${target}`)).toBe(`${name}:1 ${target}`);
  });

  const use = { 'use-regex': 'true' };
  test.each<readonly [string, readonly Given[], string, string]>([
    ['longer text first', [shop(use, 'P /foo/bar/[a-z]{3}', 'P /foo/bar/bar')], '/foo/bar/bar', 'web:80 /foo/bar/bar'],
    ['Exact / alone', [shop(use, 'E /')], '/', '404'],
    ['Exact / alone, no pattern', [shop({}, 'E /')], '/', 'web:80 /'],
    ['an end', [shop(use, 'I /id/[0-9]+$')], '/id/1/', '404'],
    ['an end met', [shop(use, 'I /id/[0-9]+$')], '/id/1', 'web:80 /id/1'],
    ['alternatives: the second matches anywhere', [shop(use, 'I /a|/b')], '/q/b', 'web:80 /q/b'],
    ['alternatives: the first at the start', [shop(use, 'I /a|/b')], '/q/a', '404'],
    ['an escaped dot', [shop(use, 'I /a\\.b')], '/axb', '404'],
    ['a space', [shop(use, 'I /a b')], '/a%20b', 'web:80 /a%20b'],
    ['yes is no boolean', [shop({ 'use-regex': 'yes' }, 'P /foo')], '/foobar', '404'],
    ['space around the boolean', [shop({ 'use-regex': ' true' }, 'P /foo')], '/foobar', '404'],
    ['T is one', [shop({ 'use-regex': 'T' }, 'P /foo')], '/foobar', 'web:80 /foobar'],
    ['a pattern as plain text', [shop({}, 'P /foo(/|$)(.*)')], '/foo(/%7C$)(.*)', 'web:80 /foo(/%7C$)(.*)'],
    ['a star as plain text', [shop({}, 'P /baz/*')], '/baz/x', '404'],
    ['a star as plain text, met', [shop({}, 'P /baz/*')], '/baz/*/y', 'web:80 /baz/*/y'],
  ])('%s', (_name, givens, target, expected) => {
    expect(get(givens, `http://h.test${target}`)).toBe(expected);
  });

  test('/ of unknown hosts as a pattern takes the health check', () => {
    expect(get([{ annotations: use, rules: { '': [path('I /')] } }], 'http://u.test/healthz')).toBe('web:80 /healthz');
  });
});

describe('rewrite-target', () => {
  test.each(['/foo', '/foo/bar', '/foobar', '/FOO/x', '//foo/x', '/foo%2Fbar'])('/ for P /foo: %s', (target) => {
    expect(get([shop({ 'rewrite-target': '/' })], `http://h.test${target}?q=1&r=/`)).toBe('web:80 /?q=1&r=/');
  });

  const idiom = (type: string): Given => shop({ 'rewrite-target': '/$2' }, `${type} /foo(/|$)(.*)`);
  test.each([
    ['/foo', '/'], ['/foo/', '/'], ['/foo/?', '/'], ['/foo?x', '/?x'], ['/foo/bar?q=1&r=/', '/bar?q=1&r=/'], ['/FOO/Bar', '/Bar'], ['/foo/a+b', '/a+b'], ['/foo/a;b=c', '/a;b=c'], ['/foo/a&b=c', '/a&b=c'],
    ['/foo/~!@$*()_-,:', '/~!@$*()_-,:'], ['/foo/a%2Fb', '/a/b'], ['/foo//bar', '/bar'], ['//foo//bar', '/bar'], ['/foo/a/../b', '/b'], ['/foo/a%20b', '/a%20b'], ['/foo/a%3Fb', '/a%3Fb'], ['/foo/a%25b', '/a%25b'],
    ['/foo/a%23b', '/a%23b'], ['/foo/a"b', '/a%22b'], ['/foo/%0d%0aX', '/%0D'],
  ])('the idiom: %s becomes %s', (target, expected) => {
    for (const type of ['P', 'E', 'I']) expect(get([idiom(type)], `http://h.test${target}`), type).toBe(`web:80 ${expected}`);
    expect(get([idiom('P')], 'http://h.test/foobar')).toBe('404');
  });

  test.each<readonly [string, Given, string, string]>([
    ['captures', shop({ 'rewrite-target': '/new/$1/x' }, 'I /n/(.+)'), '/N/A/B', 'web:80 /new/A/B/x'],
    ['a missing group', shop({ 'rewrite-target': '/$3-$2' }, 'I /m/(a)?(b)'), '/m/b', 'web:80 /-b'],
    ['an address', shop({ 'rewrite-target': 'https://ex.test/abc' }), '/foo?q=1', '302 https://ex.test/abc?q=1'],
    ['a query is no target', shop({ 'rewrite-target': '/fixed/target?added=1' }), '/foobar', '404'],
    ['a semicolon is none', shop({ 'rewrite-target': '/a;b' }), '/foo', 'web:80 /foo'],
    ['no leading slash', shop({ 'rewrite-target': 'x/y' }), '/foo', '400'],
    ['use-regex: false does not stop it', shop({ 'rewrite-target': '/', 'use-regex': 'false' }), '/FOObar', 'web:80 /'],
    ['E equal to its target', shop({ 'rewrite-target': '/foo' }, 'E /foo'), '/FOO/x', 'web:80 /FOO/x'],
    ['P/ equal to its target', shop({ 'rewrite-target': '/foo/' }, 'P /foo/'), '/foo', '404'],
    ['P/ equal to its target, below', shop({ 'rewrite-target': '/foo/' }, 'P /foo/'), '/foo/x', 'web:80 /foo/x'],
    ['P equal to its target', shop({ 'rewrite-target': '/foo' }), '/foo/x', 'web:80 /foo'],
    ['/ equal to its target', shop({ 'rewrite-target': '/' }, 'P /'), '/A', 'web:80 /A'],
  ])('%s', (_name, given, target, expected) => {
    expect(get([given], `http://h.test${target}`)).toBe(expected);
  });

  test('a sibling on the host keeps its path, and matches like a pattern', () => {
    const sibling: Given = { name: 'sibling', rules: { 'h.test': [path('P /static', 'static:80')] } };
    const both = [idiom('I'), sibling];
    expect(['/staticfoo', '/STATIC/x', '/static//x', '/static/x%2Fy'].map((target) => get(both, `http://h.test${target}`))).toEqual(['/staticfoo', '/STATIC/x', '/static//x', '/static/x%2Fy'].map((target) => `static:80 ${target}`));
  });

  test.each([['/shop', '/shop'], ['true', 'true'], ['/$1', '//']])('x-forwarded-prefix %s', (value, expected) => {
    const given = shop({ 'rewrite-target': '/$2', 'x-forwarded-prefix': value }, 'I /foo(/|$)(.*)');
    expect(forwarded(ask([given], 'http://h.test/foo/x')).requestHeaders.get('x-forwarded-prefix')).toBe(expected);
    expect(forwarded(ask([shop({ 'x-forwarded-prefix': value })], 'http://h.test/foo')).requestHeaders.size).toBe(0);
  });
});

describe('paths that only ImplementationSpecific may have', () => {
  test.each([['/a b', '/a%20b'], ['/a"b', '/a"b'], ['/a;b', '/a;b'], ['/a{b}', '/a{b}'], ["/a'b", "/a'b"], ['/a$b', '/a$b'], ['/foo#x', '/foo%23x'], ['/foo%20x', '/foo%2520x'], ['/é', '/%C3%A9']])('%s is asked for as %s', (text, target) => {
    expect(get([{ rules: { 'h.test': [{ ...path('I /'), path: text }] } }], `http://h.test${target}`)).toBe(`web:80 ${target}`);
  });

  test.each([['/x//y', '/x//y'], ['/x/../y', '/y'], ['/foo?x=1', '/foo?x=1'], ['/foo%20x', '/foo%20x']])('%s is never reached', (text, target) => {
    expect(get([{ rules: { 'h.test': [{ ...path('I /'), path: text }] } }], `http://h.test${target}`)).toBe('404');
  });

  test('a final double slash is added by redirect', () => {
    expect(get([shop({}, 'I /foo//')], 'http://h.test/foo/')).toBe('301 http://h.test/foo//');
  });
});
