import { compareText } from '../../model/object.ts';

const steps = (path: string): readonly string[] => path.split('/').filter((step) => step !== '');
const bareOf = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : path);

/** Ways from a path to one below it, which readers of paths may or may not take. */
function down(path: string, below: string): readonly string[] {
  const rest = below.slice(path.length + 1);
  const ways = [`${path}//${rest}`, `${path}/./${rest}`, `${path}%2F${rest}`, `${path}/x/../${rest}`, `${path}${rest}`];
  return path === '' ? ways.filter((way) => way.startsWith('/')) : ways;
}

/** Ways that begin in one path and end in the other. */
function across(path: string, other: string): readonly string[] {
  const up = steps(path).map(() => '/..').join('');
  return up === '' ? [] : [`${path}${up}${other}`, `${path}${up.replace('/', '%2F')}${other}`];
}

/** The nearest of the paths above another one. */
function nearestAbove(paths: ReadonlySet<string>, path: string): string | undefined {
  for (let slash = path.lastIndexOf('/'); slash >= 0; slash = slash === 0 ? -1 : path.lastIndexOf('/', slash - 1)) {
    const above = path.slice(0, slash);
    if (paths.has(above)) return above;
  }
  return undefined;
}

/**
 * Requests on the boundary between neighbouring paths, where two readings of one path choose two rules: from a path down to the next
 * one below it, and from each path across to the next one in order, both ways.
 */
export function* boundaries(paths: readonly string[]): Generator<string> {
  const known = new Set(paths.map(bareOf));
  const sorted = [...known].sort(compareText);
  for (const [at, path] of sorted.entries()) {
    const above = nearestAbove(known, path);
    if (above !== undefined) yield* down(above, path);
    const next = sorted[at + 1];
    if (next === undefined) continue;
    yield* across(path, next);
    yield* across(next, path === '' ? '/' : path);
  }
}
