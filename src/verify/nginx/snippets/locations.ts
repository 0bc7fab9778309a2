import type { Line } from './text.ts';

/** Path of `location = PATH`. */
function exactPath({ name, words }: Line): string | undefined {
  const text = words.join('');
  return name === 'location' && text.startsWith('=') ? text.slice(1) : undefined;
}

const silent = /^(?:auth_basic|auth_request|access_log|error_log|log_not_found|default_type|allow|more_set_headers|more_clear_headers|add_header|proxy_hide_header)$/;

/** Lines of a location that answers by itself, as lines of the rewrite phase; undefined when it may do something else. */
function answering(inner: readonly Line[]): readonly Line[] | undefined {
  const access = inner.find(({ name }) => name === 'deny' || name === 'allow');
  const denied = access?.name === 'deny' && access.words[0] === 'all';
  const first = inner.find(({ name }) => name === 'return');
  if (inner.some(({ name, inner: block }) => block !== undefined || !(silent.test(name) || /^(?:return|deny|internal)$/.test(name)))) return undefined;
  // A location that is internal is none for requests from outside.
  const internal = inner.some(({ name }) => name === 'internal');
  if (first !== undefined && !internal) return [first];
  const status = internal ? '404' : denied ? '403' : undefined;
  return status === undefined ? undefined : [{ name: 'return', words: [status], inner: undefined }];
}

/** Lines of a server block as they count for one path. */
export interface ServerLines {
  /** Of the block itself: they act before a location is looked for, and before app-root. */
  readonly block: readonly Line[];
  /** Of the exact location that takes the path. */
  readonly location: readonly Line[];
}

/**
 * An exact location of the path takes it, those of other paths do nothing. Any other location stays, and is unknown.
 * Source: https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
export function linesFor(path: string, lines: readonly Line[]): ServerLines {
  const last: Line[] = [];
  const kept = lines.filter((line) => {
    const exact = exactPath(line);
    const known = exact === undefined || line.inner === undefined ? undefined : answering(line.inner);
    if (known === undefined) return true;
    if (exact === path) last.push(...known);
    return false;
  });
  // The path has found its location: what other locations would do is out of the question.
  return { block: last.length === 0 ? kept : kept.filter(({ name }) => name !== 'location'), location: last };
}
