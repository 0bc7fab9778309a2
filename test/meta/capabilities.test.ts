import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Capability, HostLowerings, Lowerings, Target, Verdict } from '../../src/targets/define.ts';
import { lowerPlan } from '../../src/targets/lower.ts';
import { targetNames } from '../../src/targets/names.ts';
import { loadTarget } from '../../src/targets/registry.ts';
import { fixtures } from '../support/fixtures.ts';
import { run } from '../support/migration.ts';

/** Claims that stay below the best verdict on purpose: the best one is reached only where nothing has to be written. */
const modest: Readonly<Record<string, readonly string[]>> = {
  standard: [],
  // An unlimited body, no retry: Envoy's own default is the same.
  'envoy-gateway': ['body-size', 'retries'],
};

/** Kinds that no input reaches, and the test that lowers them: the effective configuration denies such a location before its intents are looked at. */
const unreached: Readonly<Record<string, string>> = { refused: 'test/unit/targets/lower.test.ts' };

const rank = { exact: 0, approximate: 1, lost: 2 } as const;
const fidelityOf = (verdict: Verdict): Capability['fidelity'] => (verdict.kind === 'closed' ? 'lost' : verdict.kind);

/** The target with a recorder around every lowering; the casts only say that wrapping keeps each function's type. */
function recording(target: Target, seen: Map<string, Capability['fidelity']>): Target {
  const wrap = <T extends object>(table: T): T =>
    Object.fromEntries(
      Object.entries(table).map(([kind, lower]) => [
        kind,
        (...args: readonly unknown[]): Verdict => {
          const verdict = (lower as (...all: readonly unknown[]) => Verdict)(...args);
          const before = seen.get(kind);
          const now = fidelityOf(verdict);
          if (before === undefined || rank[now] < rank[before]) seen.set(kind, now);
          return verdict;
        },
      ]),
    ) as T;
  return { ...target, lowerings: wrap<Lowerings>(target.lowerings), hostLowerings: wrap<HostLowerings>(target.hostLowerings) };
}

describe.each(targetNames)('the capabilities of %s', (name) => {
  it('are the best verdicts that its lowerings give on the fixtures', async () => {
    const target = await loadTarget(name);
    const seen = new Map<string, Capability['fidelity']>();
    for (const fixture of fixtures) {
      const { migration } = await run([fixture.input, `--target=${name}`, ...fixture.options]);
      const { plan, profile } = migration;
      lowerPlan(plan, recording(target, seen), { profile, regexHosts: 'faithful', defaults: 'report', inventory: noInventory, accepted: () => false });
    }
    const claimed = Object.fromEntries(Object.entries(target.capabilities).map(([kind, { fidelity }]) => [kind, fidelity]));
    for (const kind of modest[name] ?? []) {
      expect([seen.get(kind), claimed[kind]], kind).toEqual(['exact', 'approximate']);
      seen.set(kind, 'approximate');
    }
    for (const [kind, file] of Object.entries(unreached)) {
      expect([seen.has(kind), claimed[kind]], kind).toEqual([false, 'lost']);
      expect(readFileSync(file, 'utf8')).toContain(`kind: '${kind}'`);
      seen.set(kind, 'lost');
    }
    expect(Object.fromEntries([...seen].sort())).toEqual(Object.fromEntries(Object.entries(claimed).sort()));
  });
});

const empty = { get: () => undefined, keys: () => [], isAbsent: () => false };
const noInventory: Inventory = {
  ingresses: [],
  ingressClasses: new Map(),
  controllers: [],
  namespaces: new Map(),
  namespaceStated: true,
  counts: { documents: 0, unrelated: 0, unreadable: 0 },
  unread: [],
  services: empty,
  secrets: empty,
  configMaps: empty,
};
