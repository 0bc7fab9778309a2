import { compareText } from '../model/object.ts';

/** Insertions, deletions and replacements that turn one text into the other; more than `limit` is reported as `limit + 1`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const value = Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(value);
      if (value < least) least = value;
    }
    if (least > limit) return limit + 1;
    previous = current;
  }
  return Math.min(previous[b.length] ?? 0, limit + 1);
}

/** The candidate that looks most like the text, if one does: short texts may differ in one character, long ones in three. Letter case is no difference. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = text.toLowerCase();
  let limit = wanted.length < 8 ? 1 : wanted.length < 16 ? 2 : 3;
  let best: string | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate, limit);
    if (distance > limit || (distance === limit && best !== undefined && compareText(best, candidate) < 0)) continue;
    best = candidate;
    limit = distance;
  }
  return best;
}
