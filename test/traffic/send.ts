import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ProbeRequest } from '../../src/verify/outcome.ts';
import type { Echo } from './backends.ts';

/** Where requests come from, and where they go unless told otherwise. */
export const address = '10.98.0.1';

/** Other ends of a connection than the usual ones. */
export interface Ends {
  readonly from?: string;
  readonly to?: string;
  readonly port?: number;
  /** Certificate to show, and a body to send. */
  readonly pair?: { readonly key: string; readonly certificate: string };
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** When a backend answered. */
  readonly echo: Echo | undefined;
  /** Alternative names of the certificate that was shown; undefined over plain HTTP. */
  readonly certificate: string | undefined;
}

function open({ scheme, host }: ProbeRequest, { from = address, to = address, port = scheme === 'http' ? 80 : 443, pair }: Ends): Socket {
  const socket = connect({ port, host: to, localAddress: from });
  return scheme === 'http' ? socket : connectTls({ socket, rejectUnauthorized: false, ...(host === '' ? {} : { servername: host.replace(/\.$/, '') }), ...(pair === undefined ? {} : { key: pair.key, cert: pair.certificate }) });
}

function isTls(socket: Socket): socket is TLSSocket {
  return 'getPeerCertificate' in socket;
}

function parse(text: string, certificate: string | undefined): Answer {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const));
  const json = /\{.*\}/s.exec(body)?.[0];
  let echo: Echo | undefined;
  if (json !== undefined && headers.get('content-type') === 'application/json') echo = JSON.parse(json) as Echo;
  return { status: Number(first.split(' ')[1] ?? 0), headers, echo, certificate };
}

/** Whether all of an answer is there: a gateway may keep the connection for a second after its last byte. */
function isComplete(text: string, method: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = text.slice(0, end).toLowerCase();
  if (method === 'HEAD' || /^http\/1\.[01] (?:204|304)/u.test(head)) return true;
  const length = /\r\ncontent-length: *(\d+)/u.exec(head)?.[1];
  if (length !== undefined) return Buffer.byteLength(text.slice(end + 4)) >= Number(length);
  return head.includes('\r\ntransfer-encoding: chunked') && text.endsWith('\r\n0\r\n\r\n');
}

/** Sends one request byte for byte. `more`: headers beyond those of the request. */
export async function send(request: ProbeRequest, more: ReadonlyMap<string, string>, ends: Ends = {}): Promise<Answer> {
  const headers: (readonly [string, string])[] = [...(request.host === '' ? [] : [['host', request.host] as const]), ...request.headers, ...more, ['connection', 'close']];
  const { body = '' } = ends;
  if (body !== '') headers.push(['content-length', String(Buffer.byteLength(body))]);
  const text = `${request.method} ${request.target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
  return await new Promise((done, fail) => {
    const socket = open(request, ends);
    const chunks: Buffer[] = [];
    let certificate: string | undefined;
    socket.setTimeout(20_000, () => socket.destroy(new Error('no answer within 20 seconds')));
    socket.on('error', fail);
    socket.on('secureConnect', () => (certificate = isTls(socket) ? (socket.getPeerCertificate().subjectaltname ?? '') : undefined));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const so = Buffer.concat(chunks).toString('utf8');
      if (!isComplete(so, request.method)) return;
      done(parse(so, certificate));
      socket.destroy();
    });
    socket.on('end', () => done(parse(Buffer.concat(chunks).toString('utf8'), certificate)));
    socket.write(text);
  });
}
