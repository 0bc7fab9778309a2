import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateRequests } from '../../../src/verify/requests/generate.ts';
import { pcre } from '../../../src/verify/nginx/pattern.ts';
import { boundaries } from '../../../src/verify/requests/boundaries.ts';
import { outsidePattern } from '../../../src/verify/requests/pattern-outside.ts';
import { samplePattern } from '../../../src/verify/requests/pattern-samples.ts';
import { build, path, type Given } from '../nginx/given.ts';

const targets = (givens: readonly Given[], limit = 10_000): readonly string[] => generateRequests(build(givens), limit).map(({ method, scheme, host, target }) => `${method} ${scheme}://${host}${target}`);

const shop: Given = { rules: { 'shop.test': [path('P /foo')], '*.w.test': [path('I /re/[0-9]+$')] }, annotations: { 'use-regex': 'true' } };

test('asks for every host, scheme and neighbour of a path', () => {
  const asked = targets([shop]);
  expect(asked).toEqual(
    expect.arrayContaining([
      'GET http://shop.test/foo',
      'GET https://shop.test/foo/',
      'GET http://shop.test/FOO',
      'GET http://shop.test//foo',
      'GET http://shop.test/foo/../foo',
      'GET http://shop.test/foo%2Fx',
      'GET http://shop.test/foox',
      'POST http://shop.test/foo',
      'OPTIONS http://shop.test/foo',
      'GET http://probe.w.test/re/0',
      'GET http://one.two.w.test/re/0',
      'GET http://w.test/re/0',
      'GET http:///',
    ]),
  );
});

test('is the same each time, without repetition, and shares a limit among the hosts', () => {
  const asked = targets([shop]);
  expect(targets([shop])).toEqual(asked);
  expect(new Set(asked).size).toBe(asked.length);
  const few = targets([shop], 20);
  expect(few).toHaveLength(20);
  expect(few.some((line) => line.includes('shop.test'))).toBe(true);
  expect(few.some((line) => line.includes('.w.test'))).toBe(true);
});

test('sends the headers, cookies and origins that rules ask about', () => {
  const main: Given = { name: 'main', created: 1, annotations: { 'enable-cors': 'true', 'cors-allow-origin': 'https://*.o.test' }, rules: { 'h.test': [path('P /', 'main:80')] } };
  const canary: Given = { name: 'can', created: 2, annotations: { canary: 'true', 'canary-by-header': 'X-Can', 'canary-by-header-value': 'yes', 'canary-by-cookie': 'cc' }, rules: { 'h.test': [path('P /', 'can:80')] } };
  const headers = generateRequests(build([main, canary]), 10_000).flatMap((request) => [...request.headers].map(([name, value]) => `${request.method} ${name}: ${value}`));
  expect(headers).toEqual(expect.arrayContaining(['GET x-can: yes', 'GET x-can: always', 'GET cookie: cc=never', 'OPTIONS origin: https://app.o.test', 'GET origin: https://stranger.example.org']));
});

describe('samples of a pattern', () => {
  test.each([['/api/v[0-9]+'], ['/a|/b'], ['/x{2,}y?'], ['/(?:p|q)\\.[^/]'], ['/re(?=x)x'], ['/\\d{3}-\\w'], ['/[a-z]{3}'], ['/(?<n>a)+b'], ['/[[:alpha:]]+-[^[:digit:]]'], ['/[\\w-]+\\.']])('%s matches all of them', (pattern) => {
    const samples = samplePattern(pattern);
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) expect(pcre(`^(?:${pattern})`, '')?.test(sample), sample).toBe(true);
  });

  test('an end inside a pattern gives strings just outside the language too', () => {
    expect(samplePattern('/foo(/|$)(.*)')).toEqual(expect.arrayContaining(['/foo/', '/foox']));
  });

  test.each([['/api/v[0-9]+'], ['/(?:p|q)\\.[^/]'], ['/\\d{3}-\\w$'], ['/foo(/|$)(.*)'], ['/[a-z]{3}']])('strings just outside %s match nothing of it, and are one change away', (pattern) => {
    const outside = outsidePattern(pattern);
    expect(outside.length).toBeGreaterThan(0);
    for (const one of outside) expect(pcre(`^${pattern}`, 'i')?.test(one), one).toBe(false);
  });

  test('nothing is outside of what takes everything, or cannot be read', () => {
    expect(outsidePattern('/.*')).toEqual([]);
    expect(outsidePattern('/(a')).toEqual([]);
  });

  test.each([['('], ['['], ['a)b'], ['*'], ['(?'], ['\\']])('broken %s ends', (pattern) => {
    expect(samplePattern(pattern).length).toBeLessThan(10);
  });
});

describe('the boundary between neighbouring paths', () => {
  test('is asked for in every spelling that two readers could take for two paths', () => {
    expect([...boundaries(['/', '/admin', '/admin/open', '/pub'])]).toEqual(
      expect.arrayContaining(['/admin//open', '/admin/./open', '/admin%2Fopen', '/adminopen', '/pub/../admin/open', '/admin/open/../../pub', '/admin%2F../', '//admin']),
    );
  });

  test('is made of paths, whatever stands beside what', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('/', '/a', '/a/b', '/a/b/', '/a-b', '/c/d')), (paths) => [...boundaries(paths)].every((path) => path.startsWith('/'))));
  });
});

test('seeds ask the same requests where nothing is left out, and others where something is', () => {
  const asked = (limit: number, seed: number): readonly string[] => generateRequests(build([shop]), limit, seed).map((request) => JSON.stringify({ ...request, headers: [...request.headers] }));
  const all = asked(100_000, 0);
  for (const seed of [1, 2, 77]) {
    expect([...asked(100_000, seed)].sort()).toEqual([...all].sort());
    expect(asked(150, seed)).toEqual(asked(150, seed));
  }
  expect(asked(150, 1)).not.toEqual(asked(150, 0));
  expect(asked(150, 1)).not.toEqual(asked(150, 2));
});

test('asks with credentials where a user and password count', () => {
  const guarded: Given = { annotations: { 'auth-type': 'basic', 'auth-secret': 'users' }, rules: { 'h.test': [path('P /')] } };
  const asked = generateRequests(build([guarded]), 10_000);
  expect(asked.some(({ headers }) => headers.has('authorization'))).toBe(true);
  expect(asked.some(({ headers }) => headers.size === 0)).toBe(true);
});
