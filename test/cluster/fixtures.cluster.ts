import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dryRunApply } from '../../src/input/cluster/dry-run.ts';
import { servedResources } from '../../src/input/cluster/discovery.ts';
import type { ResourceType } from '../../src/input/cluster/resources.ts';
import type { GatewayObject } from '../../src/model/gateway.ts';
import { fixtures } from '../support/fixtures.ts';
import { run } from '../support/migration.ts';
import { applyAll, install } from './apply.ts';
import { crdsOf, startControlPlane, type ControlPlane } from './control-plane.ts';
import { throughLife } from './life.ts';
import { namespace } from './world.ts';

/** Options of fixtures that say for which CRDs or which target they are. */
const decided = /^--(?:gateway-api-version|channel|target|target-version)(?:=|$)/u;

/** Arguments of a fixture, for another version. */
function argumentsFor(options: readonly string[]): readonly string[] {
  return options.filter((option, index) => !decided.test(option) && !(/^--[a-z-]+$/u.test(options[index - 1] ?? '') && decided.test(options[index - 1] ?? '')));
}

/** What all fixtures give, each object once. */
async function outputs(args: readonly string[]): Promise<ReadonlyMap<string, { readonly object: GatewayObject; readonly fixture: string }>> {
  const found = new Map<string, { readonly object: GatewayObject; readonly fixture: string }>();
  for (const fixture of fixtures) {
    const { objects } = await run([fixture.input, ...argumentsFor(fixture.options), ...args]);
    for (const object of objects) {
      const text = JSON.stringify(object);
      if (!found.has(text)) found.set(text, { object, fixture: fixture.name });
    }
  }
  return found;
}

async function typesOf(plane: ControlPlane, groups: readonly string[]): Promise<readonly ResourceType[]> {
  const served = await Promise.all(groups.map(async (group) => await servedResources(plane.server, group)));
  return served.flatMap(({ types }) => types);
}

/** What the server refuses, with the fixture that gave it. */
async function refusals(plane: ControlPlane, args: readonly string[], groups: readonly string[]): Promise<{ readonly sent: number; readonly refused: readonly string[] }> {
  const all = [...(await outputs(args)).values()];
  const types = await typesOf(plane, groups);
  const namespaces = new Set(all.map(({ object }) => object.metadata.namespace ?? 'default'));
  await applyAll(plane.server, [...namespaces].map(namespace));
  const refused: string[] = [];
  const waiting = [...all];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { object, fixture } = next;
      const type = types.find(({ kind, group, version }) => kind === object.kind && `${group}/${version}` === object.apiVersion) ?? types.find(({ kind }) => kind === object.kind);
      const answer = type === undefined ? undefined : await dryRunApply(plane.server, { ...type, version: object.apiVersion.split('/')[1] ?? '' }, object, 'default');
      if (answer?.ok !== true) refused.push(`${fixture}: ${object.apiVersion} ${object.kind} ${object.metadata.name}: ${answer?.problem.message ?? 'the server has no such kind'}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return { sent: all.length, refused: refused.sort() };
}

const gatewayApi = 'gateway.networking.k8s.io';

/** Upwards: an older release after a newer one, or the experimental channel after the standard one, is what the CRDs' own admission policy (from 1.5 on) refuses. */
describe.each(['standard', 'experimental'] as const)('the %s channel', (channel) => {
  let plane: ControlPlane;
  beforeAll(async () => void (plane = await startControlPlane()));
  afterAll(async () => await plane.stop());

  it.each(['v1.2.1', 'v1.3.0', 'v1.4.1', 'v1.5.1', 'v1.6.3', 'v1.7.0'])('%s accepts what every fixture gives, and what is converted live, compared and judged there', async (release) => {
    await install(plane.server, crdsOf(`${release}-${channel}`));
    const version = release.split('.').slice(0, 2).join('.').slice(1);
    const { sent, refused } = await refusals(plane, ['--target=standard', `--gateway-api-version=${version}`, `--channel=${channel}`], [gatewayApi]);
    expect(refused).toEqual([]);
    expect(sent).toBeGreaterThan(300);
    await throughLife(plane, version, channel);
  });
});

describe('Envoy Gateway', () => {
  let plane: ControlPlane;
  beforeAll(async () => void (plane = await startControlPlane()));
  afterAll(async () => await plane.stop());

  it('accepts what every fixture gives for it', async () => {
    // The release that Envoy Gateway 1.9 is for, which some fixtures name.
    await install(plane.server, crdsOf('v1.6.3-experimental'));
    await install(plane.server, crdsOf('envoy-gateway-v1.9.1'));
    const { sent, refused } = await refusals(plane, ['--target=envoy-gateway'], [gatewayApi, 'gateway.envoyproxy.io']);
    expect(refused).toEqual([]);
    expect(sent).toBeGreaterThan(300);
  });
});
