import { describe, expect, it } from 'vitest';
import { dropMissingGroups, literalForm, literalRewrite } from '../../../src/targets/literal-form.ts';

const form = (path: string, pathType: 'Exact' | 'Prefix' = 'Prefix'): string | undefined => {
  const found = literalForm(path, pathType);
  return found === undefined ? undefined : `${found.type} ${found.path}`;
};

describe('literalForm', () => {
  it.each([
    ['/', 'PathPrefix /'],
    ['/foo', 'PathPrefix /foo'],
    ['/foo/', 'PathPrefix /foo'],
    ['/foo(/|$)(.*)', 'PathPrefix /foo'],
    ['/foo/bar(/|$)(.*)', 'PathPrefix /foo/bar'],
    ['/foo/?(.*)', 'PathPrefix /foo'],
    ['/foo/(.*)', 'PathPrefix /foo'],
    ['/foo/.*', 'PathPrefix /foo'],
    ['/foo.*', 'PathPrefix /foo'],
    ['/foo/*', 'PathPrefix /foo'],
    ['/foo(/.*)?$', 'PathPrefix /foo'],
    ['/foo/(.*)$', 'PathPrefix /foo'],
    ['/(.*)', 'PathPrefix /'],
    ['/()(.*)', 'PathPrefix /'],
    ['/v1\\.0/x', 'PathPrefix /v1.0/x'],
    ['/foo$', 'Exact /foo'],
    ['/$', 'Exact /'],
    ['/api/v[0-9]+', undefined],
    ['/(api|web)(/|$)(.*)', undefined],
    ['/a|/b', undefined],
    ['/foo(/|$)$', undefined],
    ['/foo*', undefined],
    ['/(?!x).*', undefined],
    ['//x', undefined],
    ['/a/../b', undefined],
  ])('%s is %s', (path, expected) => {
    expect(form(path)).toBe(expected);
  });

  it('keeps what Exact names, slash and all', () => {
    expect([form('/foo', 'Exact'), form('/foo/', 'Exact'), form('/', 'Exact')]).toEqual(['Exact /foo', 'Exact /foo/', 'Exact /']);
  });
});

describe('literalRewrite', () => {
  it.each([
    ['/foo(/|$)(.*)', '/$2', { kind: 'prefix', value: '/' }],
    ['/foo(/|$)(.*)', '/new/$2', { kind: 'prefix', value: '/new' }],
    ['/foo(/|$)(.*)', '/new$1$2', { kind: 'prefix', value: '/new' }],
    ['/foo(/|$)(.*)', '/foo/$2', { kind: 'none' }],
    ['/foo(/|$)(.*)', '/$1', undefined],
    ['/foo(/|$)(.*)', '/', { kind: 'full', value: '/' }],
    ['/foo/(.*)', '/$1', { kind: 'prefix', value: '/' }],
    ['/foo/?(.*)', '/$1', { kind: 'prefix', value: '/' }],
    ['/foo(/.*)', '$1', { kind: 'prefix', value: '/' }],
    ['/foo(.*)', '/bar$1', { kind: 'prefix', value: '/bar' }],
    ['/(.*)', '/$1', { kind: 'none' }],
    ['/()(.*)', '/$2', { kind: 'none' }],
    ['/(.*)', '/app/$1', { kind: 'prefix', value: '/app' }],
    ['/foo/(.*)', '/x$1', undefined],
    ['/foo/(.*)', '/$1/x', undefined],
    ['/foo', '/', { kind: 'full', value: '/' }],
    ['/foo', '/$1', { kind: 'full', value: '/' }],
  ] as const)('%s rewritten to %s', (path, target, expected) => {
    const literal = literalForm(path, 'Prefix');
    if (literal === undefined) throw new Error('no literal form');
    expect(literalRewrite(dropMissingGroups(target, literal.groups), literal)).toEqual(expected);
  });
});
