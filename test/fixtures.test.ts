import { describe, expect, it } from 'vitest';
import { targetNames } from '../src/targets/names.ts';
import { cli } from './support/cli.ts';
import { fixtures } from './support/fixtures.ts';

/** The specification: each fixture's manifests and report, for every target. `npx vitest run test/fixtures.test.ts -u` rewrites them. */
describe.each(targetNames)('%s', (target) => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    const result = await cli(['convert', fixture.input, `--target=${target}`, ...fixture.options]);
    const report = target === 'standard' ? 'report.txt' : `report.${target}.txt`;
    expect(result.code, result.stderr).not.toBe(70);
    await expect(result.stdout).toMatchFileSnapshot(`../${fixture.directory}/expected/${target}.yaml`);
    await expect(`${result.stderr}exit ${result.code}\n`).toMatchFileSnapshot(`../${fixture.directory}/expected/${report}`);
  });
});
