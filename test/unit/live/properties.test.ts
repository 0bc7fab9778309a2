import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareObjects, type ObjectDifference } from '../../../src/live/compare.ts';
import type { GatewayObject, Json, JsonObject } from '../../../src/model/gateway.ts';
import { targetNames } from '../../../src/targets/names.ts';
import { fixtures } from '../../support/fixtures.ts';
import { run } from '../../support/migration.ts';
import { isMap, renamedByHand, respecced, shuffled, stored } from './disguise.ts';

const options = { namespace: 'default' };
const outputs = new Map<string, readonly GatewayObject[]>();

beforeAll(async () => {
  for (const target of targetNames) {
    for (const fixture of fixtures) outputs.set(`${fixture.name} ${target}`, (await run([fixture.input, `--target=${target}`, ...fixture.options])).objects);
  }
}, 240_000);

const differing = (differences: readonly ObjectDifference[]): readonly string[] =>
  differences.filter(({ status }) => status !== 'unchanged').map(({ status, desired, existing, changes }) => `${status} ${desired?.id ?? existing[0]?.id ?? ''}: ${changes.map(({ text }) => text).join('; ')}`);

const disguises: readonly (readonly [string, (objects: readonly GatewayObject[], seed: number) => readonly GatewayObject[]])[] = [
  ['as it was written', (objects) => objects],
  ['as the API server stores it', (objects) => objects.map(stored)],
  ['in another order', (objects, seed) => objects.map((object) => shuffled(object, seed)).reverse()],
  ['under other names', (objects) => objects.map(renamedByHand)],
  ['all at once', (objects, seed) => objects.map(renamedByHand).map((object) => shuffled(stored(object), seed))],
];

describe.each(disguises)('the output of every fixture, %s', (_name, disguise) => {
  it('does not differ', () => {
    for (const [name, objects] of outputs) {
      expect(differing(compareObjects(objects, disguise(objects, objects.length), options)), name).toEqual([]);
    }
  });
});

interface Mutation {
  readonly what: string;
  readonly kind: string;
  /** The field, or undefined where there is nothing to change. */
  readonly change: (value: Json, key: string) => Json | undefined;
}

const field = (kind: string, key: string, name: string, change: (value: Json | undefined, owner: JsonObject) => Json | undefined): Mutation => ({
  what: `${kind} ${key}.${name}`,
  kind,
  change: (value, at) => {
    if (at !== key || !isMap(value)) return undefined;
    const changed = change(value[name], value);
    return changed === undefined ? undefined : { ...value, [name]: changed };
  },
});

const whenText = (value: Json | undefined, change: string): Json | undefined => (typeof value === 'string' ? change : undefined);

/** Each changes one thing that counts. */
const mutations: readonly Mutation[] = [
  field('HTTPRoute', 'backendRefs[]', 'name', (name) => whenText(name, 'other')),
  field('HTTPRoute', 'backendRefs[]', 'port', (port) => (typeof port === 'number' ? port + 1 : undefined)),
  field('HTTPRoute', 'rules[]', 'timeouts', () => ({ request: '77s' })),
  field('HTTPRoute', 'requestRedirect', 'statusCode', (code) => (code === 307 ? 308 : 307)),
  field('HTTPRoute', 'urlRewrite', 'hostname', () => 'other.internal'),
  { what: 'HTTPRoute hostnames', kind: 'HTTPRoute', change: (value, key) => (key === 'hostnames' && Array.isArray(value) && value.length === 1 ? ['another.example.org'] : undefined) },
  field('HTTPRoute', 'path', 'value', (path, { type }) => (type === 'Exact' ? whenText(path, '/another/path') : undefined)),
  field('Gateway', '', 'gatewayClassName', () => 'another-class'),
  field('Gateway', 'certificateRefs[]', 'name', () => 'another-secret'),
  field('Gateway', 'listeners[]', 'port', (port) => (port === 443 ? 8443 : undefined)),
  field('Gateway', 'allowedRoutes', 'namespaces', () => ({ from: 'All' })),
  field('SecurityPolicy', '', 'authorization', (value) => (value === undefined ? { defaultAction: 'Deny' } : undefined)),
];

/** Whether a rule has a match that an older one has: to change that one uncovers it, which is a second difference. */
function hidesRule({ spec }: GatewayObject): boolean {
  const rules = isMap(spec) && Array.isArray(spec['rules']) ? spec['rules'].filter(isMap) : [];
  const matches = rules.flatMap(({ matches: stated }): readonly unknown[] => (Array.isArray(stated) ? stated : [{}])).map((match) => JSON.stringify(match));
  return new Set(matches).size < matches.length;
}

/** Changes the first place that there is; undefined where there is none. */
function mutated(object: GatewayObject, { kind, change }: Mutation): GatewayObject | undefined {
  if (object.kind !== kind || hidesRule(object)) return undefined;
  const places: Json[] = [];
  const result = respecced(object, (value, key) => {
    const changed = places.length > 0 ? undefined : change(value, key);
    if (changed === undefined) return value;
    places.push(changed);
    return changed;
  });
  return places.length > 0 ? result : undefined;
}

describe('one change that counts', () => {
  it.each(mutations.map((mutation) => [mutation.what, mutation] as const))('is one difference: %s', (_what, mutation) => {
    let tried = 0;
    for (const [name, objects] of outputs) {
      const at = objects.findIndex((object) => mutated(object, mutation) !== undefined);
      if (at < 0) continue;
      if (tried === 25) break;
      const existing = objects.map((object, index) => shuffled(stored(index === at ? (mutated(object, mutation) ?? object) : object), index));
      tried += 1;
      const found = compareObjects(objects, existing, options).filter(({ status }) => status !== 'unchanged');
      expect(found.map(({ status }) => status), `${name}: ${differing(found).join(' | ')}`).toEqual(['changed']);
      expect(found[0]?.changes.map(({ text }) => text), name).toHaveLength(1);
    }
    expect(tried).toBeGreaterThan(0);
  });
});

describe('any order of what exists', () => {
  it('gives the same differences', () => {
    const all = [...outputs.values()];
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom(...all), fc.integer(), (desired, existing, seed) => {
        const there = existing.map(renamedByHand);
        const order = fc.sample(fc.shuffledSubarray([...there], { minLength: there.length }), { seed, numRuns: 1 })[0] ?? there;
        const texts = (differences: readonly ObjectDifference[]): readonly string[] => [...differing(differences)].sort();
        expect(texts(compareObjects(desired, order, options))).toEqual(texts(compareObjects(desired, there, options)));
      }),
      { numRuns: 30 },
    );
  });
});
