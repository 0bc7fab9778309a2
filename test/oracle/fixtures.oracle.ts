import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtures, type Fixture } from '../support/fixtures.ts';
import { objectsOf } from '../traffic/object.ts';
import { newTally } from '../traffic/tally.ts';
import { judgeBodies } from './body-limit.ts';
import { judge } from './judge.ts';
import { excludedShare, summary } from './summary.ts';
import { timeBox } from './time-box.ts';
import { requestsFor } from './requests.ts';
import { configurationOf } from './subject.ts';
import { Oracle } from './world/oracle.ts';
import { refusedCodes, unfit } from './exclusions.ts';

const oracle = new Oracle();
const only = process.env['GWMIGRATE_ORACLE_ONLY'] ?? '';
const step = Number(process.env['GWMIGRATE_ORACLE_STEP'] ?? 1);
const limit = Number(process.env['GWMIGRATE_ORACLE_REQUESTS'] ?? 150);

beforeAll(async () => await oracle.start());
afterAll(async () => await oracle.stop());

/** A few of each family before the second of any, so that a run that ends early has seen them all. */
function spread(all: readonly Fixture[]): readonly Fixture[] {
  const turns = new Map<string, number>();
  return all
    .map((fixture) => {
      const family = fixture.name.split('/').slice(0, 2).join('/');
      const turn = turns.get(family) ?? 0;
      turns.set(family, turn + 1);
      return { fixture, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ fixture }) => fixture);
}

test('nginx does what the evaluator says about every fixture', async () => {
  const tally = newTally();
  const skipped: string[] = [];
  let asked = 0;
  const hasTime = timeBox();
  const chosen = spread(fixtures.filter(({ name }) => name.includes(only))).filter((_, position) => position % step === 0);
  for (const { name, input, options } of chosen) {
    if (!hasTime()) break;
    asked += 1;
    const reason = unfit(name, options, () => objectsOf(input));
    if (reason !== undefined) {
      skipped.push(`${name}: ${reason}`);
      continue;
    }
    const applied = await oracle.apply(objectsOf(input));
    const configuration = await configurationOf(applied.served);
    const known = tally.disagreements.length;
    const requests = requestsFor(configuration, limit, 1);
    const told = configuration.findings.some(({ code }) => refusedCodes.has(code));
    if (told && applied.complaint !== undefined) skipped.push(`${name}: nginx refuses the whole configuration, as the finding says`);
    else if (told) tally.disagreements.push(`${name}: nginx loads what a finding says it refuses`);
    else if (applied.complaint === undefined) {
      await judge(name, configuration, requests, tally);
      await judgeBodies(name, configuration, requests, tally);
    } else tally.disagreements.push(`${name}: nginx refuses: ${applied.complaint}`);
    // At once, since the run is long: what it has found is not lost with it.
    if (tally.disagreements.length > known) console.log(tally.disagreements.slice(known).join('\n'));
  }
  const late = asked === chosen.length ? '' : `, ${chosen.length - asked} for want of time`;
  console.log(`fixtures: ${asked - skipped.length} of ${chosen.length} asked about, ${skipped.length} left out${late}:\n${skipped.map((line) => `  ${line}`).join('\n')}\n${summary(tally)}`);
  expect(tally.disagreements).toEqual([]);
  expect(excludedShare(tally)).toBeLessThan(0.05);
});
