import type { ProbeRequest } from '../outcome.ts';

interface Address {
  readonly scheme: string;
  readonly host: string;
  /** With its colon; '' for none. */
  readonly port: string;
  readonly path: string;
  readonly query: string;
  /** Without scheme and host: those of the request are meant. */
  readonly relative: boolean;
}

const absolute = /^([a-z]+):\/\/([^/?#:]*)(:\d+)?([^?#]*)(.*)$/isu;

/** Clients escape what a URL cannot hold before they ask for it. */
const escaped = (text: string): string => text.replace(/[^\u0021-\u007e]+/gu, (run) => [...Buffer.from(run, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''));

/** What a browser makes of a Location. A URL without a path asks for `/`; schemes and names know no letter case. */
function addressOf(text: string, request: Pick<ProbeRequest, 'scheme' | 'host' | 'target'>): Address {
  const location = escaped(text);
  const [, scheme, host = '', port = '', path = '', query = ''] = absolute.exec(location) ?? [];
  if (scheme !== undefined) return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), port, path: path === '' ? '/' : path, query, relative: false };
  const [, own = '', rest = ''] = /^([^?#]*)(.*)$/su.exec(location) ?? [];
  const asked = request.target.split('?', 1)[0] ?? '';
  const meant = own === '' ? asked : own.startsWith('/') ? own : `${asked.replace(/[^/]*$/u, '')}${own}`;
  return { scheme: request.scheme, host: request.host.toLowerCase(), port: '', path: meant, query: rest, relative: true };
}

const cut = (text: string): string => (text.endsWith('/') ? text.slice(0, -1) : text);

/** `PART` where two texts differ, `slash` where they differ in a final slash alone. */
const differs = (part: 'path' | 'query', one: string, two: string): readonly string[] => (one === two ? [] : [`location ${cut(one) === cut(two) ? 'slash' : part}`]);

/**
 * What differs between two addresses that a client is sent to: `location scheme`, `host`, `port`, `path`, `slash` (one at the end alone), `query` and `relative`. Parts are
 * aspects of their own, so that a finding about the port of a redirect does not explain another host.
 */
export function compareLocations(request: Pick<ProbeRequest, 'scheme' | 'host' | 'target'>, before: string, after: string): readonly string[] {
  const [one, two] = [addressOf(before, request), addressOf(after, request)];
  const parts = (['scheme', 'host', 'port', 'relative'] as const).filter((part) => one[part] !== two[part]).map((part) => `location ${part}`);
  return [...new Set([...parts, ...differs('path', one.path, two.path), ...differs('query', one.query, two.query)])];
}
