import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backends } from '../../traffic/backends.ts';
import type { KubernetesObject } from '../../traffic/object.ts';
import { send } from '../../traffic/send.ts';
import { addressOf, sentinelPort } from './addresses.ts';
import type { Cluster } from './cluster.ts';
import { askEnvoys } from './envoy-gateway.ts';
import { endpointOf } from './needs.ts';
import { logOf } from './process.ts';
import type { Implementation } from './state.ts';

const namespace = 'sentinel';
const service: KubernetesObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec: { ports: [{ name: 'http', port: 80, targetPort: 80, protocol: 'TCP' }] } };

/** Much longer than the 15 seconds that Envoy may wait for endpoints: the machine may have other work. */
const patienceMilliseconds = 120_000;

const noHeaders: ReadonlyMap<string, string> = new Map();

async function isServed(to: string, host: string): Promise<boolean> {
  const request = { method: 'GET', scheme: 'http', host, target: '/', headers: noHeaders, address: '' } as const;
  const answer = await send(request, noHeaders, { to, port: sentinelPort }).catch(() => undefined);
  return answer?.echo?.service === `${namespace}/web`;
}

const statistics = /^(?:cluster_manager\.warming_clusters|listener_manager\.total_listeners_warming): (\d+)$/gmu;

/**
 * Whether every Envoy has taken what it was told. While it waits for the endpoints of one cluster it takes no other change of clusters, but goes on
 * with routes: what a policy puts on a cluster would come late, and a cluster removed while it waits does so for 15 seconds
 * (https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/cluster_manager#cluster-warming). A listener waits for its certificates.
 */
async function isWarm(implementation: Implementation): Promise<boolean> {
  if (implementation !== 'envoy-gateway') return true;
  const running = (await askEnvoys('/stats?filter=warming')).map((text) => [...text.matchAll(statistics)].map(([, value]) => value));
  return running.length > 0 && running.every((values) => values.length === 2 && values.every((value) => value === '0'));
}

/**
 * How many updates prove the first one. Traefik hands a configuration to its ports one after the other, and looks at the next only when all have
 * it (pkg/server/configurationwatcher.go): the second proves that the first is everywhere.
 */
const updates: Readonly<Record<Implementation, number>> = { 'envoy-gateway': 1, traefik: 2 };

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

  /** Whether a new host is served in the end, twice: a thread may take a connection before what was posted to it just then. */
  private async arrives(implementation: Implementation, metadata: KubernetesObject['metadata']): Promise<boolean> {
    const host = await this.place(metadata);
    const end = Date.now() + patienceMilliseconds;
    const served = async (): Promise<boolean> => await isServed(addressOf[implementation], host);
    while (Date.now() < end) {
      if ((await served()) && (await isWarm(implementation)) && (await served()) && (await served())) return true;
      await sleep(50);
    }
    return false;
  }

  /**
   * Waits until a new host with a cluster of its own is served: everything put before it is then served as well. Envoy has one thread for that
   * (world/envoy-gateway.ts). Resolves to what is wrong when that takes more than two minutes.
   */
  async settle(implementation: Implementation, { metadata }: KubernetesObject): Promise<string | undefined> {
    for (let left = updates[implementation]; left > 0; left -= 1) {
      if (!(await this.arrives(implementation, metadata))) return `${implementation} does not serve within two minutes: ${readFileSync(logOf(implementation), 'utf8').slice(-1500)}`;
    }
    return undefined;
  }
}
