import { describe, expect, it } from 'vitest';
import { build, codesOf, path, serverOf, toldOf, type Given } from './given.ts';
import { serve } from './serve.ts';

const host = 'shop.example.com';
const server = (...givens: readonly Given[]) => serverOf(build(givens), host);
const rules = (...paths: readonly ReturnType<typeof path>[]): NonNullable<Given['rules']> => ({ [host]: paths });

/** Measured on a running controller 1.15.1. */
describe('one path on a host without regular expressions', () => {
  const columns = ['P /foo', 'I /foo', 'P /foo/', 'E /foo', 'E /foo/'];
  it.each([
    ['/foo', ['web', 'web', '301 /foo/', 'web', '301 /foo/']],
    ['//foo', ['web', 'web', '301 /foo/', 'web', '301 /foo/']],
    ['/x/../foo', ['web', 'web', '301 /foo/', 'web', '301 /foo/']],
    ['/fo%6f', ['web', 'web', '301 /foo/', 'web', '301 /foo/']],
    ['/foo/', ['web', 'web', 'web', '404', 'web']],
    ['/foo/.', ['web', 'web', 'web', '404', 'web']],
    ['/foo/bar', ['web', 'web', 'web', '404', '404']],
    ['/foo%2Fbar', ['web', 'web', 'web', '404', '404']],
    ['/foobar', ['404', '404', '404', '404', '404']],
    ['/FOO', ['404', '404', '404', '404', '404']],
    ['/', ['404', '404', '404', '404', '404']],
    ['/foo%00', ['400', '400', '400', '400', '400']],
    ['/../foo', ['400', '400', '400', '400', '400']],
  ])('%s', (request, expected) => {
    expect(columns.map((text) => serve(server({ rules: rules(path(text)) }), request))).toEqual(expected);
  });
});

describe('several paths of a host', () => {
  const many = server({
    rules: rules(path('E /', 'e:80'), path('P /', 'p:80'), path('E /foo', 'ef:80'), path('P /foo', 'pf:80'), path('P /foo/bar', 'pfb:80'), path('I /foo/bar/baz', 'i:80')),
  });
  it.each([
    ['/', 'e'],
    ['/x', 'p'],
    ['/foo', 'ef'],
    ['/foo/', 'pf'],
    ['/foo/x', 'pf'],
    ['/foo/bar', 'pfb'],
    ['/foo/bar/bazz', 'pfb'],
    ['/foo/bar/baz/q', 'i'],
    ['/foobar', 'p'],
  ])('%s goes to %s', (request, expected) => {
    expect(serve(many, request)).toBe(expected);
  });

  it('adds the slash before the path / is tried', () => {
    const both = server({ rules: rules(path('P /foo/', 'foo:80'), path('P /', 'root:80')) });
    expect([serve(both, '/foo'), serve(both, '/foox')]).toEqual(['301 /foo/', 'root']);
  });

  it('adds no slash where the bare path is a path', () => {
    const both = server({ rules: rules(path('E /foo/', 'slash:80'), path('E /foo', 'bare:80')) });
    expect([serve(both, '/foo'), serve(both, '/foo/')]).toEqual(['bare', 'slash']);
  });

  const redirects = (...givens: readonly Given[]) => server(...givens).locations.filter(({ addSlashRedirect }) => addSlashRedirect).map(({ path: text, pathType }) => [pathType, text]);

  // nginx-semantics, section 2: one location adds the slash, and none that answers 503.
  it.each<[string, readonly Given[], readonly (readonly string[])[]]>([
    ['once for Exact and Prefix of one text', [{ rules: rules(path('E /foo/', 'e:80'), path('P /foo/', 'p:80')) }], [['Exact', '/foo/']]],
    ['for a longer name beside a Prefix', [{ rules: rules(path('P /foo'), path('E /foox/')) }], [['Exact', '/foox/']]],
    ['not where the location is denied', [{ rules: rules(path('P /foo/')), annotations: { 'auth-type': 'basic' } }], []],
    ['by the open one of two', [{ name: 'shut', created: 1, rules: rules(path('E /foo/')), annotations: { 'auth-type': 'basic' } }, { name: 'open', created: 2, rules: rules(path('P /foo/')) }], [['Prefix', '/foo/']]],
    ['not for the root', [{ rules: rules(path('P /')) }], []],
  ])('adds the slash %s', (_, givens, expected) => {
    expect(redirects(...givens)).toEqual(expected);
  });

  it('adds no second slash where a Prefix is written with one', () => {
    const both = server({ rules: rules(path('P /foo', 'foo:80'), path('E /foo//', 'odd:80')) });
    expect([both.locations.map(({ path: text, addSlashRedirect }) => [text, addSlashRedirect]), serve(both, '/foo/')]).toEqual([[['/foo//', false], ['/foo', false], ['/', false]], 'foo']);
    const alone = server({ rules: rules(path('E /foo//', 'odd:80')) });
    expect(alone.locations.map(({ addSlashRedirect }) => addSlashRedirect)).toEqual([true, false]);
  });
});

