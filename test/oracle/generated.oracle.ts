import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubernetesObject } from '../traffic/object.ts';
import { sampleSets } from '../traffic/sets.ts';
import { newTally, type Tally } from '../traffic/tally.ts';
import { judge } from './judge.ts';
import { configurationOf } from './subject.ts';
import { Oracle } from './world/oracle.ts';

const oracle = new Oracle();
const seed = Number(process.env['GWMIGRATE_ORACLE_SEED'] ?? 1);
const count = Number(process.env['GWMIGRATE_ORACLE_SETS'] ?? 60);
const limit = Number(process.env['GWMIGRATE_ORACLE_REQUESTS'] ?? 150);

beforeAll(async () => await oracle.start());
afterAll(async () => await oracle.stop());

/** What nginx refuses as a whole is told by a finding and cannot be asked about. */
const refused = new Set(['location/duplicate', 'location/invalid-regex']);

type Sets = readonly (readonly KubernetesObject[])[];

/** Serves the sets at once; halves them when nginx refuses, until the culprit is alone. */
async function judgeAll(sets: Sets, tally: Tally): Promise<void> {
  if (sets.length === 0) return;
  const { served, complaint } = await oracle.apply(sets.flat());
  if (complaint === undefined) {
    await judge(`seed ${seed}`, await configurationOf(served), limit * sets.length, tally);
  } else if (sets.length === 1) {
    tally.disagreements.push(`seed ${seed}: nginx refuses: ${complaint} ${JSON.stringify(sets[0])}`);
  } else {
    const middle = Math.ceil(sets.length / 2);
    await judgeAll(sets.slice(0, middle), tally);
    await judgeAll(sets.slice(middle), tally);
  }
}

test(`nginx does what the evaluator says about generated sets, seed ${seed}`, async () => {
  const tally = newTally();
  const fit: (readonly KubernetesObject[])[] = [];
  for (const set of sampleSets(seed, count)) {
    const { findings } = await configurationOf(set);
    if (!findings.some(({ code }) => refused.has(code))) fit.push(set);
  }
  for (let start = 0; start < fit.length; start += 20) await judgeAll(fit.slice(start, start + 20), tally);
  console.log(`seed ${seed}: ${fit.length} of ${count} sets, ${tally.sent} requests; left out: ${JSON.stringify([...tally.excluded])}`);
  expect(tally.disagreements).toEqual([]);
});
