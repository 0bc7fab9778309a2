import { nothing, type DirectiveRow, type ReadDirective, type Reading, type SnippetAnswer, type Surroundings } from './define.ts';
import { fixedText } from './variables.ts';

const module = 'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html';

type Redirect = Extract<SnippetAnswer, { kind: 'redirect' }>;
type Follows = Redirect['follows'];

/** What stands for the request's own path and query at the end of an address, the longest first. */
const endings: readonly (readonly [RegExp, Follows])[] = [
  [/\$request_uri$/, 'request-uri'],
  [/\$uri(?:\$is_args|\?)\$(?:args|query_string)$/, 'request-uri'],
  [/\$uri$/, 'path'],
  [/(?:\$is_args|\?)\$(?:args|query_string)$/, 'query'],
];

const hostVariables = /^\$(?:\{(?:http_host|host|server_name)\}|(?:http_host|host|server_name))$/;

/** Scheme and host that stay those of the request are written `$scheme` and `$host`, as RedirectIntent has them. */
function authorityOf(text: string, surroundings: Surroundings): string | undefined {
  const found = /^(https?|\$scheme|\$\{scheme\}):\/\/(.*)$/i.exec(text);
  if (found === null) return undefined;
  const [, scheme = '', host = ''] = found;
  const name = hostVariables.test(host) ? '$host' : fixedText(host, surroundings);
  return name === undefined || name === '' ? undefined : `${scheme.startsWith('$') ? '$scheme' : scheme.toLowerCase()}://${name}`;
}

/** An address as a redirect that a gateway can be told, or undefined when another part of it depends on the request. */
export function readAddress(text: string, status: number, surroundings: Surroundings): Redirect | undefined {
  const ending = endings.find(([pattern]) => pattern.test(text));
  const [pattern, follows] = ending ?? [/$/, 'nothing' as const];
  const head = text.replace(pattern, '');
  const start = /^(?:[a-z]+|\$scheme|\$\{scheme\}):\/\/[^/?#]*/i.exec(head)?.[0] ?? '';
  const authority = start === '' ? '' : authorityOf(start, surroundings);
  const path = fixedText(head.slice(start.length), surroundings);
  if (authority === undefined || path === undefined || (start === '' && !path.startsWith('/'))) return undefined;
  const decodes = follows !== 'query' && /\$uri/.test(text);
  return { kind: 'redirect', status, location: `${authority}${path}`, follows, ...(decodes ? { decodes } : {}) };
}

const locationStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const isAddress = (text: string): boolean => /^(?:https?:\/\/|\$scheme\b|\$\{scheme\})/i.test(text);

const answer = (given: SnippetAnswer | undefined): Reading | undefined => (given === undefined ? undefined : { steps: [{ kind: 'answer', answer: given }] });

/** `return CODE`, `return CODE TEXT`, `return CODE URL`, `return URL` (302). */
const readReturn: ReadDirective = ({ args }, surroundings) => {
  const [first = '', text = ''] = args;
  if (args.length === 1 && isAddress(first)) return answer(readAddress(first, 302, surroundings));
  const status = /^\d{3}$/.test(first) ? Number(first) : undefined;
  if (status === undefined || args.length > 2) return undefined;
  if (locationStatuses.has(status)) return text === '' ? undefined : answer(readAddress(text, status, surroundings));
  const body = fixedText(text, surroundings);
  // A refusal stays one without its text.
  return body === undefined && status < 400 ? undefined : answer({ kind: 'response', status, body: body ?? '' });
};

/** Patterns that every path matches, and what their first group holds. */
const wholePath: ReadonlyMap<string, '' | '/'> = new Map([
  ...['^', '.*', '^.*$', '^.*', '/', '^/', '^/.*$', '^/.*', '^(.*)$', '^(.*)', '(.*)', '^(/.*)$', '^(/.*)', '(/.*)'].map((pattern) => [pattern, ''] as const),
  ...['^/(.*)$', '^/(.*)', '/(.*)', '/(.*)$'].map((pattern) => [pattern, '/'] as const),
]);

/** `rewrite` to an address, of every path. Any other changes the path, which snippets of the controller cannot be told apart by. */
const readRewrite: ReadDirective = ({ args }, surroundings) => {
  const [pattern = '', replacement = '', flag = ''] = args;
  const separator = wholePath.get(pattern);
  const away = isAddress(replacement);
  if (separator === undefined || args.length > 3 || (!away && flag !== 'permanent' && flag !== 'redirect')) return undefined;
  const bare = replacement.endsWith('?');
  const text = bare ? replacement.slice(0, -1) : replacement;
  const group = `${separator}$1`;
  const given = text.endsWith(group) ? `${text.slice(0, -group.length)}$uri` : text;
  const read = readAddress(given, flag === 'permanent' ? 301 : 302, surroundings);
  if (read === undefined) return undefined;
  // nginx decodes the whole address: https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite
  const decoded = read.follows === 'path' || read.follows === 'request-uri' ? ({ ...read, decodes: true } as const) : read;
  if (bare) return answer(decoded);
  // Without a final `?` nginx appends the query of the request.
  const follows = read.follows === 'path' ? 'request-uri' : read.follows === 'nothing' ? 'query' : read.follows;
  return answer({ ...decoded, follows });
};

export const answerRows: Readonly<Record<string, DirectiveRow>> = {
  return: { read: readReturn, rewrites: true, source: `${module}#return` },
  rewrite: { read: readRewrite, rewrites: true, source: `${module}#rewrite` },
  // Nothing that this reader knows reads a variable which a snippet has set.
  rewrite_log: { read: () => nothing, source: `${module}#rewrite_log` },
};
