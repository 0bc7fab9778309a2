import { describe, expect, it } from 'vitest';
import { reachOf, type PathStep, type Reach } from '../../../../src/annotations/snippets/reach.ts';
import type { LocationMatch } from '../../../../src/plan/intents.ts';
import { build, path, serverOf } from '../../nginx/given.ts';

const host = 'a.example.com';
const step = (match: LocationMatch, status = 404): PathStep => ({ kind: 'path-answer', line: 1, match, answer: { kind: 'response', status, body: '' } });
const exact = (value: string): PathStep => step({ kind: 'exact', value });
const prefix = (value: string, beforeRegexes = false): PathStep => step({ kind: 'prefix', value, beforeRegexes });
const regex = (value: string, status = 404): PathStep => step({ kind: 'regex', value, ignoreCase: true }, status);

/** Of the first step, beside the others, on a host with these paths. */
function reach([first, ...others]: readonly [PathStep, ...PathStep[]], paths: readonly string[], annotations: Readonly<Record<string, string>> = {}): Reach {
  return reachOf(first, [first, ...others], serverOf(build([{ annotations, rules: { [host]: paths.map((text) => path(text)) } }]), host));
}

describe('a location of a snippet beside those of Ingresses', () => {
  it('acts where nginx reaches it', () => {
    expect(reach([exact('/a')], ['P /'])).toBe('acts');
    expect(reach([prefix('/a')], ['P /a', 'P /'])).toBe('acts');
    expect(reach([regex('^/a')], ['P /', 'E /b'])).toBe('acts');
  });

  it('is refused where another has its name', () => {
    expect(reach([exact('/a')], ['P /a'])).toBe('refused');
    expect(reach([prefix('/a/')], ['P /a'])).toBe('refused');
    expect(reach([prefix('/')], ['P /a'])).toBe('refused');
    expect(reach([prefix('/b'), prefix('/b')], ['P /a'])).toBe('refused');
  });

  it('is never reached behind the expressions of a host, unless it comes before them', () => {
    const regexHost = { 'use-regex': 'true' };
    expect(reach([prefix('/a')], ['I /v[0-9]'], regexHost)).toBe('never');
    expect(reach([exact('/a')], ['I /v[0-9]'], regexHost)).toBe('acts');
    expect(reach([prefix('/a', true)], ['I /v[0-9]'], regexHost)).toBe('unsayable');
    expect(reach([regex('^/a')], ['I /v[0-9]'], regexHost)).toBe('unsayable');
  });

  it('is not guessed at where the order of expressions counts', () => {
    expect(reach([regex('^/a'), regex('^/b')], ['P /'])).toBe('acts');
    expect(reach([regex('^/a'), regex('^/b', 200)], ['P /'])).toBe('unsayable');
    expect(reach([regex('^/a'), prefix('/b', true)], ['P /'])).toBe('unsayable');
    expect(reach([regex('^/a')], ['E /abc'])).toBe('unsayable');
    expect(reach([regex('^/(?!a)')], ['P /'])).toBe('unsayable');
    expect(reach([regex(`^/${'a'.repeat(500)}`)], ['P /'])).toBe('unsayable');
  });
});
