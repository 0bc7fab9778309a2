import type { Location, Server } from '../../nginx/configuration.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { boundaries } from './boundaries.ts';
import { outsidePattern } from './pattern-outside.ts';
import { samplePattern } from './pattern-samples.ts';
import { snippetPaths } from './snippet-paths.ts';

/** A decoded path as a client must write it. */
export function encodePath(path: string): string {
  const escape = (char: string): string => [...Buffer.from(char, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  return path.replace(/[^!$&'()*+,\-./0-9:;=@A-Z[\]_a-z~]/gu, escape);
}

const withRoot = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

/** Case of the letters changed; those of escapes mean the same either way. */
function swapCase(path: string): string {
  return path.replace(/%[\dA-F]{2}|[A-Za-z]/g, (part) => (part.length > 1 ? part : part === part.toLowerCase() ? part.toUpperCase() : part.toLowerCase()));
}

/** `/a/b` without its last step, and without its last character: what the neighbour above serves. */
function above(path: string): readonly string[] {
  const shorter = path.replace(/\/[^/]*\/?$/, '');
  return path.length < 2 ? [] : [withRoot(shorter), withRoot(path.replace(/(?:%[\dA-F]{2}|[^])$/, ''))];
}

const isPattern = ({ match }: Location): boolean => match.kind === 'regex' && /[\\^$.|?*+()[\]{}]/.test(match.pattern);

/** Paths a location is first of all for. */
export function plainPaths(location: Location): readonly string[] {
  const { match, path } = location;
  if (match.kind !== 'regex' || !isPattern(location)) return [encodePath(path)];
  return samplePattern(match.pattern).map((sample) => encodePath(withRoot(sample)));
}

/** Strings just outside the language of a pattern. */
function outside(location: Location): readonly string[] {
  const { match } = location;
  return match.kind === 'regex' && isPattern(location) ? outsidePattern(match.pattern).map((sample) => encodePath(withRoot(sample))) : [];
}

/** The same path as clients, proxies and attackers also write it, and the paths next to it. */
export function neighbours(path: string): readonly string[] {
  const bare = path.endsWith('/') ? path.slice(0, -1) : path;
  const slash = bare.lastIndexOf('/');
  return [
    `${bare}/`,
    `${bare}/x`,
    `${path}x`,
    swapCase(path),
    `${path}?q=1`,
    `/${path}`,
    `${bare}/../${bare.slice(slash + 1)}`,
    `${bare}%2Fx`,
    ...(slash > 0 ? [`${bare.slice(0, slash)}%2F${bare.slice(slash + 1)}`] : []),
    `${bare}//x`,
    `${bare}/?q=/`,
    `${bare}/x/y.html?a=b&c=d`,
    `${bare}/%20;v=1+2`,
    ...above(path),
  ];
}

/** Paths no location names. */
export const strangers: readonly string[] = ['/', '/zz-unknown', '/index.html?page=2', '/%E2%82%AC', '/.well-known/acme-challenge/token'];

/** Every path worth asking for on a server, the most telling ones first. */
export function* pathsOf(server: Server, settings: ControllerSettings): Generator<string> {
  const plain = [...snippetPaths(server, settings).map(encodePath), ...server.locations.flatMap(plainPaths)];
  yield* plain;
  yield* strangers;
  for (const location of server.locations) yield* outside(location);
  for (const path of plain) yield* neighbours(path);
  yield* boundaries(plain);
}
