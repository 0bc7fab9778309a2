import { beforeAll, describe, expect, it } from 'vitest';
import { families } from '../../src/annotations/registry.ts';
import type { Intent } from '../../src/plan/intents.ts';
import { fixtures } from '../support/fixtures.ts';
import { run } from '../support/migration.ts';

const owner = new Map<string, string>(families.flatMap(({ id, keys }) => keys.map((key): [string, string] => [key, id])));
const given = new Map(families.map(({ id }) => [id, new Set<string>()]));

const givenByName = new Map<string, Set<string>>();

function note({ kind, from }: Intent): void {
  for (const { key } of from) {
    const name = key.slice(key.lastIndexOf('/') + 1);
    given.get(owner.get(name) ?? '')?.add(kind);
    const ofName = givenByName.get(name);
    if (ofName === undefined) givenByName.set(name, new Set([kind]));
    else ofName.add(kind);
  }
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

  it.each(families.flatMap(({ asks, intents, keys }) => keys.map((name) => [name, asks?.[name] ?? intents ?? []] as const)))('%s asks for %j at most', (name, kinds) => {
    expect([...(givenByName.get(name) ?? [])].filter((kind) => !kinds.some((known) => known === kind))).toEqual([]);
  });
});
