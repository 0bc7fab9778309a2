import { describe, expect, it } from 'vitest';
import { build, codesOf, path, serverOf, toldOf, type Given } from './given.ts';
import { serve } from './serve.ts';

const host = 'shop.example.com';
const server = (...givens: readonly Given[]) => serverOf(build(givens), host);
const rules = (...paths: readonly ReturnType<typeof path>[]): NonNullable<Given['rules']> => ({ [host]: paths });
const regex = { 'use-regex': 'true' };
const rewriting = (name: string, created: number, text = 'P /foo'): Given => ({ name, created, rules: rules(path(text)), annotations: { 'rewrite-target': '/x' } });

/** Measured on a running controller 1.15.1. */
describe('one path with use-regex', () => {
  it.each(['P /foo', 'E /foo', 'I /foo'])('%s', (text) => {
    const one = server({ rules: rules(path(text)), annotations: regex });
    for (const request of ['/foo', '/foo/', '/foo/bar', '/foobar', '/FOO', '/FOO/Bar', '//foo', '/foo%2Fbar']) expect(serve(one, request), request).toBe('web');
    for (const request of ['/x/foo', '/foo/../bar', '/']) expect(serve(one, request), request).toBe('404');
  });
});

describe('a plain Ingress beside one with use-regex', () => {
  const both = server(
    { name: 'plain', created: 1, rules: rules(path('P /foo', 'foo:80'), path('E /ex', 'ex:80'), path('P /sl/', 'sl:80'), path('P /', 'root:80'), path('E /d.t', 'dot:80')) },
    { name: 'regex', created: 2, rules: rules(path('I /api/v[0-9]+', 'api:80')), annotations: regex },
  );

  it('adds no slash', () => {
    expect(both.locations.filter(({ addSlashRedirect }) => addSlashRedirect)).toEqual([]);
  });

  it('tries the longest text first, then the greater one', () => {
    expect(both.locations.map(({ match }) => (match.kind === 'regex' ? match.pattern : 'none'))).toEqual(['/api/v[0-9]+', '/sl/', '/foo', '/d.t', '/ex', '/']);
  });

  it.each([
    ['/foobar', 'foo'],
    ['/FOO', 'foo'],
    ['/ex/y', 'ex'],
    ['/exact', 'ex'],
    ['/dxt', 'dot'],
    ['/API/V22', 'api'],
    ['/api/v1/x', 'api'],
    ['/sl', 'root'],
    ['/SL/x', 'sl'],
    ['/slx', 'root'],
    ['/x/api/v1', 'root'],
  ])('%s goes to %s', (request, expected) => {
    expect(serve(both, request)).toBe(expected);
  });

  it('names the cause', () => {
    expect([both.regex?.ingress.ref.name, both.regex?.annotation]).toEqual(['regex', 'use-regex']);
  });
});

describe('Exact and Prefix of one text on a regex host', () => {
  const exact: Given = { name: 'e', rules: rules(path('E /foo', 'e:80')) };
  const plain: Given = { name: 'p', rules: rules(path('P /foo', 'p:80')) };
  const other: Given = { name: 'r', created: 9, rules: rules(path('I /r[0-9]')), annotations: regex };
  const requests = ['/foo', '/foo/x', '/foox'];

  it('gives everything to an older Exact', () => {
    expect(requests.map((request) => serve(server({ ...exact, created: 1 }, { ...plain, created: 2 }, other), request))).toEqual(['e', 'e', 'e']);
  });

  it('leaves an older Prefix what has a slash', () => {
    expect(requests.map((request) => serve(server({ ...exact, created: 2 }, { ...plain, created: 1 }, other), request))).toEqual(['e', 'p', 'e']);
  });

  // updateServerLocations of the controller writes a Prefix with a rewrite or use-regex as it stands, any other beside an Exact with a slash.
  it.each<[string, Given['annotations'], string]>([
    ['without annotations', {}, '/foo/'],
    ['with use-regex', regex, '/foo'],
    ['with a rewrite', { 'rewrite-target': '/x' }, '/foo'],
    ['with a rewrite to its own path', { 'rewrite-target': '/foo' }, '/foo/'],
  ])('writes a Prefix %s', (_, annotations, pattern) => {
    const { locations } = server({ ...exact, created: 1 }, { ...plain, created: 2, annotations: annotations ?? {} }, other);
    expect(locations.find(({ ingress }) => ingress?.ref.name === 'p')?.match).toEqual({ kind: 'regex', pattern });
  });

  it('answers 404 for an Exact / behind the automatic one', () => {
    expect(serve(server({ created: 1, rules: rules(path('E /')) }, other), '/')).toBe('404');
  });
});

