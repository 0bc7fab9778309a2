import type { Location, Server } from '../../../src/nginx/configuration.ts';

/** Path as nginx compares it; undefined: 400. */
function normalise(raw: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(raw.split('?', 1)[0] ?? '');
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) return undefined;
  const steps: string[] = [];
  const parts = decoded.split('/').slice(1);
  for (const [position, step] of parts.entries()) {
    const last = position === parts.length - 1;
    if (step === '..') {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== '.' && (step !== '' || last)) steps.push(step);
    if (last && (step === '.' || step === '..')) steps.push('');
  }
  return `/${steps.join('/')}`;
}

function answer({ backend, denied }: Location): string {
  if (denied !== undefined) return String(denied.status);
  return backend.kind === 'service' ? backend.name : String(backend.status);
}

function longestPrefix(server: Server, path: string): Location | undefined {
  let best: Location | undefined;
  for (const location of server.locations) {
    if (location.match.kind !== 'prefix' || !path.startsWith(location.match.path)) continue;
    if (best === undefined || location.path.length > best.path.length) best = location;
  }
  return best;
}

/** A small nginx over the effective configuration: the Service that answers, a status, or `301 LOCATION`. */
export function serve(server: Server, raw: string): string {
  const path = normalise(raw);
  if (path === undefined) return '400';
  if (server.regex !== undefined) {
    const first = server.locations.find(({ match }) => match.kind === 'regex' && new RegExp(`^${match.pattern}`, 'iu').test(path));
    return first === undefined ? '404' : answer(first);
  }
  const exact = server.locations.find(({ match }) =>
    match.kind === 'exact' ? match.path === path : match.kind === 'prefix' && match.bare && match.path === `${path}/`,
  );
  if (exact !== undefined) return answer(exact);
  if (server.locations.some((location) => location.addSlashRedirect && location.path === `${path}/`)) return `301 ${path}/`;
  const best = longestPrefix(server, path);
  return best === undefined ? '404' : answer(best);
}
