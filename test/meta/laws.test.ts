import { describe, expect, it } from 'vitest';
import { targetNames } from '../../src/targets/names.ts';
import { fixtures } from '../support/fixtures.ts';
import { run } from '../support/migration.ts';

const cases = targetNames.flatMap((target) => fixtures.map((fixture) => [`${fixture.name} for ${target}`, target, fixture] as const));

describe('on every fixture and target', () => {
  it.each(cases)('%s', async (_name, target, fixture) => {
    const { migration, report, internal } = await run([fixture.input, `--target=${target}`, ...fixture.options]);

    expect(internal, 'the output passes its own validation').toBe(false);

    const { configuration } = migration;
    const selected = [...configuration.ingresses, ...configuration.left.filter(({ status }) => status === 'refused').map(({ ingress }) => ingress)];
    const owed = selected.flatMap((ingress) => [...ingress.annotations.keys()].map((key) => `${ingress.ref.namespace}/${ingress.ref.name} ${key}`));
    const booked = migration.ledger.map(({ ingress, key }) => `${ingress.ref.namespace}/${ingress.ref.name} ${key}`);
    expect([...booked].sort(), 'the ledger closes: each annotation exactly once').toEqual([...owed].sort());

    for (const entry of migration.ledger) {
      if (entry.outcome === 'translated') continue;
      expect(entry.findings.length, `${entry.key} is ${entry.outcome}: a finding says why`).toBeGreaterThan(0);
    }
    expect(migration.findings.map(({ code }) => code)).not.toContain('annotation/unaccounted');

    for (const rule of migration.lowered.rules) {
      if (rule.closedBy.length === 0) continue;
      expect(rule.backendRefs, `${rule.id} is closed and forwards nothing`).toEqual([]);
      expect(rule.filters, `${rule.id} is closed and answers nothing itself`).toEqual([]);
    }
    for (const { finding } of report.findings) expect(`${finding.code} ${JSON.stringify(finding.args)}`).not.toContain('undefined');
  });
});
