import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCluster } from '../../src/input/cluster/client.ts';
import type { ApiServer } from '../../src/input/cluster/api-server.ts';

/** A kube-apiserver with its etcd, on loopback and of this test alone. */
export interface ControlPlane {
  /** Contexts: admin, and reader-token, nobody-token, who may do nothing until a role says so. */
  readonly kubeconfig: string;
  /** As admin. */
  readonly server: ApiServer;
  readonly stop: () => Promise<void>;
}

const program = process.env['GWMIGRATE_CONTROL_PLANE'] ?? '';
/** Three seconds do where nothing else runs. */
const patienceMs = 300_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

async function ready(child: ChildProcess, kubeconfig: string, log: () => string): Promise<ApiServer> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`the control plane ended:\n${log().slice(-2000)}`);
    const server = await openCluster({ kubeconfig, requestTimeoutMs: 20_000 }, {}).catch(() => undefined);
    const answer = await server?.send({ path: '/readyz' });
    // It answers `ok`, which is no JSON.
    if (server !== undefined && answer?.ok === false && answer.problem.status === 200) return server;
    server?.close();
    await pause(200);
  }
  throw new Error(`the control plane is not ready after ${String(patienceMs / 1000)} s:\n${log().slice(-2000)}`);
}

/** Starts a control plane with no objects. `npm run test:cluster` has built the program. */
export async function startControlPlane(flags: readonly string[] = []): Promise<ControlPlane> {
  if (program === '') throw new Error('run these tests with `npm run test:cluster`, which builds the API server');
  const directory = mkdtempSync(join(tmpdir(), 'gwmigrate-cluster-'));
  const child = spawn(program, ['-dir', directory, '--', ...flags], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => void (log = `${log}${chunk.toString()}`.slice(-20_000)));
  const kubeconfig = join(directory, 'kubeconfig');
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill()) await Promise.race([ended, pause(15_000)]);
    if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const server = await ready(child, kubeconfig, () => log);
    const closeAndStop = async (): Promise<void> => {
      server.close();
      await stop();
    };
    return { kubeconfig, server, stop: closeAndStop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Objects of a Gateway API release and channel, or of another set of CRDs, as `crds.mjs` stored them. */
export function crdsOf(name: string): readonly ClusterObject[] {
  return JSON.parse(readFileSync(join(process.env['GWMIGRATE_CRDS'] ?? '', `${name}.json`), 'utf8')) as readonly ClusterObject[];
}
