import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { families } from '../../src/annotations/registry.ts';
import { convert } from '../../src/convert.ts';
import { targetNames } from '../../src/targets/names.ts';
import type { ReportedDivergence, Verified } from '../../src/report/define.ts';
import { divergenceLine } from '../../src/report/divergences.ts';
import { fixtures } from '../support/fixtures.ts';
import { familyIngresses, reachedFamilies } from './arbitrary-families.ts';
import { habitualIngresses } from './arbitrary-habits.ts';
import { ingresses, stream } from './arbitrary-ingress.ts';

// The same requests every day; FC_SEED asks for others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 1) });

const runs = Number(process.env['FC_RUNS'] ?? 60);
const modes = fc.record({ target: fc.constantFrom(...targetNames), regexHosts: fc.constantFrom('faithful' as const, 'literal' as const), defaults: fc.constantFrom('preserve' as const, 'report' as const, 'ignore' as const) });

const unexplained = (verified: Verified | undefined): readonly string[] =>
  (verified?.divergences ?? []).filter(({ explainedBy }: ReportedDivergence) => explainedBy.length === 0).map(divergenceLine);

describe('every difference between nginx and the routes', () => {
  it.each([
    ['of any set of Ingresses', ingresses, 5],
    ['of Ingresses as people write them', habitualIngresses, 2],
    ['of Ingresses that use every family, under every ConfigMap', familyIngresses, 3],
  ] as const)('is explained by a finding about what is involved: %s', async (_name, sets, seed) => {
    await fc.assert(
      fc.asyncProperty(sets, modes, async (objects, mode) => {
        const { report } = await convert([{ kind: 'text', file: 'input.yaml', text: stream(objects) }], { ...mode, verify: { requests: 300 } });
        expect(unexplained(report.verified)).toEqual([]);
      }),
      // One seed in the suite, any with FC_SEED: the nightly run looks further.
      { numRuns: runs, seed: Number(process.env['FC_SEED'] ?? seed) },
    );
  });

  it('is looked for with every family of annotations', () => {
    expect(families.map(({ id }) => id).filter((id) => !reachedFamilies.has(id))).toEqual([]);
  });

  // What these files say is held against the program by the tests of the fixtures.
  it('is explained in every fixture', () => {
    const lines = fixtures.flatMap(({ name }) => {
      const folder = `fixtures/${name}/expected`;
      const reports = readdirSync(folder).filter((file) => /^report(?:\..+)?\.txt$/u.test(file));
      return reports.flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/^Verified .*, (\d+) unexplained$/gmu)].map(([, unexplained]) => `${name} ${file}: ${unexplained}`));
    });
    expect(lines.length).toBeGreaterThan(fixtures.length);
    expect(lines.filter((line) => !line.endsWith(': 0'))).toEqual([]);
  });
});
