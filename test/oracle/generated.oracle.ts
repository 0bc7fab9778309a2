import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubernetesObject } from '../traffic/object.ts';
import { newTally, type Tally } from '../traffic/tally.ts';
import { judgeBodies } from './body-limit.ts';
import { judge } from './judge.ts';
import { excludedShare, summary } from './summary.ts';
import { requestsFor } from './requests.ts';
import { timeBox } from './time-box.ts';
import { sampleBatches, type Batch } from './batches.ts';
import { configurationOf } from './subject.ts';
import { Oracle } from './world/oracle.ts';
import { refusedCodes } from './exclusions.ts';
import { isOlder } from './world/version.ts';

const oracle = new Oracle();
const seed = Number(process.env['GWMIGRATE_ORACLE_SEED'] ?? 1);
const count = Number(process.env['GWMIGRATE_ORACLE_SETS'] ?? 60);
const limit = Number(process.env['GWMIGRATE_ORACLE_REQUESTS'] ?? 150);

beforeAll(async () => await oracle.start());
afterAll(async () => await oracle.stop());

/** Left out of the effective configuration on purpose, and told: a canary that nginx takes for an ordinary Ingress. */
const refused = new Set([...refusedCodes, 'canary-attachment/service-in-use']);

const configMap = (data: Readonly<Record<string, string>>): KubernetesObject => ({ kind: 'ConfigMap', metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' }, data });

/** Serves the sets at once; halves them when nginx refuses, until the culprit is alone. */
async function judgeAll({ sets, settings }: Batch, tally: Tally): Promise<void> {
  if (sets.length === 0) return;
  const { served, complaint } = await oracle.apply([configMap(settings), ...sets.flat()]);
  if (complaint === undefined) {
    const configuration = await configurationOf(served);
    const requests = requestsFor(configuration, limit * sets.length, seed);
    const name = `seed ${seed} ${JSON.stringify(settings)}`;
    await judge(name, configuration, requests, tally);
    await judgeBodies(name, configuration, requests, tally);
  } else if (sets.length === 1) {
    tally.disagreements.push(`seed ${seed}: nginx refuses: ${complaint} ${JSON.stringify(settings)} ${JSON.stringify(sets[0])}`);
  } else {
    const middle = Math.ceil(sets.length / 2);
    await judgeAll({ settings, sets: sets.slice(0, middle) }, tally);
    await judgeAll({ settings, sets: sets.slice(middle) }, tally);
  }
}

async function loadable({ sets, settings }: Batch): Promise<Batch> {
  const kept: (readonly KubernetesObject[])[] = [];
  for (const set of sets) {
    const { findings } = await configurationOf([configMap(settings), ...set]);
    if (!findings.some(({ code }) => refused.has(code))) kept.push(set);
  }
  return { settings, sets: kept };
}

/** The sets that the differences are about, to be run again by hand: `kubectl apply` takes them. */
function culprits({ disagreements }: Tally, batches: readonly Batch[]): string {
  const names = new Set(disagreements.flatMap((line) => line.match(/\bs\d+(?=\.test\b)/gi) ?? []).map((name) => name.toLowerCase()));
  return batches.flatMap(({ sets }) => sets).filter((set) => [...names].some((name) => JSON.stringify(set).includes(`.${name}.test`))).map((set) => set.map((object) => JSON.stringify(object)).join('\n')).join('\n\n');
}

test(`nginx does what the evaluator says about generated sets, seed ${seed}`, async () => {
  const tally = newTally();
  let asked = 0;
  const hasTime = timeBox();
  const batches = sampleBatches(seed, count, !isOlder);
  for (const batch of batches) {
    if (!hasTime()) break;
    const fit = await loadable(batch);
    asked += fit.sets.length;
    const known = tally.disagreements.length;
    await judgeAll(fit, tally);
    if (tally.disagreements.length > known) console.log(tally.disagreements.slice(known).join('\n'));
  }
  if (tally.disagreements.length > 0) console.log(culprits(tally, batches));
  console.log(`generated sets, seed ${seed}: ${asked} of ${count} sets asked about, the others nginx cannot load or there was no time for\n${summary(tally)}`);
  expect(tally.disagreements).toEqual([]);
  expect(tally.sent).toBeGreaterThan(0);
  expect(excludedShare(tally)).toBeLessThan(0.05);
});
