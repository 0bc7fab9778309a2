import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/** What a backend received. */
export interface Echo {
  /** namespace/name of the Service. */
  readonly service: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** One address in 10.98.0.0/16 for every Service, all on one port; the address tells the Service. */
export class Backends {
  static readonly port = 8080;
  private readonly services = new Map<string, string>();
  private readonly addresses = new Map<string, string>();
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(state: string) {
    const [key, certificate] = keyPair(state);
    const context = createSecureContext({ key: readFileSync(key), cert: readFileSync(certificate) });
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      this.echo(request.socket.localAddress ?? '', request.url ?? '', request.headers, (body) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(body);
      });
    };
    const plain = createHttp({ maxHeaderSize: 65_536 }, answer);
    const http2 = createHttp2((request, response) => {
      this.echo(request.socket.localAddress ?? '', request.url, request.headers, (body) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(body);
      });
    });
    // The first bytes tell the protocol, so a Service speaks whatever the Ingress says it does.
    const speak = (socket: Socket): void => {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
      socket.once('readable', () => {
        const first: unknown = socket.read();
        if (!Buffer.isBuffer(first)) return;
        socket.unshift(first);
        if (first[0] === 0x16) speak(new TLSSocket(socket, { isServer: true, secureContext: context, ALPNProtocols: ['h2', 'http/1.1'] }));
        else (first.toString('latin1', 0, 3) === 'PRI' ? http2 : plain).emit('connection', socket);
      });
    };
    this.server = createServer(speak);
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(Backends.port, '0.0.0.0', done));
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  /** Address of a Service (`namespace/name`), made when it is first asked for. */
  addressOf(service: string): string {
    const known = this.addresses.get(service);
    if (known !== undefined) return known;
    const number = this.addresses.size + 256;
    const address = `10.98.${Math.floor(number / 250)}.${(number % 250) + 1}`;
    this.addresses.set(service, address);
    this.services.set(address, service);
    return address;
  }

  private echo(address: string, path: string, headers: Echo['headers'], reply: (body: string) => void): void {
    const echo: Echo = { service: this.services.get(address.replace('::ffff:', '')) ?? 'auth', path, headers };
    reply(JSON.stringify(echo));
  }
}

/** A key and a certificate for nobody in particular, made once. */
export function keyPair(state: string): readonly [string, string] {
  const [key, certificate] = [`${state}/run/backend.key`, `${state}/run/backend.crt`];
  const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '3650', '-subj', '/CN=backend'];
  execFileSync('openssl', ['req', '-x509', ...options, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return [key, certificate];
}

/**
 * DNS of the network: every name has the one address at which the authentication service says yes.
 * Resolves to a function that stops it.
 */
export async function answerNames(): Promise<() => void> {
  const socket = createSocket('udp4');
  socket.on('message', (question, peer) => {
    const end = question.indexOf(0, 12) + 5;
    const isAddress = question.readUInt16BE(end - 4) === 1;
    const head = Buffer.from([question[0] ?? 0, question[1] ?? 0, 0x81, 0x80, 0, 1, 0, isAddress ? 1 : 0, 0, 0, 0, 0]);
    const answer = isAddress ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, 10, 98, 0, 2]) : Buffer.alloc(0);
    socket.send(Buffer.concat([head, question.subarray(12, end), answer]), peer.port, peer.address);
  });
  await new Promise<void>((done) => {
    socket.bind(53, '127.0.0.1', done);
  });
  return () => socket.close();
}
