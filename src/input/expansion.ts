import { maxDepth, maxExpandedValues } from './limits.ts';

interface Measure {
  readonly values: number;
  readonly depth: number;
}

/**
 * Why a value with aliases is more than it looks: each shared part is counted as often as it is referred to, and looked at once.
 * Undefined when it is within bounds.
 */
export function expansionProblem(value: unknown): string | undefined {
  const known = new Map<object, Measure>();
  let problem: string | undefined;
  const measure = (one: unknown, level: number): Measure => {
    if (typeof one !== 'object' || one === null) return { values: 1, depth: 0 };
    const seen = known.get(one);
    if (seen !== undefined) return seen;
    if (level > maxDepth) {
      problem ??= `more than ${maxDepth} levels`;
      return { values: 1, depth: 0 };
    }
    let values = 1;
    let depth = 0;
    for (const child of Object.values(one)) {
      const part = measure(child, level + 1);
      values += part.values;
      depth = Math.max(depth, part.depth + 1);
      if (values > maxExpandedValues) problem ??= `more than ${maxExpandedValues} values`;
      if (depth + level > maxDepth) problem ??= `more than ${maxDepth} levels`;
      if (problem !== undefined) break;
    }
    const result = { values, depth };
    known.set(one, result);
    return result;
  };
  measure(value, 0);
  return problem;
}
