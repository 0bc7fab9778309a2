import type { Line } from './text.ts';

/** Path of `location = PATH`. */
function exactPath({ name, words }: Line): string | undefined {
  const text = words.join('');
  return name === 'location' && text.startsWith('=') ? text.slice(1) : undefined;
}

const silent = /^(?:auth_basic|auth_request|access_log|error_log|log_not_found|default_type)$/;

/** Lines of a location that answers by itself, as lines of the rewrite phase; undefined when it may do something else. */
function answering(inner: readonly Line[]): readonly Line[] | undefined {
  const first = inner.find(({ name }) => name === 'return');
  if (inner.some(({ name, inner: block }) => block !== undefined || !(silent.test(name) || /^(?:return|deny|internal)$/.test(name)))) return undefined;
  if (first !== undefined) return [first];
  const status = inner.some(({ name, words }) => name === 'deny' && words[0] === 'all') ? '403' : inner.some(({ name }) => name === 'internal') ? '404' : undefined;
  return status === undefined ? undefined : [{ name: 'return', words: [status], inner: undefined }];
}

/**
 * The lines of a server block as they count for one path: an exact location of the path takes it, those of other paths do nothing. Any other
 * location stays, and is unknown. Source: https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
export function linesFor(path: string, lines: readonly Line[]): readonly Line[] {
  const last: Line[] = [];
  const kept = lines.filter((line) => {
    const exact = exactPath(line);
    const known = exact === undefined || line.inner === undefined ? undefined : answering(line.inner);
    if (known === undefined) return true;
    if (exact === path) last.push(...known);
    return false;
  });
  // The path has found its location: what other locations would do is out of the question.
  return last.length === 0 ? kept : [...kept.filter(({ name }) => name !== 'location'), ...last];
}
