import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../src/input/cluster/api-server.ts';
import { listAll, type Server } from '../../src/input/cluster/list.ts';
import { readCluster } from '../../src/input/cluster/read.ts';
import { resources } from '../../src/input/cluster/resources.ts';
import { readInventory } from '../../src/input/inventory.ts';
import { watching } from '../support/held.ts';
import { applyAll, install } from './apply.ts';
import { crdsOf, startControlPlane, type ClusterObject, type ControlPlane } from './control-plane.ts';
import { ingressClass, namespace } from './world.ts';

const count = 5000;
let plane: ControlPlane;

function ingress(index: number): ClusterObject {
  const host = `app-${String(index)}.example.com`;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: `app-${String(index)}`,
      namespace: `load-${String(index % 20)}`,
      annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m', 'nginx.ingress.kubernetes.io/proxy-read-timeout': '60', ...(index % 4 === 0 ? { 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true' } : {}) },
    },
    spec: { ingressClassName: 'nginx', rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: `svc-${String(index % 50)}`, port: { number: 8080 } } } }] } }] },
  };
}

beforeAll(async () => {
  plane = await startControlPlane();
  await install(plane.server, crdsOf('v1.5.1-standard'));
  await applyAll(plane.server, [ingressClass, ...Array.from({ length: 20 }, (_, index) => namespace(`load-${String(index)}`)), ...Array.from({ length: count }, (_, index) => ingress(index))]);
}, 300_000);
afterAll(async () => await plane.stop());

/** Milliseconds of the quickest of several runs: what others do on the machine only adds. */
async function quickest(run: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let index = 0; index < 6; index += 1) {
    const start = performance.now();
    await run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function audit(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/gwmigrate.js', 'audit', '--report', 'json', '--fail-on', 'never', ...args], { encoding: 'utf8', maxBuffer: 1 << 29, env: { PATH: process.env['PATH'] ?? '' } });
  if (status !== 0) throw new Error(`exit ${String(status)}: ${stderr}`);
  return stdout;
}

describe(`${String(count)} Ingresses`, () => {
  it('come in pages, each once', async () => {
    const { objects, problem } = await listAll(plane.server, resources.ingresses);
    expect(problem).toBeUndefined();
    expect(new Set(objects.map(({ metadata }) => (metadata as { name: string }).name)).size).toBe(count);
    expect(JSON.parse(audit('--live', '-A', '--kubeconfig', plane.kubeconfig))).toMatchObject({ summary: { ingresses: count } });
  });

  it('take memory for what they say, page by page the same, and never for a page that was read', async () => {
    const seen: { readonly held: number; readonly bytes: number }[] = [];
    const { objects } = await listAll(watching(plane.server, (held, bytes) => void seen.push({ held, bytes })), resources.ingresses);
    const pages = seen.length;
    expect(pages).toBe(count / 500);
    expect(Math.max(...seen.map(({ held }) => held))).toBeLessThanOrEqual(1);
    const perPage = ((seen.at(-1)?.bytes ?? 0) - (seen[1]?.bytes ?? 0)) / (pages - 2);
    console.log(`heap in use before each of ${String(pages)} pages, MB: ${seen.map(({ bytes }) => (bytes / 1e6).toFixed(1)).join(' ')}; ${(perPage / 500).toFixed(0)} bytes an Ingress of ${(JSON.stringify(objects).length / count).toFixed(0)} characters`);
    expect(perPage / 500).toBeLessThan(3000);
  });

  it('cost less beyond the lists than the lists', async () => {
    const requests: ApiRequest[] = [];
    const recording: Server = {
      send: async (request) => {
        requests.push(request);
        return await plane.server.send(request);
      },
    };
    const scope = { namespace: '', allNamespaces: true, names: [], secrets: true };
    const read = async (server: Server): Promise<number> => (await readInventory(readCluster({ server, scope, context: 'admin', bundle: undefined, gatewayApi: '1.5', controller: true }), {})).value.ingresses.length;
    expect(await read(recording)).toBe(count);
    const asked = [...requests];
    const lists = await quickest(async () => {
      for (const request of asked) await plane.server.send(request);
    });
    const whole = await quickest(() => read(plane.server));
    console.log(`${String(asked.length)} requests ${lists.toFixed(0)} ms, with all that is made of them ${whole.toFixed(0)} ms: ${((whole - lists) / lists).toFixed(2)} of the requests beyond them`);
    expect(whole - lists).toBeLessThan(lists);
  });
});
