import type { Location, Server } from '../../nginx/configuration.ts';
import { samplePattern } from './pattern-samples.ts';

/** A decoded path as a client must write it. */
export function encodePath(path: string): string {
  const escape = (char: string): string => [...Buffer.from(char, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  return path.replace(/[^!$&'()*+,\-./0-9:;=@A-Z[\]_a-z~]/gu, escape);
}

const withRoot = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

/** Case of the letters changed. */
function swapCase(path: string): string {
  return path.replace(/[A-Za-z]/g, (char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()));
}

/** `/a/b` without its last step, and without its last character: what the neighbour above serves. */
function above(path: string): readonly string[] {
  const shorter = path.replace(/\/[^/]*\/?$/, '');
  return path.length < 2 ? [] : [withRoot(shorter), withRoot(path.slice(0, -1))];
}

/** Paths a location is first of all for. */
export function plainPaths({ match, path }: Location): readonly string[] {
  if (match.kind !== 'regex' || !/[\\^$.|?*+()[\]{}]/.test(match.pattern)) return [encodePath(path)];
  return samplePattern(match.pattern).map((sample) => encodePath(withRoot(sample)));
}

/** The same path as clients, proxies and attackers also write it, and the paths next to it. */
export function neighbours(path: string): readonly string[] {
  const bare = path.endsWith('/') ? path.slice(0, -1) : path;
  return [
    `${bare}/`,
    `${bare}/x`,
    `${path}x`,
    swapCase(path),
    `${path}?q=1`,
    `/${path}`,
    `${bare}/../${bare.slice(1)}`,
    `${bare}%2Fx`,
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
export function* pathsOf(server: Server): Generator<string> {
  const plain = server.locations.flatMap(plainPaths);
  yield* plain;
  yield* strangers;
  for (const path of plain) yield* neighbours(path);
}
