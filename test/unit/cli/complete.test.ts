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
  inCluster: async (thing, { context, namespace, asGroup = [] }) => {
    const all: Readonly<Record<string, readonly string[]>> = { ingress: ['api', 'web', 'worker'], namespace: ['crm', 'shop'] };
    const where = [context, namespace, ...asGroup].filter((text) => text !== undefined).join('+');
    return Promise.resolve((all[thing] ?? [`a-${thing}`]).map((name) => ({ value: where === '' ? name : `${name}@${where}`, description: '' })));
  },
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
    [['audit', '--namespace', ''], ['crm', 'shop']],
    [['audit', '--namespace=s'], ['--namespace=shop']],
    [['audit', '-n', 's'], ['shop']],
    [['audit', '--context', ''], ['a-context']],
    [['audit', '--user', ''], ['a-user']],
    [['audit', 'in'], ['ingress', 'FILES']],
    [['audit', 'a.yaml', 'in'], ['FILES']],
    [['audit', 'ingress', ''], ['api', 'web', 'worker']],
    [['audit', '--live', 'ing', 'w'], ['web', 'worker']],
    [['audit', 'ing', 'web', 'w'], ['worker']],
    [['audit', 'ing/w'], ['ing/web', 'ing/worker', 'FILES']],
    [['audit', 'ingress/web', 'ingress/w'], ['ingress/worker', 'FILES']],
    [['audit', 'manifests/w'], ['FILES']],
    [['audit', 'ingress', '--context', 'prod', '-n', 'shop', 'w'], ['web@prod+shop', 'worker@prod+shop']],
    [['audit', '--context=prod', '--as-group', 'a', '--as-group=b', 'ingress', 'a'], ['api@prod+a+b']],
    [['probe', 'svc', ''], ['FILES']],
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
