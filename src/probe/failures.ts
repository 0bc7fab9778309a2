import type { Answer, Failure } from './answer.ts';

/** How far a connection had come. */
export type Stage = 'connecting' | 'securing' | 'open';

const unreachable: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EINVAL']);

export const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

function failureOf(code: string, stage: Stage): Failure {
  if (stage === 'connecting' || unreachable.has(code)) return 'unreachable';
  if (stage === 'securing' || code === 'EPROTO' || /^ERR_(?:SSL|TLS)_/u.test(code)) return 'handshake';
  return code.startsWith('HPE_') ? 'malformed' : 'reset';
}

/** What an error of Node's network code means to the comparison. */
export function failed(error: Error, stage: Stage): Answer {
  const code = codeOf(error);
  return { kind: 'failed', failure: failureOf(code, stage), detail: code === '' ? error.message : code };
}

export function timedOut(timeoutMs: number, stage: Stage): Answer {
  const within = `within ${timeoutMs / 1000} s`;
  return stage === 'connecting' ? { kind: 'failed', failure: 'unreachable', detail: `no connection ${within}` } : { kind: 'failed', failure: 'timeout', detail: `no answer ${within}` };
}
