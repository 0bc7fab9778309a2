import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Fields = Readonly<Record<string, unknown>>;

export interface FakeObject extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string } & Fields;
}

/** Answers a request in place of the server; returns false to leave it to the server. */
export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => boolean;

export interface FakeApi {
  /** Kubeconfig with one context, `fake`, whose namespace is `shop`. */
  readonly kubeconfig: string;
  readonly url: string;
  /** Method, path and query of every request, with what it accepts. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly accept: string; readonly headers: IncomingMessage['headers'] }[];
  readonly close: () => void;
}

const pluralOf = (kind: string): string => (kind.endsWith('s') ? `${kind.toLowerCase()}es` : `${kind.toLowerCase()}s`);

export function status(code: number, reason: string, message: string, extra: Fields = {}): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Failure', message, reason, code, ...extra });
}

/** Ends a response with a Status, as the API server does. */
export function refuse(response: ServerResponse, code: number, reason: string, message: string): true {
  response.writeHead(code, { 'content-type': 'application/json' }).end(status(code, reason, message));
  return true;
}

interface Address {
  readonly apiVersion: string;
  readonly namespace: string | undefined;
  readonly plural: string;
  readonly name: string | undefined;
}

function addressOf(path: string): Address | undefined {
  const match = /^\/(?:api\/(?<core>v1)|apis\/(?<group>[^/]+\/[^/]+))(?:\/namespaces\/(?<namespace>[^/]+)(?=\/))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?$/u.exec(path);
  const groups = match?.groups;
  return groups === undefined ? undefined : { apiVersion: groups['core'] ?? groups['group'] ?? '', namespace: groups['namespace'], plural: groups['plural'] ?? '', name: groups['name'] };
}

function answer(objects: readonly FakeObject[], url: URL, response: ServerResponse): void {
  const address = addressOf(url.pathname);
  const found = objects.filter(
    ({ apiVersion, kind, metadata }) => apiVersion === address?.apiVersion && pluralOf(kind) === address.plural && (address.namespace === undefined || metadata.namespace === address.namespace),
  );
  if (address?.name !== undefined) {
    const one = found.find(({ metadata }) => metadata.name === address.name);
    if (one === undefined) refuse(response, 404, 'NotFound', `${address.plural} "${address.name}" not found`);
    else response.end(JSON.stringify(one));
    return;
  }
  if (address === undefined) {
    refuse(response, 404, 'NotFound', 'the server could not find the requested resource');
    return;
  }
  const limit = Number(url.searchParams.get('limit') ?? found.length);
  const from = Number(url.searchParams.get('continue') ?? 0);
  const more = limit > 0 && from + limit < found.length;
  const items = found.slice(from, limit > 0 ? from + limit : undefined);
  response.end(JSON.stringify({ kind: 'List', apiVersion: address.apiVersion, metadata: { resourceVersion: '1', ...(more ? { continue: String(from + limit) } : {}) }, items: items.length === 0 ? null : items }));
}

/** An API server of a few objects, for what a real one does only when it is ill. Closed by the caller. */
export async function fakeApi(objects: readonly FakeObject[], handler: Handler = () => false): Promise<FakeApi> {
  const requests: FakeApi['requests'][number][] = [];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    requests.push({ method: request.method ?? '', path: request.url ?? '', accept: request.headers.accept ?? '', headers: request.headers });
    if (!handler(request, response, url)) answer(objects, url, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const directory = mkdtempSync(join(tmpdir(), 'gwmigrate-fake-'));
  const kubeconfig = join(directory, 'config');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: [{ name: 'fake', cluster: { server: url } }],
      users: [{ name: 'fake', user: { token: 'secret-token' } }],
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake', namespace: 'shop' } }],
      'current-context': 'fake',
    }),
  );
  const close = (): void => {
    server.closeAllConnections();
    server.close();
    rmSync(directory, { recursive: true });
  };
  return { kubeconfig, url, requests, close };
}
