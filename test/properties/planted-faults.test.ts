import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert.ts';
import { readInventory } from '../../src/input/inventory.ts';
import type { GatewayObject, JsonObject } from '../../src/model/gateway.ts';
import { objectsIn } from '../../src/model/json.ts';
import { targetNames } from '../../src/targets/names.ts';
import { verifyMigration } from '../../src/verification.ts';
import { habitualIngresses } from './arbitrary-habits.ts';
import { stream } from './arbitrary-ingress.ts';

type Rules = readonly JsonObject[];
/** What a fault makes of one rule; undefined: the rule has nothing it could spoil. */
type Fault = (rule: JsonObject) => Rules | undefined;

const forwards = (rule: JsonObject): boolean => objectsIn(rule, 'backendRefs').length > 0;

const faults: Readonly<Record<string, Fault>> = {
  'another Service': (rule) => (forwards(rule) ? [{ ...rule, backendRefs: objectsIn(rule, 'backendRefs').map((ref) => ({ ...ref, name: 'somebody-else' })) }] : undefined),
  'another port': (rule) => (forwards(rule) ? [{ ...rule, backendRefs: objectsIn(rule, 'backendRefs').map((ref) => ({ ...ref, port: 9 })) }] : undefined),
};

const runs = Number(process.env['FC_RUNS'] ?? 10);

interface Tally {
  planted: number;
  noticed: number;
}

/** Plants the fault in every rule of the set, one after the other. A rule that nobody reaches may well be spoilt, so a share is what can be asked for. */
async function plant(fault: Fault, objects: readonly unknown[], target: (typeof targetNames)[number]): Promise<Tally> {
  const sources = [{ kind: 'text', file: 'input.yaml', text: stream(objects) }] as const;
  const [{ migration }, { value: inventory }] = [await convert(sources, { target }), await readInventory(sources, {})];
  const tally = { planted: 0, noticed: 0 };
  for (const [at, object] of migration.objects.entries()) {
    if (object.kind !== 'HTTPRoute') continue;
    const rules = objectsIn(object.spec, 'rules');
    for (const [index, rule] of rules.entries()) {
      const spoilt = fault(rule);
      if (spoilt === undefined) continue;
      const changed: GatewayObject = { ...object, spec: { ...object.spec, rules: [...rules.slice(0, index), ...spoilt, ...rules.slice(index + 1)] } };
      const verified = verifyMigration({ ...migration, objects: migration.objects.with(at, changed) }, inventory, { requests: 300 });
      tally.planted += 1;
      if (verified.divergences.some(({ explainedBy }) => explainedBy.length === 0)) tally.noticed += 1;
    }
  }
  return tally;
}

/** In a hundred; what is missing are rules that no request reaches. */
const atLeast = 75;

describe('a fault in the routes', () => {
  it.each(Object.entries(faults))('is seen and explained by nothing: %s', async (_name, fault) => {
    const total = { planted: 0, noticed: 0 };
    for (const [objects, target] of fc.sample(fc.tuple(habitualIngresses, fc.constantFrom(...targetNames)), { seed: 7, numRuns: runs })) {
      const { planted, noticed } = await plant(fault, objects, target);
      total.planted += planted;
      total.noticed += noticed;
    }
    expect((100 * total.noticed) / total.planted).toBeGreaterThanOrEqual(atLeast);
  });
});
