import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { objectsOf, type KubernetesObject } from '../../traffic/object.ts';
import { Cluster, apiPort, clusterFolder } from './cluster.ts';
import { startEnvoyGateway } from './envoy-gateway.ts';
import { startProcess, stopProcesses, until } from './process.ts';
import { controlPlane, isPresent, state, versions } from './state.ts';
import { startTraefik } from './traefik.ts';

async function startControlPlane(): Promise<Cluster> {
  rmSync(clusterFolder, { recursive: true, force: true });
  mkdirSync(clusterFolder, { recursive: true });
  startProcess('control-plane', controlPlane, ['-dir', clusterFolder, '-port', String(apiPort)]);
  await until('the API server starts', 'control-plane', 120, () => Promise.resolve(existsSync(join(clusterFolder, 'kubeconfig'))));
  const cluster = new Cluster();
  await until('the API server answers', 'control-plane', 120, async () => (await cluster.call('GET', '/readyz')).text === 'ok');
  return cluster;
}

interface Definition {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

async function isEstablished(cluster: Cluster, definition: KubernetesObject): Promise<boolean> {
  const { status } = ((await cluster.read(definition)) ?? {}) as Definition;
  return status?.conditions?.some((condition) => condition.type === 'Established' && condition.status === 'True') ?? false;
}

async function applyDefinitions(cluster: Cluster, folder: string): Promise<void> {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    for (const object of objectsOf(join(folder, file))) {
      const complaint = await cluster.apply(object);
      if (complaint !== undefined) throw new Error(`${file}: ${complaint}`);
      if (object.kind === 'CustomResourceDefinition') await until(`${object.metadata.name} is served`, 'control-plane', 30, () => isEstablished(cluster, object));
    }
  }
}

/** Before all tests: the API server, then the gateways that are there. */
export async function setup(): Promise<() => Promise<void>> {
  const cluster = await startControlPlane();
  try {
    await applyDefinitions(cluster, join(state, 'crds', `gateway-api-${versions.gatewayApi}`));
    await applyDefinitions(cluster, join(state, 'crds', `envoy-gateway-${versions.envoyGateway}`));
    if (isPresent('envoy-gateway')) await startEnvoyGateway(cluster);
    if (isPresent('traefik')) await startTraefik(cluster);
  } catch (error) {
    await stopProcesses();
    throw error;
  } finally {
    cluster.close();
  }
  return stopProcesses;
}
