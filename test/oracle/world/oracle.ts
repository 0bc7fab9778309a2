import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerNames, Backends } from '../../traffic/backends.ts';
import type { KubernetesObject } from '../../traffic/object.ts';
import { externalNames, supply } from '../../traffic/supply.ts';
import { Api } from './api.ts';
import { tlsSecrets } from './certificates.ts';
import { Controller } from './controller.ts';
import { Marker, markerClass, secretIsKnown, witness } from './marker.ts';

/**
 * Defaults of later controllers that this one has as keys, so that it decides as they do. The first three keep it small.
 * Source: changes of controller 1.12, https://github.com/kubernetes/ingress-nginx/releases/tag/controller-v1.12.0
 */
const configMap = {
  'bind-address': '10.98.0.1',
  'worker-processes': '1',
  'worker-shutdown-timeout': '1s',
  'annotations-risk-level': 'High',
  'strict-validate-path-type': 'true',
  'allow-cross-namespace-resources': 'false',
};

/** Whatever namespace a fixture gives it, the controller reads it from its own. */
const isControllerConfigMap = ({ kind, metadata }: KubernetesObject): boolean => kind === 'ConfigMap' && metadata.name === 'ingress-nginx-controller';

const controllerData = (objects: readonly KubernetesObject[]): object => {
  const data = objects.find(isControllerConfigMap)?.['data'];
  return typeof data === 'object' && data !== null ? data : {};
};

/** Objects that do not say when they were made are younger than those that do, as the product supposes. */
const dated = (object: KubernetesObject): KubernetesObject => ({ ...object, metadata: { creationTimestamp: '2030-01-01T00:00:00Z', ...object.metadata } });

/** The class of Ingresses whose input says nothing of classes. */
const usualClass: KubernetesObject = { ...markerClass, metadata: { name: 'nginx' } };
const isUsualClass = ({ kind, metadata }: KubernetesObject): boolean => kind === 'IngressClass' && metadata.name === usualClass.metadata.name;

const apiPort = 18_080;
const isIngress = ({ kind }: KubernetesObject): boolean => kind === 'Ingress';

/** Milliseconds. */
const [patience, pause] = [60_000, 20];

/** Asks until the answer is yes; what was never true is an error when it has a name. */
async function until(what: string | undefined, isTrue: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = Date.now() + patience;
  while (!(await isTrue())) {
    if (Date.now() > end && what !== undefined) throw new Error(`after ${patience / 1000} seconds it is not so that ${what}`);
    if (Date.now() > end) return false;
    await sleep(pause);
  }
  return true;
}

/** The real controller with nginx, an API that holds what is applied, and backends that say what they received. */
export class Oracle {
  private applied: readonly KubernetesObject[] = [];
  private round = 0;
  private readonly certified = new Set<string>();
  private readonly api = new Api();
  private readonly state: string;
  private readonly backends: Backends;
  private readonly flags: readonly string[];
  private controller: Controller | undefined;
  private stopNames: (() => void) | undefined;

  constructor(flags: readonly string[] = []) {
    this.state = process.env['GWMIGRATE_ORACLE'] ?? '';
    if (this.state === '' || process.env['GWMIGRATE_ORACLE_NETWORK'] === undefined) throw new Error('start the oracle with npm run test:oracle');
    mkdirSync(`${this.state}/run`, { recursive: true });
    this.flags = flags;
    this.backends = new Backends(this.state);
  }

  async start(): Promise<void> {
    await Promise.all([this.api.listen(apiPort), this.backends.listen('services')]);
    this.stopNames = await answerNames();
    const object = (kind: string, name: string, more: object = {}): string => this.api.put({ kind, metadata: { name, namespace: 'ingress-nginx' }, ...more });
    for (const name of ['default', 'ingress-nginx']) this.api.put({ kind: 'Namespace', metadata: { name } });
    this.api.put({ kind: 'Node', metadata: { name: 'oracle' } });
    this.api.put(markerClass);
    object('Pod', 'ingress-nginx-controller-0', { spec: { nodeName: 'oracle', containers: [{ name: 'c', image: 'none' }] } });
    object('ConfigMap', 'ingress-nginx-controller', { data: configMap });
    this.controller = new Controller(this.state, apiPort, this.flags);
    const { complaint } = await this.apply([]);
    if (complaint !== undefined) throw new Error(`the controller does not start: ${complaint}`);
    await this.backends.listen('authentication');
  }

  async stop(): Promise<void> {
    await this.controller?.stop();
    this.api.close();
    this.backends.close();
    this.stopNames?.();
  }

