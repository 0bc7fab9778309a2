import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { KubernetesObject } from '../../traffic/object.ts';

const resources: Readonly<Record<string, { readonly kind: string; readonly group: string }>> = {
  namespaces: { kind: 'Namespace', group: 'v1' },
  nodes: { kind: 'Node', group: 'v1' },
  pods: { kind: 'Pod', group: 'v1' },
  services: { kind: 'Service', group: 'v1' },
  secrets: { kind: 'Secret', group: 'v1' },
  configmaps: { kind: 'ConfigMap', group: 'v1' },
  events: { kind: 'Event', group: 'v1' },
  ingresses: { kind: 'Ingress', group: 'networking.k8s.io/v1' },
  ingressclasses: { kind: 'IngressClass', group: 'networking.k8s.io/v1' },
  endpointslices: { kind: 'EndpointSlice', group: 'discovery.k8s.io/v1' },
  leases: { kind: 'Lease', group: 'coordination.k8s.io/v1' },
};

interface Event {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubernetesObject;
}

const keyOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

/** What a request asks for: `/api/v1/namespaces/NS/services/NAME`, the namespace and the name optional. */
function addressed(path: string): { readonly resource: string; readonly namespace: string; readonly name: string | undefined } {
  const parts = path.split('/').filter((part) => part !== '');
  const rest = parts.slice(parts[0] === 'api' ? 2 : 3);
  const scoped = rest[0] === 'namespaces' && rest.length > 2;
  const [resource = '', name] = scoped ? rest.slice(2) : rest;
  return { resource, namespace: scoped ? (rest[1] ?? '') : '', name };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/**
 * The part of the Kubernetes API that the controller reads: get, list and watch of what the test puts in. It checks nothing, and what the
 * controller writes (status, events) is taken and forgotten.
 */
export class Api {
  private readonly objects = new Map<string, KubernetesObject>();
  private readonly events: Event[] = [];
  private readonly watchers = new Set<(event: Event) => void>();
  private readonly server: Server;
  private version = 100;
  private readonly handled = new Set<string>();

  constructor() {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((done) => this.server.listen(port, '127.0.0.1', done));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Returns the version of the object, by which `hasHandled` knows it. */
  put(object: KubernetesObject): string {
    const known = this.objects.has(keyOf(object));
    this.version += 1;
    const version = String(this.version);
    const metadata = { uid: `00000000-0000-0000-0000-${version.padStart(12, '0')}`, generation: this.version, creationTimestamp: '2024-01-01T00:00:00Z', ...object.metadata, resourceVersion: version };
    this.commit(known ? 'MODIFIED' : 'ADDED', { ...object, apiVersion: this.groupOf(object.kind), metadata });
    return version;
  }

  /**
   * Whether the controller has come to this version of an Ingress it takes, or of its ConfigMap: it writes an event about each. It sees to the
   * objects of a kind one after the other, so it has come to all earlier ones of that kind as well.
   */
  hasHandled(version: string): boolean {
    return this.handled.has(version);
  }

  delete(object: KubernetesObject): void {
    const known = this.objects.get(keyOf(object));
    if (known === undefined) return;
    this.version += 1;
    this.commit('DELETED', { ...known, metadata: { ...known.metadata, resourceVersion: String(this.version) } });
  }

  private groupOf(kind: string): string {
    return Object.values(resources).find((resource) => resource.kind === kind)?.group ?? 'v1';
  }

  private commit(type: Event['type'], object: KubernetesObject): void {
    if (type === 'DELETED') this.objects.delete(keyOf(object));
    else this.objects.set(keyOf(object), object);
    const event = { version: this.version, type, object };
    this.events.push(event);
    for (const watcher of this.watchers) watcher(event);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://api');
    if (url.pathname === '/version') {
      send(response, 200, { major: '1', minor: '30', gitVersion: 'v1.30.0', platform: 'linux/amd64' });
      return;
    }
    const { resource, namespace, name } = addressed(url.pathname);
    const kind = resources[resource]?.kind;
    if (kind === undefined) send(response, 404, { kind: 'Status', status: 'Failure', reason: 'NotFound', code: 404 });
    else if (request.method !== 'GET') this.forget(request, response);
    else if (name !== undefined) this.get(response, `${kind} ${namespace}/${name}`);
    else if (['true', '1'].includes(url.searchParams.get('watch') ?? '')) this.watch(request, response, kind, url.searchParams);
    else this.list(response, kind, namespace, url.searchParams);
  }

  private forget(request: IncomingMessage, response: ServerResponse): void {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = (text === '' ? {} : JSON.parse(text)) as { readonly involvedObject?: { readonly resourceVersion?: string } };
      this.handled.add(body.involvedObject?.resourceVersion ?? '');
      send(response, request.method === 'POST' ? 201 : 200, body);
    });
  }

  private get(response: ServerResponse, key: string): void {
    const object = this.objects.get(key);
    if (object === undefined) send(response, 404, { kind: 'Status', status: 'Failure', reason: 'NotFound', code: 404, message: `${key} not found` });
    else send(response, 200, object);
  }

  private selects(object: KubernetesObject, kind: string, query: URLSearchParams): boolean {
    const field = /^metadata\.name=(.*)$/.exec(query.get('fieldSelector') ?? '')?.[1];
    return object.kind === kind && (field === undefined || object.metadata.name === field);
  }

  private list(response: ServerResponse, kind: string, namespace: string, query: URLSearchParams): void {
    const items = [...this.objects.values()].filter((object) => this.selects(object, kind, query) && (namespace === '' || object.metadata.namespace === namespace));
    send(response, 200, { kind: `${kind}List`, apiVersion: this.groupOf(kind), metadata: { resourceVersion: String(this.version) }, items });
  }

  private watch(request: IncomingMessage, response: ServerResponse, kind: string, query: URLSearchParams): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const from = Number(query.get('resourceVersion') ?? 0);
    const watcher = ({ type, object }: Event): void => {
      if (this.selects(object, kind, query)) response.write(`${JSON.stringify({ type, object })}\n`);
    };
    for (const event of this.events) if (event.version > from) watcher(event);
    this.watchers.add(watcher);
    request.on('close', () => this.watchers.delete(watcher));
  }
}
