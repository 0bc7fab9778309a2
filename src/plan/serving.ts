import type { Location, Server } from '../nginx/configuration.ts';
import { onlyPcre } from '../nginx/path-checks.ts';

/** The server of a name: one that is called so, or the wildcard of one label above it. */
export function serverNamed(servers: readonly Server[], name: string): Server | undefined {
  const wildcard = name.replace(/^[^.]+/u, '*');
  const called = (server: Server, text: string): boolean => server.host === text || server.aliases.some((alias) => alias.name === text);
  return servers.find((server) => called(server, name)) ?? servers.find((server) => called(server, wildcard));
}

/** 'unknown': a pattern that JavaScript does not have stands before all that match. */
function firstPattern({ locations }: Server, path: string): Location | 'unknown' | undefined {
  for (const location of locations) {
    if (location.match.kind !== 'regex') continue;
    const { pattern } = location.match;
    if (onlyPcre.test(pattern)) return 'unknown';
    if (new RegExp(`^${pattern}`, 'i').test(path)) return location;
  }
  return undefined;
}

function longestPrefix({ locations }: Server, path: string): Location | undefined {
  const lengthOf = ({ match }: Location): number => (match.kind === 'prefix' && path.startsWith(match.path) ? match.path.length : 0);
  const [longest] = [...locations].sort((one, two) => lengthOf(two) - lengthOf(one));
  return longest === undefined || lengthOf(longest) === 0 ? undefined : longest;
}

/**
 * The location of a path without escapes, empty and dot segments; undefined where none is known to take it.
 * Source: https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
export function locationServing(server: Server, path: string): Location | undefined {
  const pattern = server.regex === undefined ? undefined : firstPattern(server, path);
  if (pattern !== undefined) return pattern === 'unknown' ? undefined : pattern;
  const exact = server.locations.find(({ match }) => (match.kind === 'exact' ? match.path === path : match.kind === 'prefix' && match.bare && match.path === `${path}/`));
  if (exact !== undefined) return exact;
  return server.locations.some((location) => location.addSlashRedirect && location.path === `${path}/`) ? undefined : longestPrefix(server, path);
}
