import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubernetesObject } from '../traffic/object.ts';
import { sampleSets } from '../traffic/sets.ts';
import { newTally, type Tally } from '../traffic/tally.ts';
import { unfitOutput } from './exclusions.ts';
import { judge } from './judge.ts';
import { pairs, type Pair } from './pairs.ts';
import { servedObjects } from './served.ts';
import { subjectOf } from './subject.ts';
import { World } from './world/world.ts';

const world = new World();
const seed = Number(process.env['GWMIGRATE_DATAPLANE_SEED'] ?? 1);
const count = Number(process.env['GWMIGRATE_DATAPLANE_SETS'] ?? 40);
const limit = Number(process.env['GWMIGRATE_DATAPLANE_REQUESTS'] ?? 100);
/** Sets served at once: their hosts are their own. More would need more listeners than a Gateway has. */
const batch = 4;

beforeAll(async () => await world.start());
afterAll(async () => await world.stop());

async function judgeSets(sets: readonly (readonly KubernetesObject[])[], { target, implementation }: Pair, tally: Tally): Promise<number> {
  const given = servedObjects(sets.flat(), world);
  const subject = await subjectOf(given, target, implementation);
  if (unfitOutput(subject.objects) !== undefined) {
    const middle = Math.ceil(sets.length / 2);
    if (middle === sets.length) return 0;
    return (await judgeSets(sets.slice(0, middle), { target, implementation }, tally)) + (await judgeSets(sets.slice(middle), { target, implementation }, tally));
  }
  const name = `seed ${seed}`;
  const { refused, complaints } = await world.serve(implementation, subject.objects, given);
  tally.disagreements.push(...[...refused, ...complaints].map((complaint) => `${name}: ${complaint}`));
  await judge(name, subject, implementation, world, limit * sets.length, tally);
  return sets.length;
}

test.each(pairs)(`$name: generated sets are taken, and served as the evaluator says, seed ${seed}`, async (pair) => {
  await world.clearAll();
  const tally = newTally();
  const sets = sampleSets(seed, count).filter((set) => set.length > 0);
  let served = 0;
  for (let start = 0; start < sets.length; start += batch) served += await judgeSets(sets.slice(start, start + batch), pair, tally);
  console.log(`${pair.target} on ${pair.implementation}, seed ${seed}: ${served} of ${count} sets, ${tally.sent} requests; left out: ${JSON.stringify([...tally.excluded])}`);
  expect(tally.disagreements).toEqual([]);
});
