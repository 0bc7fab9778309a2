import type { Location, Server } from '../../nginx/configuration.ts';
import type { LocationMatch } from '../../plan/intents.ts';
import { readExpression } from './conditions.ts';
import type { Step } from './define.ts';

export type PathStep = Extract<Step, { kind: 'path-answer' }>;

/** What becomes of a location that a snippet adds to a host. */
export type Reach =
  | 'acts'
  /** Others take all its requests. */
  | 'never'
  /** nginx does not load it beside a location of the same name. */
  | 'refused'
  /** It takes requests that no gateway can be told to give it in the same order. */
  | 'unsayable';

/** Names that nginx gives to the locations of an Ingress path. */
function namesOf({ match }: Location): { readonly exact: readonly string[]; readonly prefix: readonly string[] } {
  if (match.kind === 'exact') return { exact: [match.path], prefix: [] };
  if (match.kind === 'regex') return { exact: [], prefix: [] };
  return { exact: match.bare && match.path !== '/' ? [match.path.slice(0, -1)] : [], prefix: [match.path] };
}

/** Room for what a gateway wants around an expression, in the 1024 characters of a match. */
const longest = 500;

const sameAnswer = ({ answer: one }: PathStep, { answer: other }: PathStep): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Expressions are tried in their order, after `^~` and exact names: a gateway has no such order among several. */
function reachOfExpression(step: PathStep, match: Extract<LocationMatch, { kind: 'regex' }>, all: readonly PathStep[], { regex, locations }: Server): Reach {
  const others = all.filter((other) => other !== step);
  const ordered = others.some(({ match: other }) => other.kind === 'prefix' && other.beforeRegexes) || others.some((other) => other.match.kind === 'regex' && !sameAnswer(other, step));
  const expression = readExpression(match.value, match.ignoreCase);
  if (regex !== undefined || ordered || expression === undefined || match.value.length > longest) return 'unsayable';
  return locations.some((location) => namesOf(location).exact.some((name) => expression.test(name))) ? 'unsayable' : 'acts';
}

/**
 * Where a location of a snippet stands among those of the Ingresses. On a host of expressions the first one that matches wins, and `/` is one of
 * them, so plain prefixes get nothing there.
 * Source: https://nginx.org/en/docs/http/ngx_http_core_module.html#location, and the order of locations in nginx.tmpl
 */
export function reachOf(step: PathStep, all: readonly PathStep[], server: Server): Reach {
  const { match } = step;
  if (match.kind === 'regex') return reachOfExpression(step, match, all, server);
  const twice = all.filter((other) => other.match.kind === match.kind && other.match.value === match.value).length > 1;
  const taken = server.locations.some((location) => namesOf(location)[match.kind].includes(match.value));
  if (twice || taken) return 'refused';
  if (match.kind === 'exact' || server.regex === undefined) return 'acts';
  return match.beforeRegexes ? 'unsayable' : 'never';
}
