import type { SnippetDirective } from './scan.ts';

/** What a variable holds: a header of the answer of the authentication service, in lower case, or something else of it. */
export type AuthVariables = ReadonlyMap<string, string>;

const named = /^\$\{?(\w+)\}?$/;

/**
 * Variables of `auth_request_set`. It acts where authentication is asked for; elsewhere its variables are empty.
 * Source: https://nginx.org/en/docs/http/ngx_http_auth_request_module.html#auth_request_set
 */
export function authVariables(directives: readonly SnippetDirective[]): AuthVariables {
  const found = new Map<string, string>();
  for (const { name, args } of directives) {
    const variable = name === 'auth_request_set' ? named.exec(args[0] ?? '')?.[1] : undefined;
    if (variable !== undefined) found.set(variable.toLowerCase(), headerOf(args[1] ?? ''));
  }
  return found;
}

/** '' for what is no header. */
function headerOf(text: string): string {
  const source = named.exec(text)?.[1]?.toLowerCase() ?? '';
  return source.startsWith('upstream_http_') ? source.slice('upstream_http_'.length).replaceAll('_', '-') : '';
}

/** The first of these variables in a text. */
export function authVariableIn(text: string, variables: AuthVariables): { readonly header: string; readonly alone: boolean } | undefined {
  for (const [whole, braced, plain] of text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    const header = variables.get((braced ?? plain ?? '').toLowerCase());
    if (header !== undefined) return { header, alone: whole === text };
  }
  return undefined;
}
