import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubernetesObject } from '../traffic/object.ts';
import { sampleSets } from '../traffic/sets.ts';
import { newTally, type Tally } from '../traffic/tally.ts';
import { serveAndJudge } from './judge.ts';
import { pairs, type Pair } from './pairs.ts';
import { servedObjects } from './served.ts';
import { subjectsOf } from './subject.ts';
import { World } from './world/world.ts';

const world = new World();
const seeds = (process.env['GWMIGRATE_DATAPLANE_SEED'] ?? '1').split(',').map(Number);
const count = Number(process.env['GWMIGRATE_DATAPLANE_SETS'] ?? 40);
const limit = Number(process.env['GWMIGRATE_DATAPLANE_REQUESTS'] ?? 100);
/** Sets served at once: their hosts are their own. More would need more listeners than a Gateway has. */
const batch = 4;

beforeAll(async () => await world.start());
afterAll(async () => await world.stop());

async function judgeSets(name: string, sets: readonly (readonly KubernetesObject[])[], { target, implementation }: Pair, tally: Tally): Promise<void> {
  const given = servedObjects(sets.flat(), world);
  const subjects = await subjectsOf(given, target, implementation);
  // What a set needs that is not here would keep the others from being asked.
  if (sets.length > 1 && subjects.some(({ unreachable }) => unreachable !== undefined)) {
    for (const set of sets) await judgeSets(name, [set], { target, implementation }, tally);
    return;
  }
  for (const subject of subjects) await serveAndJudge({ name, subject, implementation, world, limit: limit * sets.length }, given, tally);
}

test.each(pairs.flatMap((pair) => seeds.map((seed) => ({ ...pair, seed }))))('$name: generated sets are taken, and served as the evaluator says, seed $seed', async ({ seed, ...pair }) => {
  await world.clearAll();
  const tally = newTally();
  const sets = sampleSets(seed, count).filter((set) => set.length > 0);
  for (let start = 0; start < sets.length; start += batch) await judgeSets(`seed ${seed}`, sets.slice(start, start + batch), pair, tally);
  console.log(`${pair.target} on ${pair.implementation}, seed ${seed}: ${sets.length} sets, ${tally.sent} requests; left out: ${JSON.stringify([...tally.excluded])}`);
  expect(tally.disagreements).toEqual([]);
});
