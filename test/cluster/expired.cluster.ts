import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../src/input/cluster/api-server.ts';
import { listAll, type Server } from '../../src/input/cluster/list.ts';
import { readCluster } from '../../src/input/cluster/read.ts';
import { resources } from '../../src/input/cluster/resources.ts';
import { readInventory } from '../../src/input/inventory.ts';
import { applyAll } from './apply.ts';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { ingress, ingressClass, namespace } from './world.ts';

const count = 1100;
const name = (index: number): string => `app-${String(index).padStart(4, '0')}`;
let plane: ControlPlane;

beforeAll(async () => {
  plane = await startControlPlane(['--etcd-compaction-interval=1s']);
  await applyAll(plane.server, [namespace('shop'), ingressClass, ...Array.from({ length: count }, (_, index) => ingress(name(index), 'shop'))]);
});
afterAll(async () => await plane.stop());

const patienceMs = 120_000;

interface Slow extends Server {
  readonly pages: readonly string[];
  /** What the server said about the page that came too late. */
  readonly said: readonly string[];
}

/** Comes so late to the third page of the Ingresses that etcd has compacted away what the first one showed; meanwhile the cluster goes on changing. */
function slow(): Slow {
  const pages: string[] = [];
  const said: string[] = [];
  const expire = async (request: ApiRequest): Promise<void> => {
    const end = performance.now() + patienceMs;
    for (let tick = 0; performance.now() < end; tick += 1) {
      await applyAll(plane.server, [ingress(name(count), 'shop', { tick: String(tick) })]);
      const answer = await plane.server.send(request);
      if (!answer.ok) {
        said.push(`${String(answer.problem.status)} ${answer.problem.message}`);
        return;
      }
      await new Promise((resolve) => void setTimeout(resolve, 500));
    }
  };
  const send: Server['send'] = async (request) => {
    if (request.path.includes('/ingresses')) {
      pages.push(request.path.replace(/^.*\/ingresses/u, '').replace(/continue=.*$/u, 'continue'));
      if (pages.length === 3) await expire(request);
    }
    return await plane.server.send(request);
  };
  return { send, pages, said };
}

describe('pages that etcd has compacted away', () => {
  it('make the list start again, whole: every Ingress once, also the one that came meanwhile', async () => {
    const server = slow();
    const { objects, problem } = await listAll(server, resources.ingresses);
    expect(server.said).toEqual([expect.stringMatching(/^410 The provided continue parameter is too old/u)]);
    expect(problem).toBeUndefined();
    expect(server.pages).toEqual(['?limit=500', '?limit=500&continue', '?limit=500&continue', '']);
    expect(objects.map(({ metadata }) => (metadata as { name: string }).name).sort()).toEqual(Array.from({ length: count + 1 }, (_, index) => name(index)));
  });

  it('leave no gap in what is read', async () => {
    const server = slow();
    const { value, findings } = await readInventory(readCluster({ server, scope: { namespace: 'shop', allNamespaces: false, names: [], secrets: true }, context: 'admin', bundle: undefined, gatewayApi: '1.5', controller: false }), {});
    expect(server.said).toHaveLength(1);
    expect(value.ingresses).toHaveLength(count + 1);
    expect(findings.map(({ code }) => code)).toEqual([]);
  });
});
