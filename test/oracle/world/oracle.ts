import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerNames, Backends } from '../../traffic/backends.ts';
import type { KubernetesObject } from '../../traffic/object.ts';
import { send } from '../../traffic/send.ts';
import { externalNames, supply } from '../../traffic/supply.ts';
import { Api } from './api.ts';
import { certifiedHosts, tlsSecrets } from './certificates.ts';
import { Controller } from './controller.ts';

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

/** Annotations by which the sentinel is let through, whatever the ConfigMap says. */
const open = Object.fromEntries(
  Object.entries({ 'ssl-redirect': 'false', 'force-ssl-redirect': 'false', 'enable-global-auth': 'false', 'whitelist-source-range': '0.0.0.0/0' }).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]),
);

/**
 * The controller looks these up once, when it reads the Ingress: a class, a Secret or a Service that comes a moment later would be missing for
 * good.
 */
const namesOthers = ({ metadata }: KubernetesObject): boolean => /\/(?:default-backend|custom-headers|auth-proxy-set-headers|fastcgi-params-configmap)"/.test(JSON.stringify(metadata));

const apiPort = 18_080;
const none: ReadonlyMap<string, string> = new Map();
const pause = 400;

/** The real controller with nginx, an API that holds what is applied, and backends that say what they received. */
export class Oracle {
  private applied: readonly KubernetesObject[] = [];
  private round = 0;
  private settings = JSON.stringify(configMap);
  private readonly api = new Api();
  private readonly state: string;
  private readonly backends: Backends;
  private readonly flags: readonly string[];
  private controller: Controller | undefined;
  private stopNames: (() => void) | undefined;
  private certified: ReadonlySet<string> = new Set();

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
    const object = (kind: string, name: string, more: object = {}): void => this.api.put({ kind, metadata: { name, namespace: 'ingress-nginx' }, ...more });
    for (const name of ['default', 'ingress-nginx']) this.api.put({ kind: 'Namespace', metadata: { name } });
    this.api.put({ kind: 'Node', metadata: { name: 'oracle' } });
    this.putClass();
    object('Pod', 'ingress-nginx-controller-0', { spec: { nodeName: 'oracle', containers: [{ name: 'c', image: 'none' }] } });
    object('ConfigMap', 'ingress-nginx-controller', { data: configMap });
    this.controller = new Controller(this.state, apiPort, this.flags);
    const problem = await this.settle(60);
    if (problem !== undefined) throw new Error(`the controller does not start: ${problem}`);
    await this.backends.listen('authentication');
  }

  private putClass(): void {
    this.api.put({ kind: 'IngressClass', metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } });
  }

  async stop(): Promise<void> {
    await this.controller?.stop();
    this.api.close();
    this.backends.close();
    this.stopNames?.();
  }

  /** Replaces all that was applied. `complaint`: why nginx refuses the configuration. */
  async apply(objects: readonly KubernetesObject[]): Promise<{ readonly served: readonly KubernetesObject[]; readonly complaint: string | undefined }> {
    this.controller?.mark();
    for (const object of this.applied) this.api.delete(object);
    this.putClass();
    await this.forgetCertificates(objects);
    const [key, certificate] = ['key', 'crt'].map((end) => readFileSync(`${this.state}/run/backend.${end}`, 'utf8'));
    this.applied = supply([...objects.map(dated), ...tlsSecrets(objects)], this.backends, { key: key ?? '', certificate: certificate ?? '' });
    const own: KubernetesObject = { kind: 'ConfigMap', metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' }, data: { ...configMap, ...controllerData(objects) } };
    const served = [own, ...this.applied.filter((object) => !isControllerConfigMap(object))];
    this.applied = served.filter((object) => object !== own && object.kind !== 'Namespace');
    await this.configure(own);
    await this.answerExternalNames(served);
    const [last, first] = [true, false].map((late) => served.filter((object) => object !== own && (object.kind === 'Ingress') === late));
    for (const object of first ?? []) this.api.put(object);
    if (first?.some(({ kind }) => kind === 'Secret' || kind === 'IngressClass') === true || last?.some(namesOthers) === true) await sleep(pause);
    for (const object of last ?? []) this.api.put(object);
    return { served, complaint: await this.settle(60) };
  }

  /**
   * Certificates of hosts that nobody names any more stay with nginx until somebody serves them without one: the wildcard of an earlier input
   * would count for the hosts of the next.
   */
  private async forgetCertificates(objects: readonly KubernetesObject[]): Promise<void> {
    const kept = new Set(certifiedHosts(objects, false));
    const stale = [...this.certified].filter((host) => !kept.has(host));
    this.certified = new Set(certifiedHosts(objects, true));
    if (!stale.some((host) => host.startsWith('*')) && ![...kept].some((host) => host.startsWith('*'))) return;
    if (stale.length > 0) await this.settle(20, stale);
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

  /** The controller judges an Ingress by the settings it has when it sees it, so these come first. */
  private async configure(own: KubernetesObject): Promise<void> {
    const text = JSON.stringify(own['data']);
    if (text === this.settings) return;
    this.settings = text;
    this.api.put(own);
    await sleep(pause);
  }

  /**
   * A new host on a new Service: when it answers, everything put before it is served. It must answer more than once: old and new worker
   * take connections side by side for a moment.
   */
  private async settle(seconds: number, also: readonly string[] = []): Promise<string | undefined> {
    this.round += 1;
    const name = `sentinel-${this.round}`;
    const host = `${name}.oracle.invalid`;
    const backend = { service: { name, port: { number: 80 } } };
    const rules = [host, ...also].map((one) => ({ host: one, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }));
    const ingress: KubernetesObject = { kind: 'Ingress', metadata: { name, namespace: 'ingress-nginx', annotations: open }, spec: { ingressClassName: 'nginx', rules } };
    const objects = supply([ingress], this.backends, { key: '', certificate: '' });
    for (const object of objects) this.api.put(object);
    const request = { method: 'GET', scheme: 'http', host, target: '/', headers: none, address: '' } as const;
    let good = 0;
    const patience = (seconds - 4) * 20;
    // Two reloads within a tenth of a second may leave nginx with the first: a change that it cannot overlook makes another.
    const nudge = (left: number): void => {
      const annotations = { ...open, 'nginx.ingress.kubernetes.io/proxy-body-size': `${left}m` };
      this.api.put({ ...ingress, metadata: { ...ingress.metadata, annotations } });
    };
    for (let left = seconds * 20; left > 0; left -= 1) {
      const answer = await send(request, none).catch(() => undefined);
      good = answer?.echo?.service === `ingress-nginx/${name}` ? good + 1 : 0;
      if (good === 6) {
        for (const object of objects) this.api.delete(object);
        return undefined;
      }
      // A refusal may be of a half-applied state; seconds later it is of the whole.
      if (left <= patience && left % 20 === 0 && this.controller?.refused() === true) break;
      if (left < patience && left % 100 === 0) nudge(left);
      await sleep(50);
    }
    for (const object of objects) this.api.delete(object);
    return this.controller?.complaint() ?? 'not started';
  }
}
