import type { IncomingMessage } from 'node:http';
import { isFields, isList } from '../reading.ts';

/** Why a request gave nothing. */
export interface Problem {
  /** `network`: the server was not reached, or broke off. `timeout`: it did not answer in time. The others are what it said. */
  readonly kind: 'network' | 'timeout' | 'unauthorized' | 'forbidden' | 'not-found' | 'expired' | 'invalid' | 'server';
  /** In the server's words, where it had any. */
  readonly message: string;
  /** Whether the same request may work a moment later. */
  readonly passing: boolean;
  readonly retryAfterMs?: number;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** What admission or validation said, field by field: better than the message, where the server gives it. */
  readonly causes?: readonly string[];
}

export type Answer = { readonly ok: true; readonly value: unknown; readonly warnings: readonly string[] } | { readonly ok: false; readonly problem: Problem };

/** Whether no other request to this server would be spared the problem: there is nothing to work on. */
export function fatal(problem: Problem | undefined): boolean {
  return problem !== undefined && (problem.kind === 'network' || problem.kind === 'timeout' || problem.kind === 'unauthorized');
}

const kinds: Readonly<Record<number, Problem['kind']>> = { 400: 'invalid', 401: 'unauthorized', 403: 'forbidden', 404: 'not-found', 409: 'invalid', 410: 'expired', 422: 'invalid' };
const passingStatus = new Set([429, 502, 503, 504]);
const longestPauseMs = 5000;

/** Codes of Node for a connection that somebody cut, or that was not made this time. */
const passingCodes = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'UND_ERR_SOCKET']);

export function problemOf(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const parts = error instanceof AggregateError && error.errors.length > 0 ? error.errors.map((one) => (one instanceof Error ? one.message : String(one))).join('; ') : '';
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'network', message: message === '' ? parts || code : message, passing: passingCodes.has(code) || message === 'aborted' };
}

function causesOf(status: Readonly<Record<string, unknown>>): readonly string[] {
  const details = status['details'];
  const causes = isFields(details) && isList(details['causes']) ? details['causes'] : [];
  return causes.filter(isFields).map(({ field, message }) => (typeof field === 'string' && field !== '' ? `${field}: ${String(message)}` : String(message)));
}

function refusalOf(response: IncomingMessage, status: number, body: unknown, text: string): Problem {
  const message = isFields(body) && typeof body['message'] === 'string' ? body['message'] : text.slice(0, 200).trim();
  const after = Number(response.headers['retry-after']);
  return {
    kind: kinds[status] ?? 'server',
    message: message === '' ? `HTTP ${status}` : message,
    passing: passingStatus.has(status),
    status,
    ...(Number.isFinite(after) && after >= 0 ? { retryAfterMs: Math.min(after * 1000, longestPauseMs) } : {}),
    ...(isFields(body) ? { causes: causesOf(body) } : {}),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `299 - "text"`, as the API server warns: https://kubernetes.io/blog/2020/09/03/warnings/. */
function warningsOf(response: IncomingMessage): readonly string[] {
  const header = response.headers['warning'];
  return header === undefined ? [] : [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/gu)].map((match) => (match[1] ?? '').replace(/\\(.)/gu, '$1'));
}

export function answerOf(response: IncomingMessage, text: string): Answer {
  const status = response.statusCode ?? 0;
  const value = parse(text);
  if (status < 200 || status > 299) return { ok: false, problem: refusalOf(response, status, value, text) };
  // A login page, or a proxy that speaks in between.
  if (value === undefined) return { ok: false, problem: { kind: 'server', message: 'the answer is not JSON', passing: false, status } };
  return { ok: true, value, warnings: warningsOf(response) };
}
