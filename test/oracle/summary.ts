import type { Tally } from '../traffic/tally.ts';

const left = ({ excluded }: Tally): number => [...excluded.values()].reduce((sum, count) => sum + count, 0);

/** The last lines of a run: what was compared, what was not and why, what differs. */
export function summary(tally: Tally): string {
  const reasons = [...tally.excluded].map(([reason, count]) => `  ${count} not compared: ${reason}`);
  const same = tally.sent - left(tally) - tally.disagreements.length;
  return [`${tally.sent} requests asked of nginx: ${same} answered as the evaluator says, ${tally.disagreements.length} otherwise`, ...reasons].join('\n');
}

/** More than a few exclusions would mean that the comparison proves little. */
export function excludedShare(tally: Tally): number {
  return left(tally) / Math.max(1, tally.sent);
}