describe('what makes a host a regex host', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['1', true],
    ['t', true],
    ['yes', false],
    [' true', false],
    ['false', false],
  ])('use-regex: %j', (value, expected) => {
    expect(server({ rules: rules(path('P /foo')), annotations: { 'use-regex': value } }).regex !== undefined).toBe(expected);
  });

  it.each([
    ['P /', '/', false],
    ['P /', '/x', true],
    ['P /foo', '/', true],
    ['P /foo', '/foo', true],
    ['P /foo', '/foo/', true],
    ['E /foo', '/foo', true],
    ['P /foo/', '/foo/', true],
    ['P /foo', '', false],
    ['P /foo', '/fixed?added=1', false],
    ['P /foo', '/a;b', false],
    ['P /foo', '/a b', false],
    ['P /foo', 'https://ex.test/abc', true],
  ])('%s with rewrite-target %j', (text, target, expected) => {
    expect(server({ rules: rules(path(text)), annotations: { 'rewrite-target': target } }).regex !== undefined).toBe(expected);
  });

  it('is not a target equal to its own path on a host of another Ingress', () => {
    const plain: Given = { name: 'first', created: 1, rules: rules(path('P /')) };
    const same = (text: string): Given => ({ name: 'second', created: 2, rules: rules(path(text)), annotations: { 'rewrite-target': text.slice(2) } });
    expect(['E /foo', 'P /foo/', 'P /foo'].map((text) => server(plain, same(text)).regex?.annotation)).toEqual([undefined, undefined, 'rewrite-target']);
  });

  it.each<[string, readonly Given[], string, string]>([
    ['use-regex before a rewrite, however old', [rewriting('a', 1), { ...rewriting('b', 2, 'P /b'), annotations: regex }], 'b', 'use-regex'],
    ['a rewrite after use-regex', [{ ...rewriting('a', 1), annotations: regex }, rewriting('b', 2, 'P /b')], 'a', 'use-regex'],
    ['the oldest of several, wherever its path stands', [rewriting('old', 1, 'P /z'), rewriting('young', 2, 'P /a/longer')], 'old', 'rewrite-target'],
    ['the oldest though a younger one has /', [{ name: 'plain', created: 0, rules: rules(path('P /first')) }, rewriting('old', 1, 'P /a'), rewriting('young', 2, 'P /')], 'old', 'rewrite-target'],
  ])('is told by %s', (_, givens, name, annotation) => {
    const found = server(...givens).regex;
    expect([found?.ingress.ref.name, found?.annotation]).toEqual([name, annotation]);
  });

  it('is no annotation of a default backend without rules', () => {
    const configuration = build([{ name: 'default', created: 1, defaultBackend: 'fallback:80', annotations: regex }, { name: 'any', created: 2, rules: { '': [path('P /any')] } }]);
    expect(serverOf(configuration, '_').regex).toBeUndefined();
  });

  it('stays with the host', () => {
    const configuration = build([
      { name: 'a', rules: rules(path('P /a')), annotations: regex },
      { name: 'b', rules: { 'other.example.com': [path('P /foo')] } },
    ]);
    expect(serverOf(configuration, 'other.example.com').regex).toBeUndefined();
  });
});

describe('a path that is no regular expression', () => {
  it.each([
    ['/foo(', true],
    ['/foo[', true],
    ['/foo(/|$)(.*)', false],
    ['/(?i)x', false],
    ['/a++', false],
  ])('%s', (text, expected) => {
    const configuration = build([{ rules: rules(path(`I ${text}`)), annotations: regex }]);
    expect(codesOf(configuration).includes('location/invalid-regex')).toBe(expected);
    expect(serverOf(configuration, host).locations.map((location) => location.path)).toEqual(expected ? ['/'] : [text, '/']);
  });

  it('is told with the Ingress', () => {
    expect(toldOf(build([{ rules: rules(path('I /foo(')), annotations: regex }]))).toEqual([['location/invalid-regex', 'Ingress shop/web', { path: '/foo(', host, ingress: 'shop/web' }]]);
  });

  it('does no harm where it is compared as text', () => {
    expect(codesOf(build([{ rules: rules(path('I /foo(')) }]))).toEqual([]);
  });
});
