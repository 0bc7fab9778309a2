import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, sentinelPort } from './addresses.ts';
import { clusterFolder, type Cluster } from './cluster.ts';
import { startProcess } from './process.ts';
import { state, versions } from './state.ts';

/** Traefik opens ports by its own configuration; a Gateway's listener must be on one of them. Ports are shared with Envoy, the narrower address wins. */
export async function startTraefik(cluster: Cluster): Promise<void> {
  const entryPoints = Object.fromEntries([80, 443, sentinelPort].map((port) => [`port-${port}`, { address: `${addressOf.traefik}:${port}`, reusePort: true }]));
  const configuration = {
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    entryPoints,
    providers: { providersThrottleDuration: '100ms', kubernetesGateway: { experimentalChannel: true } },
    log: { level: 'INFO', noColor: true },
  };
  await cluster.apply({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'traefik' }, spec: { controllerName: 'traefik.io/gateway-controller' } });
  const folder = join(state, 'traefik');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'traefik.json');
  writeFileSync(file, JSON.stringify(configuration));
  startProcess('traefik', join(state, 'bin', `traefik-${versions.traefik}`), [`--configFile=${file}`], { env: { KUBECONFIG: join(clusterFolder, 'kubeconfig') } });
}
