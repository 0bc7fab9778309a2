import type { ProbeRequest } from '../outcome.ts';
import type { EffectiveConfiguration, Server } from '../../nginx/configuration.ts';
import { mainHost, otherHosts, unknownHost } from './hosts.ts';
import { pathsOf, plainPaths } from './paths.ts';
import { plainVariant, variantsOf, type Variant } from './variants.ts';

/** A documentation address (RFC 5737): no list of the input holds it by chance. */
const address = '203.0.113.7';

function make(scheme: ProbeRequest['scheme'], host: string, target: string, { method, headers }: Variant = plainVariant): ProbeRequest {
  return { method, scheme, host, target, headers, address };
}

/** Equal for equal requests. */
export const requestKey = ({ method, scheme, host, target, headers }: Omit<ProbeRequest, 'address'>): string => JSON.stringify([method, scheme, host, target, ...headers]);

/** Every place of a sequence once, from a start and with a stride that the seed picks; in order for seed 0. */
function* places(length: number, seed: number): Generator<number> {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  let stride = seed === 0 ? 1 : 1 + ((seed * 7919) % length);
  while (gcd(stride, length) > 1) stride += 1;
  for (let count = 0, at = seed % Math.max(1, length); count < length; count += 1, at = (at + stride) % length) yield at;
}

/** Paths that are served, over both schemes, with the variants and other names of the server: what every run should ask. */
function* servedRequests(server: Server, configuration: EffectiveConfiguration, schemes: readonly ProbeRequest['scheme'][]): Generator<ProbeRequest> {
  const host = mainHost(server);
  const served = server.locations.flatMap((location) => plainPaths(location).slice(0, 2));
  for (const scheme of schemes) for (const path of served) yield make(scheme, host, path);
  for (const variant of variantsOf(server, configuration)) for (const path of served) yield make(schemes[0] ?? 'http', host, path, variant);
  for (const other of otherHosts(server, configuration)) for (const scheme of schemes) for (const path of served) yield make(scheme, other, path);
}

/** Paths of one server over both schemes, then with its variants. */
function* requestsOf(server: Server, configuration: EffectiveConfiguration, seed: number): Generator<ProbeRequest> {
  const host = mainHost(server);
  const [first, second] = server.tls.redirects ? (['https', 'http'] as const) : (['http', 'https'] as const);
  yield* servedRequests(server, configuration, [first, second]);
  const paths = [...pathsOf(server, configuration.settings)];
  const variants = variantsOf(server, configuration);
  for (const at of places(paths.length * (2 + variants.length), seed)) {
    const plain = at < paths.length * 2;
    const path = paths[plain ? at >> 1 : at % paths.length] ?? '/';
    yield plain ? make(at % 2 === 0 ? first : second, host, path) : make(first, host, path, variants[Math.floor(at / paths.length) - 2]);
  }
}

/** Names nobody has, and no name at all. */
function* strangerRequests(): Generator<ProbeRequest> {
  for (const host of [unknownHost, '']) for (const scheme of ['http', 'https'] as const) for (const path of ['/', '/zz-unknown']) yield make(scheme, host, path);
}

/**
 * Requests that tell the parts of a configuration apart: every host, scheme, path and its neighbours, samples of patterns, methods,
 * preflights, and the headers and cookies of canaries. The same configuration gives the same requests; the servers take turns, so a limit
 * shortens all of them alike. Complete when the limit (a number of requests) is not reached; where it is, the seed decides which of the
 * less telling requests are left out: 0 leaves out the last ones.
 */
export function generateRequests(configuration: EffectiveConfiguration, limit: number, seed = 0): readonly ProbeRequest[] {
  const requests = new Map<string, ProbeRequest>();
  let turns: Generator<ProbeRequest>[] = [strangerRequests(), ...configuration.servers.map((server) => requestsOf(server, configuration, seed))];
  while (turns.length > 0 && requests.size < limit) {
    const waiting: Generator<ProbeRequest>[] = [];
    for (const turn of turns) {
      if (requests.size >= limit) break;
      const next = turn.next();
      if (next.done === true) continue;
      const name = requestKey(next.value);
      if (!requests.has(name)) requests.set(name, next.value);
      waiting.push(turn);
    }
    turns = waiting;
  }
  return [...requests.values()];
}
