import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import type { KubernetesObject } from '../../traffic/object.ts';
import { state } from './state.ts';

export const apiPort = 16_444;
export const clusterFolder = join(state, 'cluster');

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const parse = (text: string): Readonly<Record<string, unknown>> => JSON.parse(text === '' ? '{}' : text) as Readonly<Record<string, unknown>>;
const root = (apiVersion: string): string => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** The API server, as its administrator. */
export class Cluster {
  private readonly agent: Agent;
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();
  private readonly namespaces = new Set<string>();

  constructor() {
    this.agent = new Agent({ keepAlive: true, maxSockets: 4, ca: readFileSync(join(clusterFolder, 'pki/ca.crt')) });
  }

  async call(method: string, path: string, body?: object): Promise<Answer> {
    const type = method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';
    return await new Promise((done, fail) => {
      const sent = request({ host: '127.0.0.1', port: apiPort, agent: this.agent, method, path, headers: { authorization: 'Bearer admin-token', 'content-type': type } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
      });
      sent.on('error', fail);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private async resource(apiVersion: string, kind: string): Promise<Resource | undefined> {
    let known = this.resources.get(apiVersion);
    if (known === undefined) {
      known = this.call('GET', root(apiVersion)).then(({ text }) => (parse(text)['resources'] ?? []) as readonly Resource[]);
      this.resources.set(apiVersion, known);
    }
    const found = (await known).find((resource) => resource.kind === kind && !resource.name.includes('/'));
    if (found === undefined) this.resources.delete(apiVersion);
    return found;
  }

  private async pathOf({ apiVersion = 'v1', kind, metadata }: KubernetesObject): Promise<string> {
    const resource = await this.resource(apiVersion, kind);
    if (resource === undefined) throw new Error(`the API server has no ${kind} in ${apiVersion}`);
    const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root(apiVersion)}${scope}/${resource.name}/${metadata.name}`;
  }

  private async ensureNamespace(name: string): Promise<void> {
    if (this.namespaces.has(name)) return;
    this.namespaces.add(name);
    await this.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }

  /** Why the server refuses an object; undefined when it does not. */
  async apply(object: KubernetesObject): Promise<string | undefined> {
    if (object.kind !== 'Namespace' && object.metadata.namespace !== undefined) await this.ensureNamespace(object.metadata.namespace);
    const { status, text } = await this.call('PATCH', `${await this.pathOf(object)}?fieldManager=gwmigrate&force=true`, object);
    return status < 300 ? undefined : text;
  }

  async remove(object: KubernetesObject): Promise<void> {
    await this.call('DELETE', await this.pathOf(object));
  }

  /** As the server has it now; undefined when it has none. */
  async read(object: KubernetesObject): Promise<KubernetesObject | undefined> {
    const { status, text } = await this.call('GET', await this.pathOf(object));
    return status === 200 ? (JSON.parse(text) as KubernetesObject) : undefined;
  }

  close(): void {
    this.agent.destroy();
  }
}
