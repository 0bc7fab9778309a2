import { expand, type Variables } from '../expand.ts';
import type { Line } from './text.ts';

/** A change of the headers that pass; '' takes one away. */
export interface HeaderChange {
  readonly on: 'request' | 'response';
  /** Which directive: those of one location replace the server's own of the same kind, `more` ones come on top. */
  readonly by: 'more' | 'add' | 'hide' | 'set';
  readonly name: string;
  readonly value: string;
}

type Read = (words: readonly string[], variables: Variables) => readonly HeaderChange[] | undefined;

/** The value for this request; undefined when it holds a variable that nobody here knows. */
function valueOf(text: string, variables: Variables): string | undefined {
  const value = expand(text, [], variables);
  return /\$\{?[A-Za-z_]/.test(value) ? undefined : value;
}

const more = (on: HeaderChange['on'], clears: boolean): Read => (words, variables) => {
  const changes: HeaderChange[] = [];
  for (const word of words) {
    const [name = '', ...rest] = word.split(':');
    const value = clears ? '' : valueOf(rest.join(':').trim(), variables);
    if (value === undefined || word.startsWith('-') || name.includes('*')) return undefined;
    changes.push({ on, by: 'more', name: name.trim().toLowerCase(), value });
  }
  return changes;
};

const one = (on: HeaderChange['on'], by: HeaderChange['by']): Read => ([name = '', text = ''], variables) => {
  const value = by === 'hide' ? '' : valueOf(text, variables);
  if (value === undefined) return undefined;
  return by === 'add' && value === '' ? [] : [{ on, by, name: name.toLowerCase(), value }];
};

/** Headers that every request of the controller carries anyway, and the hop's own: requests show them without any annotation. */
const everyday = /^(?:host|upgrade|connection|x-request-id|x-real-ip|x-forwarded-(?:for|host|port|proto|scheme)|x-scheme|x-original-forwarded-for|proxy)$/;

const setHeader: Read = (words, variables) => {
  const [name = '', text = ''] = words;
  if (everyday.test(name.toLowerCase()) && (text.includes('$') || /^(?:upgrade|keep-alive|)$/i.test(text))) return [];
  if (text.toLowerCase() === `$http_${name.toLowerCase().replaceAll('-', '_')}`) return [];
  return one('request', 'set')(words, variables);
};

const readers: ReadonlyMap<string, Read> = new Map([
  ['more_set_headers', more('response', false)],
  ['more_clear_headers', more('response', true)],
  ['more_set_input_headers', more('request', false)],
  ['more_clear_input_headers', more('request', true)],
  ['add_header', one('response', 'add')],
  ['proxy_hide_header', one('response', 'hide')],
  ['proxy_set_header', setHeader],
]);

/** What a line does to headers; undefined when it is no such line, or does it in a way nobody here knows. */
export function headerChanges({ name, words, inner }: Line, variables: Variables): readonly HeaderChange[] | undefined {
  return inner === undefined ? readers.get(name)?.(words, variables) : undefined;
}

/** Requests are changed on their way in, before the proxy writes its own; of responses the proxy drops some first. */
const passes = { request: ['more', 'set'], response: ['hide', 'more', 'add'] } as const;

/** Headers after the changes of the server block and of the location, by lower-case name. */
export function headersAfter(server: readonly HeaderChange[], location: readonly HeaderChange[], on: HeaderChange['on']): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const by of passes[on]) {
    const own = location.filter((change) => change.by === by);
    const outer = by === 'more' || own.length === 0 ? server.filter((change) => change.by === by && by !== 'set') : [];
    for (const change of [...outer, ...own]) if (change.on === on) headers.set(change.name, change.value);
  }
  return headers;
}
