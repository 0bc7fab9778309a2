import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';

/** What the proxy does with a CONNECT: `pass` joins it with the same port of this machine, whatever host it names. */
export type Manner = 'pass' | 'hang' | 'refuse' | 'reset';

export interface ConnectProxy {
  readonly url: string;
  readonly host: string;
  /** Host, port and credentials of every CONNECT. */
  readonly asked: readonly { readonly target: string; readonly authorization: string }[];
  readonly close: () => void;
}

function join(socket: Socket, target: string): void {
  const upstream = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.pipe(socket);
    socket.pipe(upstream);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
}

const manners: Readonly<Record<Manner, (socket: Socket, target: string) => void>> = {
  pass: join,
  hang: () => undefined,
  refuse: (socket) => void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
  reset: (socket) => void socket.destroy(),
};

/** An HTTP proxy on loopback that does nothing but CONNECT. */
export async function connectProxy(manner: Manner): Promise<ConnectProxy> {
  const asked: ConnectProxy['asked'][number][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => void response.writeHead(405).end());
  server.on('connection', (socket) => void sockets.add(socket));
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    asked.push({ target: url, authorization: headers['proxy-authorization'] ?? '' });
    manners[manner](socket, url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: `http://${host}`, host, asked, close };
}
