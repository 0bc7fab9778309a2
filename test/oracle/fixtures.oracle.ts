import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtures } from '../support/fixtures.ts';
import { objectsOf } from '../traffic/object.ts';
import { newTally } from '../traffic/tally.ts';
import { judge } from './judge.ts';
import { configurationOf } from './subject.ts';
import { Oracle } from './world/oracle.ts';
import { unfit } from './exclusions.ts';

const oracle = new Oracle();
const only = process.env['GWMIGRATE_ORACLE_ONLY'] ?? '';
const limit = Number(process.env['GWMIGRATE_ORACLE_REQUESTS'] ?? 150);

beforeAll(async () => await oracle.start());
afterAll(async () => await oracle.stop());

test('nginx does what the evaluator says about every fixture', async () => {
  const tally = newTally();
  const skipped: string[] = [];
  for (const { name, input, options } of fixtures) {
    if (!name.includes(only)) continue;
    const reason = unfit(name, options, () => objectsOf(input));
    if (reason !== undefined) {
      skipped.push(`${name}: ${reason}`);
      continue;
    }
    const applied = await oracle.apply(objectsOf(input));
    if (applied.complaint === undefined) await judge(name, await configurationOf(applied.served), limit, tally);
    else tally.disagreements.push(`${name}: nginx refuses: ${applied.complaint}`);
  }
  console.log(`${tally.sent} requests; left out: ${JSON.stringify([...tally.excluded])}\nfixtures left out:\n${skipped.join('\n')}`);
  expect(tally.disagreements).toEqual([]);
});
