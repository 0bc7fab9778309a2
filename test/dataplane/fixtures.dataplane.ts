import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtures } from '../support/fixtures.ts';
import { objectsOf, type KubernetesObject } from '../traffic/object.ts';
import { newTally } from '../traffic/tally.ts';
import { notFor, unfit } from './exclusions.ts';
import { serveAndJudge } from './judge.ts';
import { pairs } from './pairs.ts';
import { servedObjects } from './served.ts';
import { subjectsOf } from './subject.ts';
import { World } from './world/world.ts';

const world = new World();
/** Parts of names. */
const only = (process.env['GWMIGRATE_DATAPLANE_ONLY'] ?? '').split(',');
const limit = Number(process.env['GWMIGRATE_DATAPLANE_REQUESTS'] ?? 100);
/** Every n-th fixture alone. */
const step = Number(process.env['GWMIGRATE_DATAPLANE_STEP'] ?? 1);

beforeAll(async () => await world.start());
afterAll(async () => await world.stop());

test.each(pairs)('$name: fixtures are taken, and served as the evaluator says', async ({ target, implementation }) => {
  await world.clearAll();
  const tally = newTally();
  const left: string[] = [];
  let served = 0;
  for (const [number, { name, input, options }] of fixtures.entries()) {
    if (!only.some((part) => name.includes(part)) || number % step > 0) continue;
    let given: readonly KubernetesObject[] = [];
    const reason = unfit(name, options, () => (given = servedObjects(objectsOf(input), world)));
    const all = reason === undefined ? await subjectsOf(given, target, implementation, options) : [];
    const judged = all.map((subject) => ({ subject, unsuited: notFor(implementation, subject.objects) }));
    const subjects = judged.flatMap(({ subject, unsuited }) => (unsuited === undefined ? [subject] : []));
    if (subjects.length === 0) left.push(`${name}: ${reason ?? judged[0]?.unsuited ?? 'no Gateway comes out'}`);
    else served += 1;
    const before = tally.disagreements.length;
    for (const subject of subjects) await serveAndJudge({ name, subject, implementation, world, limit }, given, tally);
    // A run takes long: what differs is said at once.
    for (const disagreement of tally.disagreements.slice(before)) console.log(`${target} on ${implementation}: ${disagreement}`);
  }
  console.log(`${target} on ${implementation}: ${served} fixtures, ${tally.sent} requests; left out: ${JSON.stringify([...tally.excluded])}\nfixtures left out:\n${left.join('\n')}`);
  expect(tally.disagreements).toEqual([]);
});
