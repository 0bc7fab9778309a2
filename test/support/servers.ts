import { createServer as createHttp, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { createSecureContext } from 'node:tls';
import { certificates } from './certificates.ts';

export interface Seen {
  readonly scheme: 'http' | 'https';
  readonly method: string;
  readonly host: string | undefined;
  /** Exactly as it came. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  /** SNI; '' for none. */
  readonly name: string;
}

export interface Edge {
  /** As `--before` and `--after` take it. */
  readonly address: string;
  readonly ports: { readonly http: number; readonly https: number };
  readonly seen: readonly Seen[];
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

type Certificate = keyof typeof certificates;

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** One address with an HTTP and an HTTPS port on the loopback interface. */
export async function edge(answer: RequestListener, certificateFor: (name: string) => Certificate = () => 'own'): Promise<Edge> {
  const seen: Seen[] = [];
  let connections = 0;
  const listener = (scheme: Seen['scheme'], nameOf: (request: IncomingMessage) => string): RequestListener => (request, response) => {
    seen.push({ scheme, method: request.method ?? '', host: request.headers.host, target: request.url ?? '', headers: request.headers, name: nameOf(request) });
    answer(request, response);
  };
  const names = new WeakMap<object, string>();
  const http = createHttp({ requireHostHeader: false }, listener('http', () => ''));
  const https = createHttps(
    { ...certificates.own, requireHostHeader: false, SNICallback: (name, done) => done(null, createSecureContext(certificates[certificateFor(name)])) },
    listener('https', ({ socket }) => names.get(socket) ?? ''),
  );
  https.on('secureConnection', (socket) => void names.set(socket, typeof socket.servername === 'string' ? socket.servername : ''));
  for (const server of [http, https]) server.on('connection', () => void (connections += 1));
  const ports = { http: await listen(http), https: await listen(https) };
  const close = async (): Promise<void> => {
    for (const server of [http, https]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
  return { address: `127.0.0.1:${ports.http},${ports.https}`, ports, seen, connections: () => connections, close };
}

/** A port of the loopback interface where nobody listens. */
export async function deafPort(): Promise<number> {
  const server = createHttp();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
