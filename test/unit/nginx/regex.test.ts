import { describe, expect, it } from 'vitest';
import { build, codesOf, path, serverOf, type Given } from './given.ts';
import { serve } from './serve.ts';

const host = 'shop.example.com';
const server = (...givens: readonly Given[]) => serverOf(build(givens), host);
const rules = (...paths: readonly ReturnType<typeof path>[]): NonNullable<Given['rules']> => ({ [host]: paths });
const regex = { 'use-regex': 'true' };

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

  it('does no harm where it is compared as text', () => {
    expect(codesOf(build([{ rules: rules(path('I /foo(')) }]))).toEqual([]);
  });
});
