import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backends } from '../../traffic/backends.ts';
import type { KubernetesObject } from '../../traffic/object.ts';
import { send } from '../../traffic/send.ts';
import { addressOf, sentinelPort } from './addresses.ts';
import type { Cluster } from './cluster.ts';
import { envoyAdministrations } from './envoy-gateway.ts';
import { endpointOf } from './needs.ts';
import { logOf } from './process.ts';
import type { Implementation } from './state.ts';

const namespace = 'sentinel';
const service: KubernetesObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec: { ports: [{ name: 'http', port: 80, targetPort: 80, protocol: 'TCP' }] } };

/** Longer than two of the 15 seconds that Envoy may wait for endpoints. */
const patienceMilliseconds = 60_000;

const noHeaders: ReadonlyMap<string, string> = new Map();

async function isServed(to: string, host: string): Promise<boolean> {
  const request = { method: 'GET', scheme: 'http', host, target: '/', headers: noHeaders, address: '' } as const;
  const answer = await send(request, noHeaders, { to, port: sentinelPort }).catch(() => undefined);
  return answer?.echo?.service === `${namespace}/web`;
}

/**
 * While Envoy waits for the endpoints of one cluster it takes no other change of clusters, but goes on with routes: what a policy puts on a cluster
 * would come late, and a cluster removed while it waits does so for 15 seconds
 * (https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/cluster_manager#cluster-warming).
 */
async function isWarm(implementation: Implementation): Promise<boolean> {
  if (implementation !== 'envoy-gateway') return true;
  const asked = envoyAdministrations().map(async (address) => await fetch(`http://${address}/stats?filter=warming_clusters`).then(async (answer) => await answer.text(), () => ''));
  const running = (await Promise.all(asked)).filter((statistics) => statistics !== '');
  return running.length > 0 && running.every((statistics) => statistics.trim() === 'cluster_manager.warming_clusters: 0');
}

/** A route that belongs to no test, on a listener that is only for it. */
export class Sentinel {
  private readonly cluster: Cluster;
  private readonly backends: Backends;
  private round = 0;
  private last: KubernetesObject | undefined;

  constructor(cluster: Cluster, backends: Backends) {
    this.cluster = cluster;
    this.backends = backends;
  }

  private async place(metadata: KubernetesObject['metadata']): Promise<string> {
    if (this.last === undefined) for (const object of [service, endpointOf(service, this.backends)]) await this.cluster.apply(object);
    else await this.cluster.remove(this.last);
    this.round += 1;
    const host = `sentinel-${this.round}.invalid`;
    const parentRefs = [{ name: metadata.name, namespace: metadata.namespace ?? 'default', sectionName: 'sentinel' }];
    const spec = { parentRefs, hostnames: [host], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] };
    this.last = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: `sentinel-${this.round}`, namespace }, spec };
    await this.cluster.apply(this.last);
    return host;
  }

  /**
   * Waits until a new host with a cluster of its own is served, again and again: everything put before it is then served as well.
   * @throws when that takes more than a minute
   */
  async settle(implementation: Implementation, { metadata }: KubernetesObject): Promise<void> {
    const host = await this.place(metadata);
    const end = Date.now() + patienceMilliseconds;
    let good = 0;
    while (Date.now() < end) {
      good = (await isServed(addressOf[implementation], host)) && (await isWarm(implementation)) ? good + 1 : 0;
      if (good === 4) return;
      await sleep(50);
    }
    throw new Error(`${implementation} does not serve within a minute: ${readFileSync(logOf(implementation), 'utf8').slice(-1500)}`);
  }
}
