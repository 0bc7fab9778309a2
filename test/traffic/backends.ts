import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';

/** What a backend received. */
export interface Echo {
  /** namespace/name of the Service. */
  readonly service: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Ports of the backends by what they speak; the second takes HTTP/1.1 and HTTP/2 over TLS, the third HTTP/2 without. */
export const ports = { http: 8080, https: 8443, h2c: 8081 } as const;

/** Header of a request by which it tells the authentication service to say no. */
export const consentHeader = 'x-oracle-consent';

/** Where the authentication service answers, which says yes to all others. */
const authentication = { address: '10.98.0.2', plain: [80, 3000, 4180, 8000, 9000, 9091], secure: [443] } as const;

type Decide = (headers: Echo['headers']) => number;

/** Milliseconds that a request asks its backend to wait: `?sleep=N`. */
const sleepOf = (path: string): number => Number(/[?&]sleep=(\d{1,5})/u.exec(path)?.[1] ?? 0);

/** Proxies keep connections: one closed under them would be a failure of its own. */
function lasting(server: Server): Server {
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 3_600_000;
  return server;
}

/** One address in 10.98.0.0/16 for every Service: the address tells the Service. */
export class Backends {
  private readonly decisions = new Map<string, Decide>();
  /** What each Service received, in order. */
  readonly received = new Map<string, Echo[]>();
  private readonly services = new Map<string, string>();
  private readonly addresses = new Map<string, string>();
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly pair: { readonly key: Buffer; readonly cert: Buffer };
  private readonly opened = new Set<string>();
  /** Makes a server that takes whatever is spoken. */
  private takeAny: () => Server = () => createServer();

  constructor(state: string) {
    const [key, certificate] = keyPair(state);
    this.pair = { key: readFileSync(key), cert: readFileSync(certificate) };
  }

  /** The authentication service comes last: the controller does not start while anything has its ports, at whatever address. */
  async listen(what: 'services' | 'authentication'): Promise<void> {
    const answer = (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse): void => {
      const address = request.socket.localAddress?.replace('::ffff:', '') ?? '';
      const service = this.services.get(address);
      const echo: Echo = { service: service ?? 'authentication', path: request.url ?? '', headers: request.headers };
      this.received.get(echo.service)?.push(echo);
      const refused = service === undefined && request.headers[consentHeader] === 'no';
      const status = this.decisions.get(echo.service)?.(echo.headers) ?? (refused ? 401 : 200);
      setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json', server: 'backend', ...(status === 200 && this.decisions.has(echo.service) ? { 'x-user': 'ann' } : {}) });
        response.end(JSON.stringify(echo));
      }, sleepOf(echo.path));
    };
    const plain = (): Server => createHttp({ maxHeaderSize: 65_536 }, answer);
    const secure = (): Server => createSecureServer({ ...this.pair, allowHTTP1: true }, answer);
    if (what === 'authentication') {
      for (const port of authentication.plain) await this.open(plain(), port, authentication.address);
      for (const port of authentication.secure) await this.open(secure(), port, authentication.address);
      return;
    }
    const [http, tls, h2c] = [plain(), secure(), createHttp2(answer)].map(lasting);
    // One Service may be asked in several ways: the first bytes tell which, whatever the port.
    this.takeAny = () =>
      createServer((socket) => {
        socket.once('readable', () => {
          const first: unknown = socket.read();
          if (!Buffer.isBuffer(first)) return;
          socket.unshift(first);
          (first[0] === 0x16 ? tls : first.subarray(0, 3).toString() === 'PRI' ? h2c : http)?.emit('connection', socket);
        });
      });
    for (const port of Object.values(ports)) await this.open(this.takeAny(), port, '0.0.0.0');
  }

  /** A Service that is reached by a name of its own is asked at the port that is written. */
  async listenAt(service: string, port: number): Promise<void> {
    const address = this.addressOf(service);
    if (this.opened.has(`${address}:${port}`) || [...Object.values(ports)].some((one) => one === port)) return;
    this.opened.add(`${address}:${port}`);
    await this.open(this.takeAny(), port, address);
  }

  private async open(server: Server, port: number, address: string): Promise<void> {
    this.servers.push(lasting(server));
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((done) => server.listen(port, address, done));
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    for (const server of this.servers) server.close();
  }

  /** Makes a Service an authentication service: its status is the decision; with a yes it names the user. */
  decide(service: string, decision: Decide): void {
    this.decisions.set(service, decision);
    this.received.set(service, []);
  }

  /** Keeps what a Service receives from now on. */
  watch(service: string): void {
    this.received.set(service, []);
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
