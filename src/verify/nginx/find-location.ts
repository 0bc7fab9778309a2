import { CATCH_ALL, type Location, type Server } from '../../nginx/configuration.ts';
import { pcre } from './pattern.ts';
import { bytesOf } from './request-target.ts';

/** `slash`: nginx sends the client to the same path with a final slash. `own`: an address the controller itself answers. */
export type Found =
  | { readonly kind: 'location'; readonly location: Location }
  | { readonly kind: 'slash'; readonly location: Location }
  | { readonly kind: 'own'; readonly status: 200 | 403 }
  | { readonly kind: 'none' };

/** Health check and status page of the server of unknown hosts: prefixes, so patterns hide them. */
const own: readonly (readonly [string, 200 | 403])[] = [
  ['/healthz', 200],
  ['/nginx_status', 403],
];

export function matchesPattern({ match }: Location, path: string): boolean {
  return match.kind === 'regex' && pcre(`^${bytesOf(match.pattern)}`, 'i')?.test(path) === true;
}

function firstPattern(server: Server, path: string): Location | undefined {
  return server.locations.find((location) => matchesPattern(location, path));
}

function isExact({ match }: Location, path: string): boolean {
  if (match.kind === 'exact') return bytesOf(match.path) === path;
  return match.kind === 'prefix' && match.bare && bytesOf(match.path) === `${path}/`;
}

function longestPrefix(server: Server, path: string): Location | undefined {
  let best: { readonly length: number; readonly location: Location } | undefined;
  for (const location of server.locations) {
    if (location.match.kind !== 'prefix') continue;
    const prefix = bytesOf(location.match.path);
    if (path.startsWith(prefix) && prefix.length > (best?.length ?? 0)) best = { length: prefix.length, location };
  }
  return best?.location;
}

/**
 * The location of a decoded path: in a regex host the first pattern that matches; else an exact one, the redirect to the path with a
 * slash, and the longest prefix.
 * Source: ngx_http_core_find_location in https://github.com/nginx/nginx/blob/release-1.26.3/src/http/ngx_http_core_module.c
 */
export function findLocation(server: Server, path: string): Found {
  if (server.regex !== undefined) {
    const location = firstPattern(server, path);
    if (location !== undefined) return { kind: 'location', location };
  }
  const exact = server.locations.find((location) => isExact(location, path));
  if (exact !== undefined) return { kind: 'location', location: exact };
  const slash = server.locations.find((location) => location.addSlashRedirect && bytesOf(location.path) === `${path}/`);
  if (slash !== undefined) return { kind: 'slash', location: slash };
  const prefix = longestPrefix(server, path);
  const answer = server.host === CATCH_ALL ? own.find(([start]) => path.startsWith(start)) : undefined;
  const longer = prefix?.match.kind === 'prefix' && prefix.match.path.length > (answer?.[0].length ?? 0);
  if (answer !== undefined && !longer) return { kind: 'own', status: answer[1] };
  return prefix === undefined ? { kind: 'none' } : { kind: 'location', location: prefix };
}
