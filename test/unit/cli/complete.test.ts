import { describe, expect, it } from 'vitest';
import { complete, type Names } from '../../../src/cli/completion/complete.ts';
import { program } from '../../support/config-schema.ts';

const named = (...values: readonly string[]): (() => Promise<{ value: string; description: string }[]>) => async () =>
  Promise.resolve(values.map((value) => ({ value, description: 'text' })));

const names: Names = {
  codes: named('basic-auth/lost', 'rate-limit/lost'),
  annotations: named('auth-type', 'rewrite-target'),
  formats: ['json', 'sarif', 'text'],
  targets: ['standard', 'envoy-gateway'],
  shells: ['bash', 'fish'],
};

async function values(...words: readonly string[]): Promise<readonly string[]> {
  const { candidates, files } = await complete(program(), words, names);
  return [...candidates.map(({ value }) => value), ...(files ? ['FILES'] : [])];
}

describe('completion', () => {
  it.each([
    [['conv'], ['convert']],
    [['help', 'expl'], ['explain']],
    [['--vers'], ['--version']],
    [['audit', ''], ['FILES']],
    [['audit', 'a.yaml', ''], ['FILES']],
    [['audit', '--target', ''], ['standard', 'envoy-gateway']],
    [['audit', '--target', ' '], ['standard', 'envoy-gateway']],
    [['audit', '--target', 'e'], ['envoy-gateway']],
    [['audit', '--target=e'], ['--target=envoy-gateway']],
    [['audit', '--target', '=', 'e'], ['envoy-gateway']],
    [['audit', '--target', '='], ['standard', 'envoy-gateway']],
    [['audit', '--target=standard', ''], ['FILES']],
    [['audit', '--target', '=', 'standard', ''], ['FILES']],
    [['audit', '--fail-on', 'l'], ['lossy']],
    [['audit', '--report', 's'], ['sarif']],
    [['audit', '--report', 'sarif=o'], ['FILES']],
    [['audit', '--report', 'sarif', '=', 'o'], ['FILES']],
    [['audit', '--accept', 'rate'], ['rate-limit/lost']],
    [['audit', '--baseline', ''], ['FILES']],
    [['audit', '--namespace', ''], []],
    [['audit', '--recursive=', ''], ['FILES']],
    [['audit', '--update'], ['--update-baseline']],
    [['audit', '--output-d'], []],
    [['convert', '--output-d'], ['--output-dir']],
    [['convert', '-o', ''], ['yaml', 'json', 'name']],
    [['audit', '--', '--tar'], ['FILES']],
    [['explain', 'rate'], ['rate-limit/lost']],
    [['explain', 're'], ['rewrite-target']],
    [['explain', '-o', 'json', 'rate'], ['rate-limit/lost']],
    [['explain', 'rate-limit/lost', ''], []],
    [['targets', 'st'], ['standard']],
    [['completion', ''], ['bash', 'fish']],
    [['transform', ''], []],
    [['convert', '--help'], ['--help']],
  ])('%j', async (words, expected) => {
    expect(await values(...words)).toEqual(expected);
  });

  it('offers every command and every option that help shows', async () => {
    const offered = await values('');
    expect(offered).toEqual([...program().commands.map((command) => command.name()), 'help']);
    for (const command of program().commands) {
      const help = [...command.helpInformation().matchAll(/--[a-z][a-z-]+(?=[ ,])/gu)].map(([option]) => option);
      const known = new Set(await values(command.name(), '-'));
      expect(help.filter((option) => !known.has(option) && /^ {2}(-\w, )?--/mu.test(option))).toEqual([]);
      expect(known.has('--help')).toBe(true);
    }
  });
});
