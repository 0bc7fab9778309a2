import * as fc from 'fast-check';
import { CATCH_ALL, type EffectiveConfiguration, type Server } from '../../src/nginx/configuration.ts';
import type { ProbeRequest } from '../../src/verify/outcome.ts';
import { generateRequests } from '../../src/verify/requests/generate.ts';
import { withBody } from '../traffic/telling.ts';

const pieces = ['/', '//', '/./', '/../', '/..', '/.', '%2F', '%2f', '%2e%2e', '%20', '%3F', '%23', '%25', '%41', '%C3%A9', ';v=1', '.', 'x', 'X', 'foo', 'bar', 'FOO', 'a', 'b', '1', '42', 'y', '+', '&', "'", '(', '$', '~', '%0a', '%zz', '#f', 'api/v2', '$1', '|', '[', '{}'] as const;
const queries = ['', '', '', '?', '?q=1', '?a=/', '?x=%2F&y', '?/../', '?a?b'] as const;

/** Headers that mean something to nginx wherever they come from. */
const headers: fc.Arbitrary<ReadonlyMap<string, string>> = fc
  .array(
    fc.constantFrom<readonly [string, string]>(
      ['x-forwarded-proto', 'https'], ['x-forwarded-proto', 'http'], ['x-forwarded-host', 'other.test:99, more.test'], ['x-forwarded-prefix', '/client'], ['x-forwarded-for', '10.0.0.1'], ['origin', 'https://a.example.org'],
      ['origin', 'https://x.example.org'], ['origin', 'https://b.example.net:8443'], ['cookie', 'canary=always'], ['cookie', 'a=b; CANARY=never'], ['x-canary', 'always'], ['x-canary', 'yes'], ['x-canary', 'never'], ['x-canary', 'b'],
    ),
    { maxLength: 2 },
  )
  .map((pairs) => new Map(pairs));

function hostOf({ host }: Server, shape: string): string {
  const name = host === CATCH_ALL ? 'nobody.gwmigrate.invalid' : host.startsWith('*.') ? `probe${host.slice(1)}` : host;
  if (shape === 'upper') return name.toUpperCase();
  return shape === 'dot' ? `${name}.` : shape === 'sub' ? `sub.${name}` : name;
}

/** A path near those of the server: pieces of its own paths and of trouble. */
function targetsOf(server: Server): fc.Arbitrary<string> {
  const own = server.locations.flatMap(({ path }) => [path, path.replace(/\(.*$/, ''), path.toLowerCase()]).map((path) => path.replace(/[^!-~]|[?#]/g, ''));
  const start = fc.constantFrom(...own, '/');
  return fc.tuple(start, fc.array(fc.constantFrom(...pieces), { maxLength: 4 }), fc.constantFrom(...queries)).map(([first, more, query]) => {
    const path = first + more.join('');
    return (path.startsWith('/') ? path : `/${path}`) + query;
  });
}

function randomRequest(server: Server): fc.Arbitrary<ProbeRequest> {
  return fc
    .record({
      method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE'),
      scheme: fc.constantFrom('http' as const, 'https' as const),
      shape: fc.constantFrom('plain', 'plain', 'plain', 'plain', 'upper', 'dot', 'sub'),
      target: targetsOf(server),
      headers,
    })
    .map(({ method, scheme, shape, target, headers: chosen }) => ({ method, scheme, host: hostOf(server, shape), target, headers: chosen, address: '' }));
}

/** The product's own requests, and as many at random: what the generator does not think of, nginx is asked about too. */
export function requestsFor(configuration: EffectiveConfiguration, limit: number, seed: number): readonly ProbeRequest[] {
  const own = withBody(generateRequests(configuration, Math.ceil(limit / 2)));
  // Where nginx believes this header, it says who sends the request: that is up to the bearer.
  const claimed = (request: ProbeRequest): boolean => configuration.settings.useForwardedHeaders && request.headers.has('x-forwarded-for');
  const each = Math.ceil(limit / 2 / Math.max(1, configuration.servers.length));
  const random = configuration.servers.flatMap((server, position) => fc.sample(randomRequest(server), { seed: seed + position, numRuns: each }));
  return [...own, ...random.filter((request) => !claimed(request))];
}
