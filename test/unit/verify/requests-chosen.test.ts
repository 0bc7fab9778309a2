import { describe, expect, it } from 'vitest';
import type { EffectiveConfiguration } from '../../../src/nginx/configuration.ts';
import { generateRequests, requestKey } from '../../../src/verify/requests/generate.ts';
import { outsidePattern } from '../../../src/verify/requests/pattern-outside.ts';
import { build, path } from '../nginx/given.ts';

const configuration = build([{ rules: { 'a.test': [path('I /(a|b|c|d)$'), path('P /plain')] }, annotations: { 'use-regex': 'true' } }]);
const keys = (seed: number, limit = 100_000, of: EffectiveConfiguration = configuration): readonly string[] => generateRequests(of, limit, seed).map(requestKey);
const asked = (limit = 100_000): readonly string[] => generateRequests(configuration, limit).filter(({ host }) => host === 'a.test').map(({ method, scheme, target }) => `${method} ${scheme} ${target}`);

describe('requests of a server', () => {
  it('are the same ones for every seed, each once', () => {
    const all = [...keys(0)].sort();
    expect(new Set(all).size).toBe(all.length);
    for (const seed of [1, 2, 3, 10, 99, 12_345]) expect([...keys(seed)].sort()).toEqual(all);
  });

  it('are others for another seed where the limit leaves some out, behind the telling ones', () => {
    const limit = keys(0).length / 2;
    const chosen = [0, 1, 2, 3].map((seed) => keys(seed, limit));
    expect(new Set(chosen.map((some) => [...some].sort().join('\n'))).size).toBe(chosen.length);
    expect(new Set(chosen.map((some) => some.slice(0, 12).join('\n'))).size).toBe(1);
  });

  it('begin with two paths of every location', () => {
    expect(asked().slice(0, 8)).toEqual(['http', 'https'].flatMap((scheme) => ['/a', '/b', '/plain', '/'].map((target) => `GET ${scheme} ${target}`)));
  });

  it('go to every path over both schemes, and over the first one in every way', () => {
    const all = asked();
    for (const target of ['/zz-unknown', '/d', '/plain/x']) {
      expect(all.filter((one) => one.endsWith(` ${target}`)).sort()).toEqual(['GET http', 'GET https', 'HEAD http', 'OPTIONS http', 'POST http'].map((way) => `${way} ${target}`));
    }
  });
});

/** Each of them fails the pattern, which is compared without letter case, from the start, and open at the end. */
describe('strings just outside of a pattern', () => {
  it.each<[string, readonly string[]]>([
    ['/x*$', ['/x/', '/7', '/x7']],
    ['/a/?$', ['/', '/a-']],
    ['/(a|b|c|d|e|f)$', ['/', '/7', '/cc', '/dd']],
    ['/[A-Z0-9]*$', ['/x/', '/x/A', '/x/Z', '/x/0']],
    ['/[0-9]*$', ['/x/', '/q', '/x/9', '/0q']],
    ['/(', []],
    ['/.*', []],
  ])('%s: %j', (pattern, expected) => {
    expect(outsidePattern(pattern)).toEqual(expected);
    for (const one of expected) expect(new RegExp(`^${pattern}`, 'iu').test(one)).toBe(false);
  });
});
