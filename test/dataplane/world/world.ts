import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayObject, Json } from '../../../src/model/gateway.ts';
import { Backends } from '../../traffic/backends.ts';
import type { KubernetesObject } from '../../traffic/object.ts';
import type { KeyPair } from '../../traffic/supply.ts';
import { sentinelPort } from './addresses.ts';
import { Cluster } from './cluster.ts';
import { hasStatus, isJudged, refusals } from './conditions.ts';
import { needsOf } from './needs.ts';
import { logOf, runFolder } from './process.ts';
import { Sentinel } from './sentinel.ts';
import { state, type Implementation } from './state.ts';

/** What an implementation made of the objects. */
export interface Served {
  /** Objects that the API server refuses, or the implementation; with its words. */
  readonly refused: readonly string[];
  /** Complaints of the implementation's log, about no object in particular. */
  readonly complaints: readonly string[];
}

/** How long a refusal has to stand. */
const refusedMilliseconds = 20_000;
/** How long a status may fail to come, on a machine that has other work. */
const patienceMilliseconds = 120_000;

const sentinelListener = { name: 'sentinel', port: sentinelPort, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } };

/** The object; a Gateway with one listener more. */
function toApply({ apiVersion, kind, metadata, spec }: GatewayObject): KubernetesObject {
  const { listeners } = spec;
  const more = kind === 'Gateway' && Array.isArray(listeners) ? { listeners: [...(listeners as readonly Json[]), sentinelListener] } : {};
  return { apiVersion, kind, metadata: { ...metadata }, spec: { ...spec, ...more } };
}

/** The real gateways, with backends that say what they received. */
export class World {
  readonly backends: Backends;
  readonly pair: KeyPair;
  private readonly cluster = new Cluster();
  private applied: readonly KubernetesObject[] = [];
  private readonly sentinel: Sentinel;

  constructor() {
    mkdirSync(runFolder, { recursive: true });
    this.backends = new Backends(state);
    this.sentinel = new Sentinel(this.cluster, this.backends);
    this.pair = { key: readFileSync(`${runFolder}/backend.key`, 'utf8'), certificate: readFileSync(`${runFolder}/backend.crt`, 'utf8') };
  }

  async start(): Promise<void> {
    await this.backends.listen('services');
  }

  async stop(): Promise<void> {
    await this.clear();
    this.backends.close();
    this.cluster.close();
  }

  private async clear(): Promise<void> {
    // Gateways stay: without its Gateway an Envoy ends, and the next one takes seconds to start.
    const gone = this.applied.filter(({ kind }) => kind !== 'Gateway');
    await Promise.all(gone.map((object) => this.cluster.remove(object)));
    this.applied = this.applied.filter(({ kind }) => kind === 'Gateway');
  }

  /** Removes the Gateways as well: the next ones are others. */
  async clearAll(): Promise<void> {
    await Promise.all(this.applied.map((object) => this.cluster.remove(object)));
    this.applied = [];
  }

  /**
   * Replaces all that was served. Objects are made in order of their names, so that their age, which comes first in the API's order of
   * precedence, says nothing else. `given` are Services of the input.
   */
  async serve(implementation: Implementation, objects: readonly GatewayObject[], given: readonly KubernetesObject[]): Promise<Served> {
    await this.clear();
    // Envoy must see them go: a cluster that is gone and back within a moment may keep its policies and its endpoints for 15 seconds.
    if (implementation === 'envoy-gateway') await this.settle(implementation);
    const log = logOf(implementation);
    const start = statSync(log).size;
    const own = objects.filter(({ kind }) => kind !== 'GatewayClass').map(toApply);
    const needs = needsOf(objects, given, this.backends, this.pair);
    const refused: string[] = [];
    const wanted = [...needs, ...own];
    const superfluous = this.applied.filter(({ kind, metadata }) => !wanted.some((object) => object.kind === kind && object.metadata.name === metadata.name && object.metadata.namespace === metadata.namespace));
    await Promise.all(superfluous.map((object) => this.cluster.remove(object)));
    this.applied = wanted;
    for (const object of wanted) {
      const complaint = await this.cluster.apply(object);
      if (complaint !== undefined) refused.push(`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name} refused by the API server: ${complaint}`);
    }
    if (refused.length === 0) refused.push(...(await this.judgements(own)), ...(await this.settle(implementation)));
    const complaints = readFileSync(log).subarray(start).toString('utf8').split('\n').filter((line) => /rejected|nack|update failed/iu.test(line));
    return { refused, complaints: complaints.slice(0, 5) };
  }

  /** Waits until all that was applied is served; resolves to what is wrong when it never is. */
  async settle(implementation: Implementation): Promise<readonly string[]> {
    const gateway = this.applied.find(({ kind }) => kind === 'Gateway');
    const complaint = gateway === undefined ? undefined : await this.sentinel.settle(implementation, gateway);
    return complaint === undefined ? [] : [complaint];
  }

  private async judgements(objects: readonly KubernetesObject[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const object of objects.filter(hasStatus)) {
      let current: KubernetesObject | undefined;
      // A judgement may be from before what the object refers to was there: the last one within the time counts.
      const start = Date.now();
      let judged = false;
      do {
        current = await this.cluster.read(object);
        judged = current !== undefined && isJudged(current);
        if (current !== undefined && judged && refusals(current).length === 0) break;
        await sleep(250);
      } while (Date.now() < start + (judged ? refusedMilliseconds : patienceMilliseconds));
      if (current === undefined || !isJudged(current)) found.push(`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}: no status: ${JSON.stringify(current?.['status'])}`);
      else found.push(...refusals(current));
    }
    return found;
  }
}
