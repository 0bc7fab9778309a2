import type { ProbeOutcome, ProbeRequest } from '../../outcome.ts';
import { addressCaptures, redirectAddress } from '../address.ts';
import { expandKnown, type Variables } from '../expand.ts';
import { pcre } from '../pattern.ts';
import { bytesOf, textOf, type RequestTarget } from '../request-target.ts';
import { withQuery } from '../rewrite.ts';
import { withAnswers } from './answered.ts';
import { holds } from './conditions.ts';
import { headerChanges, type HeaderChange } from './headers.ts';
import type { Line } from './text.ts';

/** What a snippet does with one request. */
export interface SnippetRun {
  /** nginx answers by itself. */
  readonly answer: ProbeOutcome | undefined;
  readonly changes: readonly HeaderChange[];
  /** It holds something whose effect on the request is not known. */
  readonly unknown: boolean;
}

export interface Visit {
  readonly request: ProbeRequest;
  readonly target: RequestTarget;
  readonly variables: Variables;
  /** As headers see them; absent: the same. */
  readonly late?: Variables;
  /** The backend is spoken to with gRPC: `proxy_` directives are void, and `grpc_` ones take their place. */
  readonly grpc: boolean;
}

type Step = 'go on' | 'break' | 'unknown' | ProbeOutcome;

/** Lines that change nothing a request could show: logs, sockets, and what each location of the controller says itself. */
const silent =
  /^(?:allow|deny|auth_request_set|access_log|error_log|log_not_found|server_tokens|tcp_nodelay|tcp_nopush|rewrite_log|default_type|port_in_redirect|client_max_body_size|proxy_(?:connect|read|send)_timeout|proxy_buffering|proxy_buffer_size|proxy_buffers|proxy_max_temp_file_size|proxy_request_buffering|proxy_http_version|proxy_cookie_domain|proxy_cookie_path|proxy_redirect)$/;

const none: ReadonlyMap<string, string> = new Map();
const nameOf = ({ host }: ProbeRequest): string => host.toLowerCase().replace(/\.$/, '');
const redirected = (status: number, location: string, { request }: Visit): ProbeOutcome => ({
  kind: 'redirected',
  status,
  location: location.startsWith('/') ? `${request.scheme}://${nameOf(request)}${location}` : location,
});

/** Source: https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return */
function answerOf([first = '', text = '']: readonly string[], visit: Visit): Step {
  const value = expandKnown(/^\d{3}$/.test(first) ? text : first, [], visit.variables);
  if (value === undefined) return 'unknown';
  if (!/^\d{3}$/.test(first)) return redirected(302, value, visit);
  const status = Number(first);
  return [301, 302, 303, 307, 308].includes(status) && text !== '' ? redirected(status, value, visit) : { kind: 'answered', status, responseHeaders: none };
}

/** A rewrite that leads to another address. Source: https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite */
function rewriteOf([pattern = '', replacement = '', flag = '']: readonly string[], visit: Visit): Step {
  const found = pcre(bytesOf(pattern), '')?.exec(visit.target.path);
  if (found === undefined) return 'unknown';
  if (found === null) return 'go on';
  if (!/^(?:https?:\/\/|\$scheme)/.test(replacement) && flag !== 'permanent' && flag !== 'redirect') return 'unknown';
  const bare = replacement.endsWith('?');
  const expanded = expandKnown(bytesOf(bare ? replacement.slice(0, -1) : replacement), addressCaptures(found, visit.request.target), visit.variables);
  if (expanded === undefined) return 'unknown';
  const location = redirectAddress(expanded);
  return redirected(flag === 'permanent' ? 301 : 302, textOf(bare || location.includes('?') ? location : withQuery(location, visit.target.query)), visit);
}

/** Lines of the rewrite phase, in their order, up to a `break`; lines of another kind count wherever they stand. */
const scripted: ReadonlySet<string> = new Set(['if', 'return', 'rewrite', 'set', 'break']);

function phase(lines: readonly Line[], visit: Visit, changes: HeaderChange[]): Step {
  let result: Step = 'go on';
  for (const line of lines) {
    if (result === 'break' && scripted.has(line.name)) continue;
    const step = stepOf(line, visit, changes);
    if (step === 'unknown' || (step === 'break' && result === 'go on')) result = step;
    else if (typeof step !== 'string' && result !== 'unknown') return step;
  }
  return result;
}

function stepOf(line: Line, visit: Visit, changes: HeaderChange[]): Step {
  const { name, words, inner } = line;
  if (name === 'break') return 'break';
  if (name === 'return') return answerOf(words, visit);
  if (name === 'rewrite') return rewriteOf(words, visit);
  if (name === 'if' && inner !== undefined) {
    const held = holds(words, visit.variables);
    return held === true ? phase(inner, visit, changes) : held === false ? 'go on' : 'unknown';
  }
  if (inner === undefined && silent.test(name)) return 'go on';
  const family = /^(proxy|grpc)_(set|hide)_header$/.exec(name);
  if (family !== null && (family[1] === 'grpc') !== visit.grpc) return 'go on';
  const made = headerChanges(family === null ? line : { ...line, name: `proxy_${family[2] ?? ''}_header` }, visit.late ?? visit.variables);
  if (made === undefined) return 'unknown';
  changes.push(...made);
  return 'go on';
}

/** Parts of the address that annotations never name, but snippets do. Source: https://nginx.org/en/docs/http/ngx_http_core_module.html#variables */
function withAddress({ target, variables }: Visit): Variables {
  const { path, query = '' } = target;
  const own: ReadonlyMap<string, string> = new Map([
    ...['uri', 'document_uri'].map((name) => [name, textOf(path)] as const),
    ...['args', 'query_string'].map((name) => [name, query] as const),
    ['is_args', query === '' ? '' : '?'],
  ]);
  return (name) => own.get(name) ?? variables(name);
}

/** Runs the text of a snippet for one request, line by line, as nginx would. */
export function runLines(lines: readonly Line[] | undefined, asked: Visit): SnippetRun {
  const changes: HeaderChange[] = [];
  if (lines === undefined) return { answer: undefined, changes, unknown: true };
  const { early, late } = withAnswers(lines, withAddress(asked));
  const visit: Visit = { ...asked, variables: early, late };
  const step = phase(lines, visit, changes);
  if (typeof step !== 'string') return { answer: step, changes, unknown: false };
  return { answer: undefined, changes, unknown: step === 'unknown' };
}