describe('the same path in several Ingresses', () => {
  const at = (name: string, created: number | undefined, type = 'P'): Given => ({
    name,
    ...(created === undefined ? {} : { created }),
    rules: rules(path(`${type} /foo`, `${name}:80`)),
  });

  it('goes to the older one, whatever its name', () => {
    expect(serve(server(at('b', 2), at('a', 1)), '/foo')).toBe('a');
  });

  it('goes to the greater name at equal times', () => {
    expect(serve(server(at('tie-a', 1), at('tie-b', 1)), '/foo')).toBe('tie-b');
  });

  it('says so when the input does not state the times', () => {
    const configuration = build([at('a', undefined), at('b', undefined)]);
    expect(codesOf(configuration)).toEqual(['location/taken', 'order/undecided']);
    expect(codesOf(build([at('a', 1), at('b', 2)]))).toEqual(['location/taken']);
  });

  it('keeps both when the types differ', () => {
    const both = server(at('a', 1), at('b', 2, 'E'));
    expect([serve(both, '/foo'), serve(both, '/foo/x')]).toEqual(['b', 'a']);
  });

  it('cuts out what nginx would refuse', () => {
    const epp = build([at('a', 1, 'E'), at('b', 2), at('c', 3)]);
    expect(codesOf(epp)).toContain('location/duplicate');
    expect(serve(serverOf(epp, host), '/foo/x')).toBe('b');
    expect(codesOf(build([at('a', 1), at('b', 2, 'E'), at('c', 3)]))).not.toContain('location/duplicate');
    expect(codesOf(build([{ rules: rules(path('P /foo'), path('P /foo/')) }]))).toContain('location/duplicate');
  });

  // The defect of nginx-semantics, section 1: the search for a duplicate ends at the first location of the text.
  it.each([
    [['P /foo', 'P /foo/'], '/foo', '/foo/'],
    [['E /foo', 'P /foo', 'P /foo'], '/foo', '/foo'],
    [['P /foo', 'E /foo', 'E /foo'], '/foo', '/foo'],
    [['P /', 'E /', 'E /'], '/', '/'],
  ])('%j has a location twice', (texts, first, second) => {
    const configuration = build([{ rules: rules(...texts.map((text) => path(text))) }]);
    expect(toldOf(configuration)).toEqual([['location/duplicate', 'Ingress shop/web', { path: second, host, ingress: 'shop/web', other: first }]]);
    expect(serverOf(configuration, host).locations.filter(({ automatic }) => !automatic)).toHaveLength(texts.length - 1);
  });

  it('keeps the first of two equal ones on a regex host without a word, since nginx loads both', () => {
    const configuration = build([{ rules: rules(path('E /foo'), path('P /foo', 'first:80'), path('P /foo', 'second:80')), annotations: { 'use-regex': 'true' } }]);
    expect([toldOf(configuration), serverOf(configuration, host).locations.map(({ backend }) => (backend.kind === 'service' ? backend.name : ''))]).toEqual([[], ['web', 'first', '']]);
  });

  it.each<[string, readonly Given[], Readonly<Record<string, string>>]>([
    ['another Ingress', [at('a', 1), at('b', 2)], { path: '/foo', host, ingress: 'shop/b', winner: 'Ingress shop/a' }],
    ['the same Ingress', [{ rules: rules(path('P /foo'), path('P /foo', 'late:80')) }], { path: '/foo', host, ingress: 'shop/web', winner: 'the same path further up' }],
    ['an empty path', [{ rules: rules(path('P /'), path('I ')) }], { path: '', host, ingress: 'shop/web', winner: 'the same path further up' }],
    ['unknown hosts', [{ rules: { '': [path('P /foo'), path('I /foo')] } }], { path: '/foo', host: 'unknown hosts', ingress: 'shop/web', winner: 'the same path further up' }],
  ])('tells who has the path: %s', (_, givens, args) => {
    expect(toldOf(build(givens))).toEqual([['location/taken', `Ingress ${args['ingress'] ?? ''}`, args]]);
  });

  it('does not depend on an order where one Ingress has it twice', () => {
    const configuration = build([{ rules: rules(path('P /foo'), path('P /foo')) }, { name: 'other', rules: rules(path('P /')) }]);
    expect(codesOf(configuration)).toEqual(['location/taken']);
  });
});

describe('paths that no request reaches', () => {
  it.each(['P /foo%20x', 'I /foo?x=1'])('%s', (text) => {
    expect(codesOf(build([{ rules: rules(path(text)) }]))).toEqual(['location/never-matches']);
  });

  it('are told with their host', () => {
    expect(toldOf(build([{ rules: rules(path('P /foo%20x')) }]))).toEqual([['location/never-matches', 'Ingress shop/web', { path: '/foo%20x', host }]]);
  });

  it('are not those with a question mark in a regular expression', () => {
    expect(codesOf(build([{ rules: rules(path('I /foo?x')), annotations: { 'use-regex': 'true' } }]))).toEqual([]);
  });

  it('are not those with a percent sign that begins no escape', () => {
    expect(codesOf(build([{ rules: rules(path('I /100%a-b')) }]))).toEqual([]);
  });
});
