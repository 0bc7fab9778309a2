import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterFolder, type Cluster } from './cluster.ts';
import { startProcess } from './process.ts';
import { state, versions } from './state.ts';

const home = join(state, 'envoy-gateway');
const controllerName = 'gateway.envoyproxy.io/gatewayclass-controller';
const namespace = 'envoy-gateway-system';

const runs = join(home, 'run');

/** What the administration of every Envoy that runs says at a path; those that ended answer no more. */
export async function askEnvoys(path: string): Promise<readonly string[]> {
  const files = readdirSync(runs).map((folder) => join(runs, folder, 'admin-address.txt'));
  const addresses = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8').trim());
  const answers = await Promise.all(addresses.map(async (address) => await fetch(`http://${address}${path}`).then(async (answer) => await answer.text(), () => '')));
  return answers.filter((answer) => answer !== '');
}

/** Envoy Gateway takes a binary that already lies where it would have downloaded one, if the version is named. */
function placeEnvoy(): void {
  const folder = join(home, 'data/envoy-versions', versions.envoy, 'bin');
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, 'envoy'), { force: true });
  linkSync(join(state, 'bin', `envoy-${versions.envoy}`), join(folder, 'envoy'));
}

function configuration(): object {
  const host = { configHome: join(home, 'config'), dataHome: join(home, 'data'), stateHome: join(home, 'state'), runtimeDir: runs };
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyGateway',
    gateway: { controllerName },
    provider: { type: 'Custom', custom: { resource: { type: 'Kubernetes', kubernetes: { leaderElection: { disable: true } } }, infrastructure: { type: 'Host', host } } },
    extensionApis: { enableBackend: true },
  };
}

/** Objects from the cluster, Envoy as a process beside it: its listeners are on the very ports of the Gateway, at every address. */
export async function startEnvoyGateway(cluster: Cluster): Promise<void> {
  const program = join(state, 'bin', `envoy-gateway-${versions.envoyGateway}`);
  placeEnvoy();
  rmSync(runs, { recursive: true, force: true });
  const folder = join(home, 'work');
  mkdirSync(folder, { recursive: true });
  const env = { KUBECONFIG: join(clusterFolder, 'kubeconfig'), ENVOY_GATEWAY_NAMESPACE: namespace };
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  // One thread: what it serves once, it serves from then on, and so is everything that came before.
  const spec = { concurrency: 1, provider: { type: 'Host', host: { envoyVersion: versions.envoy } } };
  await cluster.apply({ apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'EnvoyProxy', metadata: { name: 'host', namespace }, spec });
  const parametersRef = { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'host', namespace };
  await cluster.apply({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'envoy-gateway' }, spec: { controllerName, parametersRef } });
  const options = { env: { ...process.env, ...env }, stdio: 'ignore' } as const;
  if (!existsSync(join(home, 'config/certs'))) execFileSync(program, ['certgen', '--local', '--config-home', join(home, 'config')], options);
  if (!existsSync(join(folder, 'certs'))) symlinkSync(join(home, 'config/certs/envoy-gateway'), join(folder, 'certs'));
  execFileSync(program, ['certgen', '--disable-topology-injector'], options);
  writeFileSync(join(folder, 'envoy-gateway.json'), JSON.stringify(configuration()));
  startProcess('envoy-gateway', program, ['server', '--config-path', join(folder, 'envoy-gateway.json')], { cwd: folder, env });
}
