import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateNames, hostText, isCanonicalHost, longestName, slug, type NameRequest } from '../../../src/emit/names.ts';

const request = (host: string): NameRequest => ({ scope: '', text: hostText(host), key: host, canonical: isCanonicalHost(host) });
const namesFor = (hosts: readonly string[], max = longestName): readonly string[] => allocateNames(hosts.map(request), max);

describe('hostText', () => {
  it.each([
    ['shop.example.com', 'shop-example-com'],
    ['*.example.com', 'wildcard-example-com'],
    ['my-app.example.com', 'my-app-example-com'],
    ['', 'catch-all'],
    ['_x_.', 'x'],
    ['---', 'host'],
  ])('%s is %s', (host, text) => expect(hostText(host)).toBe(text));
});

describe('slug', () => {
  it.each([
    ['/api/v1', 'api-v1'],
    ['(?i)^/a(/|$)(.*)', 'i-a'],
    ['/', ''],
  ])('%s is %s', (text, expected) => expect(slug(text)).toBe(expected));
});

describe('allocateNames', () => {
  it('lets the plain host keep its text and marks the others', () => {
    const [plain, dashed, wildcard, named, alone] = namesFor(['a.b.com', 'a-b.com', '*.b.com', 'wildcard.b.com', 'my-app.b.com']);
    expect(plain).toBe('a-b-com');
    expect(dashed).toMatch(/^a-b-com-[0-9a-f]{8}$/);
    expect(wildcard).toMatch(/^wildcard-b-com-[0-9a-f]{8}$/);
    expect(named).toBe('wildcard-b-com');
    expect(alone).toBe('my-app-b-com');
  });

  it('marks both when none is the plain one', () => {
    for (const name of namesFor(['a-b.c.com', 'a.b-c.com'])) expect(name).toMatch(/^a-b-c-com-[0-9a-f]{8}$/);
  });

  it('leaves taken names alone, but only in their scope', () => {
    const requests = ['one', 'two'].map((scope) => ({ ...request('a.com'), scope }));
    expect(allocateNames(requests, longestName, new Map([['one', new Set(['a-com'])]]))).toEqual([expect.stringMatching(/^a-com-[0-9a-f]{8}$/), 'a-com']);
  });

  it('avoids a host that looks like a marked name', () => {
    const [, marked = ''] = namesFor(['a.b.com', 'a-b.com']);
    const names = namesFor(['a.b.com', 'a-b.com', marked]);
    expect(new Set(names).size).toBe(3);
    expect(names[2]).toBe(marked);
  });

  it('gives unique, valid, short names that do not depend on the order', () => {
    const label = fc.stringMatching(/^[ab](?:[ab-]{0,2}[ab])?$/);
    const longLabel = fc.stringMatching(/^[ab]{50,63}$/);
    const host = fc.tuple(fc.constantFrom('', '*.', 'wildcard.'), fc.array(fc.oneof({ weight: 6, arbitrary: label }, { weight: 1, arbitrary: longLabel }), { minLength: 1, maxLength: 4 })).map(([head, labels]) => head + labels.join('.'));
    fc.assert(
      fc.property(fc.uniqueArray(host, { maxLength: 30 }), fc.constantFrom(63, 253), fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), (hosts, max, ranks) => {
        const names = namesFor(hosts, max);
        expect(new Set(names).size).toBe(hosts.length);
        for (const name of names) {
          expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);
          expect(name.length).toBeLessThanOrEqual(max);
        }
        const shuffled = hosts.map((value, index) => ({ value, index, rank: ranks[index] ?? 0 })).sort((a, b) => a.rank - b.rank);
        expect(namesFor(shuffled.map(({ value }) => value), max)).toEqual(shuffled.map(({ index }) => names[index]));
      }),
      { numRuns: 500 },
    );
  });

  it('does not change the name of a plain host, whatever else there is', () => {
    const host = fc.stringMatching(/^[ab](?:[ab.-]{0,4}[ab])?$/).filter((text) => text !== 'a.b');
    fc.assert(
      fc.property(fc.uniqueArray(host, { maxLength: 20 }), (hosts) => {
        expect(namesFor(['a.b', ...hosts])[0]).toBe('a-b');
      }),
    );
  });
});
