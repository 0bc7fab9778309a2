import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtures } from '../support/fixtures.ts';
import { objectsOf, type KubernetesObject } from '../traffic/object.ts';
import { newTally } from '../traffic/tally.ts';
import { unfit, unfitOutput } from './exclusions.ts';
import { judge } from './judge.ts';
import { pairs } from './pairs.ts';
import { servedObjects } from './served.ts';
import { subjectOf } from './subject.ts';
import { World } from './world/world.ts';

const world = new World();
const only = process.env['GWMIGRATE_DATAPLANE_ONLY'] ?? '';
const limit = Number(process.env['GWMIGRATE_DATAPLANE_REQUESTS'] ?? 100);
/** Every n-th fixture alone. */
const step = Number(process.env['GWMIGRATE_DATAPLANE_STEP'] ?? 1);

beforeAll(async () => await world.start());
afterAll(async () => await world.stop());

const regexHosts = (options: readonly string[]): 'faithful' | 'literal' => (options.includes('--regex-hosts=literal') ? 'literal' : 'faithful');

test.each(pairs)('$name: fixtures are taken, and served as the evaluator says', async ({ target, implementation }) => {
  await world.clearAll();
  const tally = newTally();
  const left: string[] = [];
  let served = 0;
  for (const [number, { name, input, options }] of fixtures.entries()) {
    if (!name.includes(only) || number % step > 0) continue;
    let given: readonly KubernetesObject[] = [];
    const objects = (): readonly KubernetesObject[] => (given = servedObjects(objectsOf(input), world));
    const subject = unfit(name, options, objects) ?? (await subjectOf(given, target, implementation, regexHosts(options)));
    const reason = typeof subject === 'string' ? subject : unfitOutput(subject.objects);
    if (reason !== undefined || typeof subject === 'string') {
      left.push(`${name}: ${reason}`);
      continue;
    }
    served += 1;
    const { refused, complaints } = await world.serve(implementation, subject.objects, given);
    tally.disagreements.push(...[...refused, ...complaints].map((complaint) => `${name}: ${complaint}`));
    await judge(name, subject, implementation, world, limit, tally);
  }
  console.log(`${target} on ${implementation}: ${served} fixtures, ${tally.sent} requests; left out: ${JSON.stringify([...tally.excluded])}\nfixtures left out:\n${left.join('\n')}`);
  expect(tally.disagreements).toEqual([]);
});
