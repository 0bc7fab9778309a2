import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servedResources } from '../../src/input/cluster/discovery.ts';
import { dryRunApply } from '../../src/input/cluster/dry-run.ts';
import { isObject } from '../../src/input/objects.ts';
import { compareObjects } from '../../src/live/compare.ts';
import type { GatewayObject } from '../../src/model/gateway.ts';
import { targetNames } from '../../src/targets/names.ts';
import { cli } from '../support/cli.ts';
import { fixtures } from '../support/fixtures.ts';
import { run } from '../support/migration.ts';
import { applyAll, install } from './apply.ts';
import { crdsOf, startControlPlane, type ClusterObject, type ControlPlane } from './control-plane.ts';
import { namespace } from './world.ts';

const input = 'fixtures/scenarios/readme/input.yaml';
let plane: ControlPlane;

beforeAll(async () => {
  plane = await startControlPlane();
  await install(plane.server, crdsOf('v1.7.0-experimental'));
  await install(plane.server, crdsOf('envoy-gateway-v1.9.1'));
  await applyAll(plane.server, ['shop', 'infra', 'strict'].map(namespace));
});
afterAll(async () => await plane.stop());

/** The object as the API server would store it, defaults and all. */
async function stored(objects: readonly GatewayObject[]): Promise<readonly GatewayObject[]> {
  const served = await Promise.all(['gateway.networking.k8s.io', 'gateway.envoyproxy.io'].map(async (group) => await servedResources(plane.server, group)));
  const types = served.flatMap((one) => one.types);
  const answers: GatewayObject[] = [];
  for (const object of objects) {
    const type = types.find(({ kind }) => kind === object.kind);
    if (type === undefined) throw new Error(`no kind ${object.kind}`);
    const answer = await dryRunApply(plane.server, { ...type, version: object.apiVersion.split('/')[1] ?? '' }, object, 'default');
    if (!answer.ok) throw new Error(`${object.kind} ${object.metadata.name}: ${answer.problem.message}`);
    if (isObject(answer.value)) answers.push(answer.value);
  }
  return answers;
}

describe.each(targetNames)('diff after a server-side apply of the output for %s', (target) => {
  it('finds no difference, for every fixture', async () => {
    const differing: string[] = [];
    let compared = 0;
    for (const fixture of fixtures) {
      const { objects } = await run([fixture.input, `--target=${target}`, ...fixture.options]);
      await applyAll(plane.server, [...new Set(objects.map(({ metadata }) => metadata.namespace ?? 'default'))].map(namespace));
      const differences = compareObjects(objects, await stored(objects), { namespace: 'default' });
      compared += differences.length;
      differing.push(...differences.filter(({ status }) => status !== 'unchanged').map(({ status, desired, changes }) => `${fixture.name}: ${status} ${desired?.id ?? ''} ${changes.map(({ text }) => text).join('; ')}`));
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(300);
  });
});

describe('the cluster after an apply', () => {
  it('has the output as it was written, and no controller that accepted it', async () => {
    const { objects } = await run([input]);
    await applyAll(plane.server, objects.map((object): ClusterObject => ({ ...object, metadata: { ...object.metadata } })));
    const { code, stdout } = await cli(['diff', input, '--kubeconfig', plane.kubeconfig]);
    expect(stdout).toContain('OK  nothing differs (4 unchanged)');
    expect(stdout).toContain('Gateway shop/shared-gateway exists, but no controller has accepted it');
    expect(stdout).toContain('HTTPRoute shop/admin-example-com exists, but no controller has accepted it');
    expect(code).toBe(0);
  });

  it('shows routes made by hand, matched by what they do', async () => {
    const elsewhere = (text: string): string => text.replaceAll('example.com', 'example.org').replaceAll('namespace: shop', 'namespace: infra');
    const handMade = parseAllDocuments(elsewhere(readFileSync('test/cli/diff/hand-made.yaml', 'utf8'))).map((document) => document.toJS() as ClusterObject);
    await applyAll(plane.server, handMade);
    const { code, stdout } = await cli(['diff', '-', '--kubeconfig', plane.kubeconfig, '-o', 'json'], elsewhere(readFileSync(input, 'utf8')));
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({ summary: { added: 1, changed: 3, unchanged: 0, extra: 1, known: 1 } });
    expect(stdout).toContain('`/checkout` of shop.example.org: weight 80/20 (checkout:8080, canary:8080) became 100 (checkout:80)');
    expect(code).toBe(1);
  });
});

describe('an admission policy that refuses', () => {
  const policy: readonly ClusterObject[] = [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'only-own-hosts' },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [{ apiGroups: ['gateway.networking.k8s.io'], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: ['httproutes'] }] },
        validations: [{ expression: "object.spec.hostnames.all(host, host.endsWith('.example.net'))", message: 'routes of this cluster must be for example.net' }],
      },
    },
    { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding', metadata: { name: 'only-own-hosts' }, spec: { policyName: 'only-own-hosts', validationActions: ['Deny'], matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'strict' } } } } },
  ];

  it('speaks in the report, before anything is applied', async () => {
    await applyAll(plane.server, policy);
    const text = readFileSync(input, 'utf8').replaceAll('namespace: shop', 'namespace: strict');
    let result = await cli(['convert', '-', '--dry-run=server', '--kubeconfig', plane.kubeconfig], text);
    // The policy takes effect a moment after it is stored.
    for (let tries = 0; tries < 20 && !result.stderr.includes('dry-run/refused'); tries += 1) {
      await new Promise((resolve) => void setTimeout(resolve, 500));
      result = await cli(['convert', '-', '--dry-run=server', '--kubeconfig', plane.kubeconfig], text);
    }
    expect(result.stderr.replace(/\s+/gu, ' ')).toContain('routes of this cluster must be for example.net');
    expect(result.code).toBe(1);
    const routes = await plane.server.send({ path: '/apis/gateway.networking.k8s.io/v1/namespaces/strict/gateways' });
    expect(routes).toMatchObject({ ok: true, value: { items: [] } });
  });

  it('is nothing that a reader may ask, which is said and is no refusal', async () => {
    const { code, stderr } = await cli(['convert', input, '--dry-run=server', '--kubeconfig', plane.kubeconfig, '--as', 'somebody', '--as-group', 'system:authenticated']);
    expect(code).toBe(3);
    expect(stderr).toContain('dry-run/not-allowed');
    expect(stderr).not.toContain('dry-run/refused');
  });

  it('is not asked about namespaces that do not exist', async () => {
    const text = readFileSync(input, 'utf8').replaceAll('namespace: shop', 'namespace: nowhere');
    const { code, stderr } = await cli(['convert', '-', '--dry-run=server', '--kubeconfig', plane.kubeconfig], text);
    expect(stderr.replace(/\s+/gu, ' ')).toContain('Namespace nowhere does not exist, so the API server could not be asked about 4 objects in it');
    expect(code).toBe(3);
  });
});