  /**
   * Replaces all that was applied. `complaint`: why nginx refuses the configuration.
   *
   * The controller hears of each kind of object by itself, and what it makes of one depends on others: it overlooks that an Ingress is gone when the
   * class went first, brings one back when a Secret or the ConfigMap changes while it goes, and takes none whose class it does not know yet.
   * So Ingresses go before everything else and come after it, and each step waits until the controller has seen the one before.
   * Source: the event handlers of https://github.com/kubernetes/ingress-nginx/blob/controller-v1.11.1/internal/ingress/controller/store/store.go
   */
  async apply(objects: readonly KubernetesObject[]): Promise<{ readonly served: readonly KubernetesObject[]; readonly complaint: string | undefined }> {
    const controller = this.running();
    controller.mark();
    const former = this.applied;
    this.round += 1;
    const marker = new Marker(this.round);
    const [key = '', certificate = ''] = ['key', 'crt'].map((end) => readFileSync(`${this.state}/run/backend.${end}`, 'utf8'));
    const given = supply([...objects.map(dated), ...tlsSecrets(objects)], this.backends, { key, certificate }).filter((object) => !isControllerConfigMap(object));
    const own: KubernetesObject = { kind: 'ConfigMap', metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' }, data: { ...configMap, ...controllerData(objects) } };
    const served = [own, ...given];
    const all = given.some(isUsualClass) ? given : [usualClass, ...given];
    await this.answerExternalNames(served);
    this.applied = [...all.filter(({ kind }) => kind !== 'Namespace'), marker.class, ...marker.services(this.backends), marker.gate(0), marker.ingress];
    await this.empty(former);
    await this.furnish(all.filter(({ kind }) => kind !== 'Ingress'), own, marker);
    for (const object of given.filter(isIngress)) this.api.put(object);
    this.api.put(marker.ingress);
    const complaint = await this.serves(marker);
    if (complaint === undefined) await this.forgetCertificates();
    return { served, complaint };
  }

  private running(): Controller {
    if (this.controller === undefined) throw new Error('the controller was not started');
    return this.controller;
  }

  /** Takes away what was applied, the Ingresses first. */
  private async empty(former: readonly KubernetesObject[]): Promise<void> {
    for (const object of former.filter(isIngress)) this.api.delete(object);
    const version = this.api.put(witness(this.round));
    await until('the controller has let go of Ingresses', () => this.api.hasHandled(version));
    for (const object of former.filter((one) => !isIngress(one))) this.api.delete(object);
  }

  /** Puts all that Ingresses refer to; resolves when the controller knows it. */
  private async furnish(objects: readonly KubernetesObject[], own: KubernetesObject, marker: Marker): Promise<void> {
    for (const object of [...objects, ...marker.services(this.backends), marker.secret, marker.class]) this.api.put(object);
    const version = this.api.put(own);
    await until('the controller has its ConfigMap', () => this.api.hasHandled(version));
    await until('the controller has the Secrets', () => this.running().hasSaid(secretIsKnown));
    // An Ingress whose class is not known is overlooked until it changes.
    const versions: string[] = [];
    let turns = 0;
    await until('the controller has the classes', () => {
      if (turns % 10 === 0) versions.push(this.api.put(marker.gate(turns)));
      turns += 1;
      return versions.some((one) => this.api.hasHandled(one));
    });
  }

  /**
   * Nginx keeps certificates of hosts that nobody names any more, and would show and count them when a later input names the host without one,
   * or a host below a wildcard.
   */
  private async forgetCertificates(): Promise<void> {
    const text = this.running().configuration();
    const names = new Set([...text.matchAll(/^\s*(?:## start server|server_name) (.*?) *;?$/gm)].flatMap(([, list = '']) => list.split(/\s+/)));
    const stale = [...this.certified].filter((name) => !names.has(name));
    for (const name of names) this.certified.add(name);
    if (stale.length > 0) await this.running().forget(stale);
  }

  /** A Service of type ExternalName has a name, and answers at every port an Ingress asks it at. */
  private async answerExternalNames(objects: readonly KubernetesObject[]): Promise<void> {
    const lines: string[] = [];
    for (const { service, name, ports } of externalNames(objects)) {
      lines.push(`${this.backends.addressOf(service)} ${name}\n`);
      for (const port of ports) await this.backends.listenAt(service, port);
    }
    // Where the stand-in for the controller's resolver looks.
    writeFileSync(join(this.state, 'root/etc/hosts'), lines.join(''));
  }

  /** Resolves when the marker is served, and by nobody but the newest worker; to the complaint when nginx refuses the configuration that has it. */
  private async serves(marker: Marker): Promise<string | undefined> {
    const controller = this.running();
    const isServed = async (): Promise<boolean> => controller.configuration().includes(marker.path) && controller.workers() === 1 && (await marker.answers());
    const ended = await until(undefined, async () => (await isServed()) || controller.refuses(marker.path));
    return ended && !controller.refuses(marker.path) ? undefined : controller.complaint();
  }
}
