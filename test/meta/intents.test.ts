import { beforeAll, describe, expect, it } from 'vitest';
import { families } from '../../src/annotations/registry.ts';
import type { Intent } from '../../src/plan/intents.ts';
import { fixtures } from '../support/fixtures.ts';
import { run } from '../support/migration.ts';

const owner = new Map<string, string>(families.flatMap(({ id, keys }) => keys.map((key): [string, string] => [key, id])));
const given = new Map(families.map(({ id }) => [id, new Set<string>()]));

function note({ kind, from }: Intent): void {
  for (const { key } of from) given.get(owner.get(key.slice(key.lastIndexOf('/') + 1)) ?? '')?.add(kind);
}

beforeAll(async () => {
  for (const fixture of fixtures) {
    const { migration } = await run([fixture.input, ...fixture.options]);
    for (const { intents, rules } of migration.plan.hosts) for (const intent of [...intents, ...rules.flatMap((rule) => rule.intents)]) note(intent);
  }
});

describe('the intents that a family declares are those its annotations give', () => {
  it.each(families.map((family) => [family.id, family] as const))('%s', (id, family) => {
    expect([...(given.get(id) ?? [])].sort()).toEqual(family.intents);
  });
});
