import type { Guard } from '../../outcome.ts';
import type { Variables } from '../expand.ts';
import type { Line } from './text.ts';

/** Stands in a value for a header of the answer of the authentication service. */
const inWords = (header: string): string => `<${header} of the authentication service>`;

/**
 * Values of `auth_request_set`, which headers see and the rewrite phase does not yet.
 * Source: https://nginx.org/en/docs/http/ngx_http_auth_request_module.html#auth_request_set
 */
export function withAnswers(lines: readonly Line[], variables: Variables): { readonly early: Variables; readonly late: Variables } {
  const sets = lines.filter(({ name }) => name === 'auth_request_set').map(({ words: [variable = '', source = ''] }) => [variable.replace(/\W/gu, '').toLowerCase(), source] as const);
  if (sets.length === 0) return { early: variables, late: variables };
  const own = new Map(sets.map(([variable, source]) => [variable, inWords(/^\$upstream_http_(\w+)$/iu.exec(source)?.[1]?.toLowerCase().replaceAll('_', '-') ?? source)]));
  return { early: (name) => (own.has(name.toLowerCase()) ? '' : variables(name)), late: (name) => own.get(name.toLowerCase()) ?? variables(name) };
}

interface Headers {
  readonly requestHeaders: ReadonlyMap<string, string>;
  readonly responseHeaders: ReadonlyMap<string, string>;
  readonly guards: readonly Guard[];
}

const isAnswered = (value: string): boolean => value.includes(' of the authentication service>');

/** Without authentication such values are empty. A header that comes under its own name is one that the service alone can set. */
export function settleAnswers({ requestHeaders, responseHeaders, guards }: Headers, asked: boolean): Headers {
  const named = [...requestHeaders].filter(([name, value]) => asked && value === inWords(name)).map(([name]) => name);
  const requests = [...requestHeaders].filter(([name]) => !named.includes(name)).map(([name, value]) => [name, !asked && isAnswered(value) ? '' : value] as const);
  // The controller hands cookies of the service on by itself.
  const responses = [...responseHeaders].filter(([name, value]) => !isAnswered(value) || (asked && name !== 'set-cookie'));
  return { requestHeaders: new Map(requests), responseHeaders: new Map(responses), guards: [...guards, ...named.map((detail): Guard => ({ kind: 'identity', detail }))] };
}
