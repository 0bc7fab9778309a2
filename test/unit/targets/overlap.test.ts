import { describe, expect, it } from 'vitest';
import { groupByOverlap } from '../../../src/targets/overlap.ts';
import { growth, inProportion } from '../../support/growth.ts';

const group = (heads: readonly string[]): readonly (readonly string[])[] => groupByOverlap(heads, (head) => head);

describe('groupByOverlap', () => {
  it('keeps apart what no path can reach together', () => {
    expect(group(['/b/x', '/a', '/ab', '/c', '/b'])).toEqual([['/b/x', '/b'], ['/a', '/ab'], ['/c']]);
  });

  it('puts everything with the root', () => {
    expect(group(['/b', '/a', '/'])).toEqual([['/b', '/a', '/']]);
  });

  it('joins two strangers through a common head', () => {
    expect(group(['/a/x', '/a/y', '/a'])).toEqual([['/a/x', '/a/y', '/a']]);
  });

  it('does not take neighbours in the order for relatives', () => {
    expect(group(['/a!', '/a', '/a-b', '/b'])).toEqual([['/a!', '/a', '/a-b'], ['/b']]);
    expect(group(['/ab', '/abc', '/ac', '/abd'])).toEqual([['/ab', '/abc', '/abd'], ['/ac']]);
  });

  it('is about linear for hosts with many paths', async () => {
    const heads = (length: number): readonly string[] => Array.from({ length }, (_, index) => `/p${String(index).padStart(6, '0')}`);
    expect(group(heads(2500))).toHaveLength(2500);
    expect(await growth((count) => group(heads(count)), 2500)).toBeLessThan(inProportion);
  });
});
