import { describe, expect, test } from 'vitest';
import { generateRequests } from '../../../src/verify/requests/generate.ts';
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
  test.each([['/api/v[0-9]+'], ['/a|/b'], ['/x{2,}y?'], ['/(?:p|q)\\.[^/]'], ['/re(?=x)x'], ['/\\d{3}-\\w'], ['/[a-z]{3}'], ['/(?<n>a)+b']])('%s matches all of them', (pattern) => {
    const samples = samplePattern(pattern);
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) expect(sample).toMatch(new RegExp(`^(?:${pattern})`));
  });

  test('an end inside a pattern gives strings just outside the language too', () => {
    expect(samplePattern('/foo(/|$)(.*)')).toEqual(expect.arrayContaining(['/foo/', '/foox']));
  });

  test.each([['('], ['['], ['a)b'], ['*'], ['(?'], ['\\']])('broken %s ends', (pattern) => {
    expect(samplePattern(pattern).length).toBeLessThan(10);
  });
});
