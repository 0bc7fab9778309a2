import { describe, expect, it } from 'vitest';
import { portableRegex, readRegex } from '../../../src/targets/regex.ts';

/** JavaScript stands in for RE2: it has no inline (?i). */
function matches(pattern: string, path: string): boolean {
  expect(pattern.startsWith('(?i)')).toBe(true);
  return new RegExp(pattern.slice('(?i)'.length), 'i').test(path);
}

/** Requests measured on the controller v1.15.1: paths of a regex host, what they take and what they do not. */
const measured: readonly (readonly [path: string, taken: readonly string[], refused: readonly string[]])[] = [
  ['/foo', ['/foo', '/foo/', '/foo/bar', '/foobar', '/FOO', '/FOO/Bar'], ['/x/foo', '/', '/fo']],
  ['/api/v[0-9]+', ['/api/v1', '/API/V22', '/api/v1/x'], ['/api/vx', '/x/api/v1']],
  ['/d.t', ['/d.t', '/dxt', '/d.t/more'], ['/dt']],
  ['/id/[0-9]+$', ['/id/1'], ['/id/12a', '/id/1/']],
  ['/a|/b', ['/a', '/ab', '/b', '/q/b'], ['/q/a', '/c']],
  ['/foo(/|$)(.*)', ['/foo', '/foo/', '/foo/a', '/FOO/Bar'], ['/foobar', '/x/foo/']],
  ['/n/(.+)', ['/n/a', '/N/A/B'], ['/n/', '/n']],
  ['/', ['/', '/anything'], []],
  ['/file\\.json', ['/file.json', '/FILE.JSON/x'], ['/filexjson']],
  ['/(api|web)/x', ['/api/x', '/WEB/x/y'], ['/x', '/q/api/x']],
];

describe('portableRegex', () => {
  it.each(measured)('takes for %s what nginx takes', (path, taken, refused) => {
    const pattern = portableRegex(readRegex(path));
    for (const request of taken) expect([request, matches(pattern, request)]).toEqual([request, true]);
    for (const request of refused) expect([request, matches(pattern, request)]).toEqual([request, false]);
  });

  it('wraps every pattern alike, so that ranking by length keeps the order of nginx', () => {
    const paths = ['/foo/bar/[a-z]{3}', '/foo/bar/bar', '/foo(.*)', '/fooooo', '/[ab]', '/b', '/'];
    const lengths = paths.map((path) => portableRegex(readRegex(path)).length - path.length);
    expect(new Set(lengths).size).toBe(1);
  });

  it.each([
    ['/api/v[0-9]+', '(?i)^/api/v[0-9]+.*$'],
    ['/a|/b', '(?i)^(?:/a|.*/b).*$'],
    ['/(?<id>[0-9]+)', '(?i)^/(?P<id>[0-9]+).*$'],
  ])('writes %s as %s', (path, expected) => {
    expect(portableRegex(readRegex(path))).toBe(expected);
  });
});

describe('readRegex', () => {
  it.each([
    ['/foo', '/foo'],
    ['/Foo/bar[0-9]', '/foo/bar'],
    ['/foo*', '/fo'],
    ['/foo?bar', '/fo'],
    ['/foo\\.js', '/foo.js'],
    ['/a|/b', ''],
    ['/(api|web)', '/'],
    ['/a{2}b', '/'],
  ])('finds the literal head of %s', (path, head) => {
    expect(readRegex(path).head).toBe(head);
  });

  it.each([
    ['/(?!admin).*', 'look-around'],
    ['/x(?<=y)', 'look-around'],
    ['/(a)\\1', 'a back-reference'],
    ['/a++b', 'a possessive quantifier'],
    ['/(?>a|b)', 'an atomic group'],
    ['/a{1001}', 'a repetition over 1000'],
    ['/(?R)', 'recursion'],
    ['/\\Kx', 'the escape \\K'],
  ])('knows that RE2 has no such thing as %s', (path, construct) => {
    expect(readRegex(path).unsupported).toContain(construct);
  });

  it.each(['/a(?:b|c)', '/(?i)x', '/\\d+\\w', '/[^/]+/x', '/[]a]b', '/[[:alpha:]]+', '/a{2,5}?', '/(?P<n>x)', '/a\\-b'])('takes %s as RE2', (path) => {
    expect(readRegex(path).unsupported).toEqual([]);
  });

  it.each([
    ['/(?!admin).*', ['/admin', '/x']],
    ['/(a)\\1/x', ['/aa/x']],
    ['/(?>ab|a)c', ['/abc', '/ac']],
  ])('widens %s rather than narrows it', (path, requests) => {
    const pattern = portableRegex(readRegex(path));
    for (const request of requests) expect(matches(pattern, request)).toBe(true);
  });

  it('counts the groups that hold text', () => {
    expect(readRegex('/a(b)(?:c)(?<d>e)\\(f[(]').groups).toBe(2);
  });
});
