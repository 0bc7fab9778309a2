import { describe, expect, it } from 'vitest';
import { countGroups, dropMissingGroups } from '../../../src/annotations/captures.ts';
import { collect, type Collected } from '../../support/collected.ts';
import { configuration, ingress, location, server } from '../../support/nginx-model.ts';

function onPath(path: string, annotations: Readonly<Record<string, string>>, pathType: 'Exact' | 'Prefix' = 'Prefix'): Collected & { readonly intents: unknown } {
  const shop = ingress('shop', annotations, { 'shop.example.com': [path] });
  const result = collect(configuration([server('shop.example.com', [location(shop, path, { pathType })])]));
  const intents = result.locations[`shop.example.com ${path}`];
  return { ...result, intents };
}

describe('rewrite-target', () => {
  it.each([
    ['/api', '/', [{ kind: 'rewrite', target: '/' }]],
    ['/api(/|$)(.*)', '/$2', [{ kind: 'rewrite', target: '/$2' }]],
    ['/', '/$2', [{ kind: 'rewrite', target: '/' }]],
    ['/m/(a)?(b)', '/$3-$2', [{ kind: 'rewrite', target: '/-$2' }]],
    ['/old', 'https://new.example.com/x', [{ kind: 'rewrite-redirect', target: 'https://new.example.com/x' }]],
    ['/(.*)', 'https://new.example.com/$1', [{ kind: 'rewrite-redirect', target: 'https://new.example.com/$1' }]],
    ['/foo', '/foo', [{ kind: 'rewrite', target: '/foo' }]],
    ['/', '/', []],
    ['/foo/', '/foo/', []],
    ['/api', 'api', [{ kind: 'rewrite', target: '/api' }]],
    ['/api', ' /api', []],
    ['/api', '/x?added=1', []],
    ['/api', '/x y', []],
    ['/api', '', []],
  ])('on %s with %s', (path, target, intents) => {
    expect(onPath(path, { 'rewrite-target': target }).intents).toEqual(intents);
  });

  it('leaves an Exact path that is its own target alone', () => {
    const { intents, ledger } = onPath('/foo', { 'rewrite-target': '/foo' }, 'Exact');
    expect(intents).toEqual([]);
    expect(ledger).toEqual(['shop/rewrite-target: inert rewrite/own-path']);
  });

  it.each([
    ['/x?added=1', 'inert rewrite/invalid-target'],
    ['/x;y', 'inert rewrite/invalid-target'],
    ['/$uri', 'lost rewrite/variable-in-target'],
    ['x/y', 'approximated rewrite/no-leading-slash'],
    ['/$1', 'translated rewrite/missing-group'],
  ])('books %s as %s', (target, outcome) => {
    expect(onPath('/api', { 'rewrite-target': target }).ledger).toEqual([`shop/rewrite-target: ${outcome}`]);
  });
});

describe('use-regex', () => {
  it.each([
    ['true', 'translated'],
    ['T', 'translated'],
    ['false', 'inert rewrite/regex-off'],
    [' true', 'inert rewrite/unusable-boolean'],
    ['yes', 'inert rewrite/unusable-boolean'],
    ['', 'inert rewrite/unusable-boolean'],
  ])('"%s" is %s', (value, outcome) => {
    expect(onPath('/a[0-9]+', { 'use-regex': value }).ledger).toEqual([`shop/use-regex: ${outcome}`]);
  });
});

describe('x-forwarded-prefix', () => {
  const set = (value: string): unknown => ({ kind: 'request-headers', set: [{ name: 'X-Forwarded-Prefix', value }] });

  it.each([
    ['/api(/|$)(.*)', '/$2', '/api', [{ kind: 'rewrite', target: '/$2' }, set('/api')]],
    ['/api', '/', 'true', [{ kind: 'rewrite', target: '/' }, set('true')]],
    ['/api', '/', '/api/$1', [{ kind: 'rewrite', target: '/' }, set('/api/')]],
    ['/api(/|$)(.*)', '/$2', '/$1', [{ kind: 'rewrite', target: '/$2' }]],
    ['/', '/', '/api', []],
    ['/old', 'https://new.example.com', '/api', [{ kind: 'rewrite-redirect', target: 'https://new.example.com' }]],
  ])('on %s with target %s and prefix %s', (path, target, prefix, intents) => {
    expect(onPath(path, { 'rewrite-target': target, 'x-forwarded-prefix': prefix }).intents).toEqual(intents);
  });

  it('is lost when it depends on the request, and inert without a rewrite', () => {
    expect(onPath('/a(.*)', { 'rewrite-target': '/$1', 'x-forwarded-prefix': '/$1' }).codes).toEqual(['rewrite/prefix-with-capture']);
    expect(onPath('/a', { 'x-forwarded-prefix': '/a' }).ledger).toEqual(['shop/x-forwarded-prefix: inert rewrite/prefix-without-rewrite']);
  });
});

it('says that enable-rewrite-log is only a log', () => {
  expect(onPath('/', { 'enable-rewrite-log': 'true' }).ledger).toEqual(['shop/enable-rewrite-log: inert rewrite/log']);
});

describe('groups of a path', () => {
  it.each([
    ['/api', 0],
    ['/api(/|$)(.*)', 2],
    ['/a\\(b\\)(c)', 1],
    ['/[(](x)', 1],
    ['/(?:a|b)(?<id>[0-9]+)', 1],
    ['/(?=x)(?!y)(?<!z)', 0],
    ['/((a)(b))', 3],
  ])('%s has %i', (pattern, groups) => {
    expect(countGroups(pattern)).toBe(groups);
  });

  it('takes one digit as the number of a group', () => {
    expect(dropMissingGroups('/$10/$2', 1)).toBe('/$10/');
  });
});
