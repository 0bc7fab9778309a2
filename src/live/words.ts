import type { Json, JsonObject } from '../model/gateway.ts';
import { numberIn, objectIn, objectsIn, textIn } from '../model/json.ts';
import { compareText } from '../model/object.ts';
import { canonicalText, isList, isMap } from './canonical.ts';
import { hostWords } from './host.ts';

const pathWords = (path: JsonObject): string => {
  const value = textIn(path, 'value') ?? '/';
  const type = textIn(path, 'type') ?? 'PathPrefix';
  if (type === 'PathPrefix') return `\`${value}\``;
  return type === 'Exact' ? `exactly \`${value}\`` : `the expression \`${value}\``;
};

const pairWords = (what: string, pairs: readonly JsonObject[]): readonly string[] =>
  pairs.map((pair) => `${what} ${textIn(pair, 'name') ?? ''} ${textIn(pair, 'type') === 'RegularExpression' ? 'like' : '='} ${textIn(pair, 'value') ?? ''}`);

/** `` `/api` `` of HTTP, `pkg.Service/Method` of gRPC, with method, headers and query parameters where they are asked for. */
export function matchWords(match: JsonObject): string {
  const method = match['method'];
  const grpc = isMap(method) ? `${textIn(method, 'service') ?? '*'}/${textIn(method, 'method') ?? '*'}` : undefined;
  const path = isMap(match['path']) ? pathWords(match['path']) : grpc;
  const conditions = [...pairWords('header', objectsIn(match, 'headers')), ...pairWords('query', objectsIn(match, 'queryParams'))];
  const words = `${typeof method === 'string' ? `${method} ` : ''}${path ?? 'every request'}`;
  return conditions.length === 0 ? words : `${words} with ${conditions.join(' and ')}`;
}

const shown = 3;

function listWords(items: readonly string[]): string {
  const more = items.length - shown;
  return more > 0 ? `${items.slice(0, shown).join(', ')} and ${more} more` : items.join(', ');
}

/** `` `/api`, `/v2` of shop.example.com `` */
export function placeWords(matches: readonly string[], hosts: readonly string[]): string {
  return `${listWords(matches)} of ${listWords(hosts.map(hostWords))}`;
}

const plainWords = (value: Json | undefined): string => (typeof value === 'string' ? value : canonicalText(value));

/** Values short enough to be read in a line; longer ones are in the unified diff. */
export function valueWords(value: Json | undefined): string {
  if (value === undefined) return 'none';
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (isList(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  if (isMap(value)) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    if (entries.every(([, entry]) => typeof entry !== 'object')) return entries.map(([key, entry]) => `${key} ${plainWords(entry)}`).join(', ');
  }
  const text = canonicalText(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

interface Share {
  readonly name: string;
  readonly weight: number;
}

/** Backends that get requests. Those of one name are one. */
function sharesOf(action: JsonObject): readonly Share[] {
  const weights = new Map<string, number>();
  for (const ref of objectsIn(action, 'backendRefs')) {
    const port = numberIn(ref, 'port');
    const kind = textIn(ref, 'kind') ?? 'Service';
    const filters = objectsIn(ref, 'filters').length === 0 ? '' : ' with filters';
    const name = `${kind === 'Service' ? '' : `${kind} `}${textIn(ref, 'namespace') === undefined ? '' : `${textIn(ref, 'namespace') ?? ''}/`}${textIn(ref, 'name') ?? ''}${port === undefined ? '' : `:${port}`}${filters}`;
    weights.set(name, (weights.get(name) ?? 0) + (numberIn(ref, 'weight') ?? 1));
  }
  return [...weights].map(([name, weight]) => ({ name, weight })).sort((a, b) => b.weight - a.weight || compareText(a.name, b.name));
}

function redirectWords(action: JsonObject): string | undefined {
  const filter = objectsIn(action, 'filters').find((candidate) => textIn(candidate, 'type') === 'RequestRedirect');
  if (filter === undefined) return undefined;
  const { statusCode, path, ...parts } = objectIn(filter, 'requestRedirect');
  const to = Object.entries(parts).map(([key, value]) => `${key} ${plainWords(value)}`);
  if (path !== undefined) to.push(`path ${valueWords(path)}`);
  return `redirect${to.length === 0 ? '' : ` to ${to.join(', ')}`} (${plainWords(statusCode ?? 302)})`;
}

/** What a rule answers a request with: a redirect, its backends, or an error that the gateway makes up. */
export function answerWords(action: JsonObject): string {
  const redirect = redirectWords(action);
  if (redirect !== undefined) return redirect;
  const live = sharesOf(action).filter(({ weight }) => weight > 0);
  return live.length === 0 ? 'nothing (500)' : live.map(({ name }) => name).join(' + ');
}

/** `weight 80/20 (api:80, canary:80) became 100 (api:80)`; without weights where each side has one backend. */
export function answerChange(before: JsonObject, after: JsonObject): string {
  const sides = [before, after].map((action) => ({ shares: redirectWords(action) === undefined ? sharesOf(action).filter(({ weight }) => weight > 0) : [], words: answerWords(action) }));
  const [was, is] = sides;
  if (was === undefined || is === undefined || was.shares.length === 0 || is.shares.length === 0) return `${was?.words ?? ''} became ${is?.words ?? ''}`;
  if (was.shares.length === 1 && is.shares.length === 1) return `backend ${was.words} became ${is.words}`;
  const split = (shares: readonly Share[]): string => {
    const total = shares.reduce((sum, { weight }) => sum + weight, 0);
    return `${shares.map(({ weight }) => Math.round((weight * 1000) / total) / 10).join('/')} (${shares.map(({ name }) => name).join(', ')})`;
  };
  return `weight ${split(was.shares)} became ${split(is.shares)}`;
}
