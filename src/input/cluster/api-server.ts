import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Access } from './access.ts';
import { answerOf, problemOf, type Answer, type Problem } from './answer.ts';
import { Turns } from './turns.ts';

/** How requests get there, as the client made it out of the kubeconfig. */
export interface Transport {
  readonly headers: OutgoingHttpHeaders;
  readonly auth: string | undefined;
  readonly agent: RequestOptions['agent'];
  /** Host and port of the proxy in between. */
  readonly proxy?: string | undefined;
}

export interface ApiRequest {
  /** Only dry runs are more than a GET. */
  readonly method?: 'GET' | 'PATCH';
  /** Path and query. */
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: string;
}

const unzip = promisify(gunzip);

/** Tries after the first one, for what passes: a connection that was cut, a server that is busy. */
const moreTries = 2;
const pauseMs = 200;

/** Requests under way: a list per namespace must not become a connection per namespace, and one that waits for a connection must not run out of time. */
const atOnce = 16;

/** Node says of a request without a connection yet that it was ended only once it has one, which a stalled proxy never gives. */
async function unlessEnded<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const ended = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('ended')), { once: true }));
  return await Promise.race([work, ended]);
}

/** In whose words a failure is told: those of the proxy mean nothing without its name. */
function throughProxy(problem: Problem, proxy: string | undefined): Problem {
  if (proxy === undefined) return problem;
  // hpagent's message when CONNECT is not answered with 200.
  const refused = /^Bad response: (\d+)$/u.exec(problem.message)?.[1];
  return { ...problem, message: refused === undefined ? `${problem.message} (through the proxy ${proxy})` : `the proxy ${proxy} answered ${refused}` };
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) if (chunk instanceof Buffer) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return (response.headers['content-encoding'] === 'gzip' ? await unzip(bytes) : bytes).toString('utf8');
}

/** One API server, as one user. Nothing here throws for what a server does. */
export class ApiServer {
  readonly context: string;
  readonly server: string;
  /** Of -n, or of the context. */
  readonly namespace: string;
  readonly #access: Access;
  readonly #transport: Transport;
  readonly #turns = new Turns(atOnce);

  constructor(access: Access, transport: Transport) {
    this.context = access.context;
    this.server = access.server;
    this.namespace = access.namespace;
    this.#access = access;
    this.#transport = transport;
  }

  /** Sends a request and reads the answer whole, within the time that --request-timeout allows. A GET is tried again when the failure may pass. */
  async send(request: ApiRequest): Promise<Answer> {
    for (let tries = 0; ; tries += 1) {
      const answer = await this.#turns.run(() => this.#once(request));
      if (answer.ok || !answer.problem.passing || tries >= moreTries || (request.method ?? 'GET') !== 'GET') return answer;
      await new Promise((resolve) => setTimeout(resolve, answer.problem.retryAfterMs ?? pauseMs * 2 ** tries));
    }
  }

  /** Ends the connections that are kept for the next request. */
  close(): void {
    const { agent } = this.#transport;
    if (typeof agent === 'object') agent.destroy();
  }

  async #once(request: ApiRequest): Promise<Answer> {
    const { timeoutMs } = this.#access;
    const controller = new AbortController();
    const timer = timeoutMs === 0 ? undefined : setTimeout(() => controller.abort(), timeoutMs);
    try {
      const { signal } = controller;
      return await unlessEnded(signal, this.#respond(request, signal).then(async (response) => answerOf(response, await bodyOf(response))));
    } catch (error) {
      const stalled: Problem = { kind: 'timeout', message: `no answer within ${timeoutMs / 1000}s`, passing: false };
      return { ok: false, problem: throughProxy(controller.signal.aborted ? stalled : problemOf(error), this.#transport.proxy) };
    } finally {
      clearTimeout(timer);
    }
  }

  #respond({ method = 'GET', path, accept = 'application/json', contentType, body }: ApiRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { headers, compression, server } = this.#access;
    const { auth, agent } = this.#transport;
    const base = new URL(server);
    const send = base.protocol === 'http:' ? httpRequest : httpsRequest;
    const impersonation = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));
    return new Promise((resolve, reject) => {
      const outgoing = send(new URL(`${base.pathname.replace(/\/$/u, '')}${path}`, base), {
        method,
        agent,
        auth: auth ?? null,
        signal,
        headers: {
          ...this.#transport.headers,
          ...impersonation,
          accept,
          'user-agent': 'gwmigrate',
          ...(compression ? { 'accept-encoding': 'gzip' } : {}),
          ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
      });
      outgoing.on('response', resolve).on('error', reject);
      outgoing.end(body);
    });
  }
}
