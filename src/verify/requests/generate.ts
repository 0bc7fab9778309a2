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

const key = ({ method, scheme, host, target, headers }: ProbeRequest): string => JSON.stringify([method, scheme, host, target, ...headers]);

/** Paths of one server, each over both schemes, then its variants and its other names. */
function* requestsOf(server: Server, configuration: EffectiveConfiguration): Generator<ProbeRequest> {
  const host = mainHost(server);
  const [first, second] = server.tls.redirects ? (['https', 'http'] as const) : (['http', 'https'] as const);
  const served = server.locations.flatMap((location) => plainPaths(location).slice(0, 2));
  for (const path of served) yield make(first, host, path);
  for (const path of served) yield make(second, host, path);
  for (const variant of variantsOf(server, configuration)) for (const path of served) yield make(first, host, path, variant);
  for (const other of otherHosts(server, configuration)) {
    for (const path of served) yield make(first, other, path);
    for (const path of served) yield make(second, other, path);
  }
  for (const path of pathsOf(server)) {
    yield make(first, host, path);
    yield make(second, host, path);
  }
  for (const variant of variantsOf(server, configuration)) for (const path of pathsOf(server)) yield make(first, host, path, variant);
}

/** Names nobody has, and no name at all. */
function* strangerRequests(): Generator<ProbeRequest> {
  for (const host of [unknownHost, '']) for (const scheme of ['http', 'https'] as const) for (const path of ['/', '/zz-unknown']) yield make(scheme, host, path);
}

/**
 * Requests that tell the parts of a configuration apart: every host, scheme, path and its neighbours, samples of patterns, methods,
 * preflights, and the headers and cookies of canaries. The same configuration gives the same requests; the servers take turns, so a limit
 * shortens all of them alike. Complete when the limit (a number of requests) is not reached.
 */
export function generateRequests(configuration: EffectiveConfiguration, limit: number): readonly ProbeRequest[] {
  const requests = new Map<string, ProbeRequest>();
  let turns: Generator<ProbeRequest>[] = [strangerRequests(), ...configuration.servers.map((server) => requestsOf(server, configuration))];
  while (turns.length > 0 && requests.size < limit) {
    const waiting: Generator<ProbeRequest>[] = [];
    for (const turn of turns) {
      if (requests.size >= limit) break;
      const next = turn.next();
      if (next.done === true) continue;
      const name = key(next.value);
      if (!requests.has(name)) requests.set(name, next.value);
      waiting.push(turn);
    }
    turns = waiting;
  }
  return [...requests.values()];
}
