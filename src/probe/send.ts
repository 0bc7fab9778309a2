import { createHash } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { ProbeRequest } from '../verify/outcome.ts';
import type { Address } from './address.ts';
import type { Answer } from './answer.ts';
import { certificateOf } from './certificate.ts';
import { codeOf, failed, timedOut, type Stage } from './failures.ts';

export interface SendOptions {
  readonly timeoutMs: number;
  /** Headers to keep of an answer, in lower case. */
  readonly headers: readonly string[];
  readonly bodyHash: boolean;
  readonly userAgent: string;
}

/** Sends requests to one address and to no other. */
export interface Sender {
  readonly send: (request: ProbeRequest) => Promise<Answer>;
  readonly close: () => void;
}

/** More of a body is not read: a connection is cheaper than a download. */
const unreadBytes = 65_536;
const hashedBytes = 16_777_216;

const cookieName = (cookie: string): string => cookie.slice(0, Math.max(0, cookie.indexOf('='))).trim();

/** Values of one header. A cookie's value may be a session: only its name is kept. */
function valueOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  if (Array.isArray(value)) return name === 'set-cookie' ? [...new Set(value.map(cookieName))].sort().join(', ') : value.join(', ');
  return value;
}

function keptHeaders(response: IncomingMessage, names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(['location', ...names].flatMap((name) => {
    const value = valueOf(response, name);
    return value === undefined ? [] : [[name, value] as const];
  }));
}

/** Reads a body to its end or to a limit. @returns its hash, if one is wanted */
async function readBody(response: IncomingMessage, wanted: boolean): Promise<string | undefined> {
  const hash = wanted ? createHash('sha256') : undefined;
  let size = 0;
  // Not iterated: that would close the connections of answers without a body.
  await new Promise<void>((resolve, reject) => {
    response.once('end', resolve);
    response.once('error', reject);
    response.on('data', (chunk: Buffer) => {
      hash?.update(chunk);
      size += chunk.length;
      if (size < (wanted ? hashedBytes : unreadBytes)) return;
      resolve();
      response.destroy();
    });
  });
  return hash?.digest('hex');
}

/** Connections to one address: one at a time, kept for the requests of one host. */
class Connections implements Sender {
  readonly #address: Address;
  readonly #options: SendOptions;
  #agents: { readonly host: string; readonly http: HttpAgent; readonly https: HttpsAgent } | undefined;

  constructor(address: Address, options: SendOptions) {
    this.#address = address;
    this.#options = options;
  }

  readonly close = (): void => {
    this.#agents?.http.destroy();
    this.#agents?.https.destroy();
    this.#agents = undefined;
  };

  readonly send = async (request: ProbeRequest): Promise<Answer> => {
    if (this.#agents?.host !== request.host) this.close();
    // A server may close a kept connection just when it is used again: that says nothing (https://nodejs.org/api/http.html#requestreusedsocket).
    return (await this.#attempt(request, false)) ?? (await this.#attempt(request, true)) ?? failed(new Error('connection reset'), 'open');
  };

  #open({ scheme, host, target, method, headers }: ProbeRequest): ClientRequest {
    const kept = { keepAlive: true, maxSockets: 1 };
    this.#agents ??= { host, http: new HttpAgent(kept), https: new HttpsAgent({ ...kept, maxCachedSessions: 0 }) };
    const options = {
      host: this.#address.host,
      port: this.#address.ports[scheme],
      method,
      path: target,
      setHost: false,
      headers: { ...(host === '' ? {} : { host }), 'user-agent': this.#options.userAgent, accept: '*/*', ...Object.fromEntries(headers) },
    };
    if (scheme === 'http') return httpRequest({ ...options, agent: this.#agents.http });
    // What is wrong with a certificate is compared, not obeyed: nothing secret is ever sent.
    return httpsRequest({ ...options, agent: this.#agents.https, servername: host, rejectUnauthorized: false });
  }

  async #read(response: IncomingMessage): Promise<Answer> {
    const { headers, bodyHash } = this.#options;
    const { socket } = response;
    const certificate = socket instanceof TLSSocket ? certificateOf(socket) : undefined;
    const kept = keptHeaders(response, headers);
    return { kind: 'answered', status: response.statusCode ?? 0, headers: kept, certificate, bodyHash: await readBody(response, bodyHash) };
  }

  /** Undefined when a kept connection was closed, and another one should be tried. */
  async #attempt(request: ProbeRequest, again: boolean): Promise<Answer | undefined> {
    let stage: Stage = 'connecting';
    return await new Promise((resolve) => {
      const sent = this.#open(request);
      const timer = setTimeout(() => {
        resolve(timedOut(this.#options.timeoutMs, stage));
        sent.destroy();
      }, this.#options.timeoutMs);
      const end = (answer: Answer | undefined): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      const onError = (error: Error): void => end(sent.reusedSocket && !again && codeOf(error) === 'ECONNRESET' ? undefined : failed(error, stage));
      sent.on('socket', (socket) => {
        if (!socket.connecting) {
          stage = 'open';
          return;
        }
        socket.once('connect', () => (stage = request.scheme === 'https' ? 'securing' : 'open'));
        socket.once('secureConnect', () => (stage = 'open'));
      });
      sent.on('error', onError);
      sent.on('response', (response) => void this.#read(response).then(end, (error: unknown) => onError(error instanceof Error ? error : new Error(String(error)))));
      sent.end();
    });
  }
}

export function createSender(address: Address, options: SendOptions): Sender {
  return new Connections(address, options);
}
