import { describe, expect, it } from 'vitest';
import { namedService } from '../../../src/nginx/named-service.ts';
import { build, path, serverOf, type Given, type Options } from './given.ts';

/** What `$service_name` and `$service_port` hold in the location `at` of a host. */
function namedAt(at: string, givens: readonly Given[], host = 'h.test', options: Options = {}): string {
  const server = serverOf(build(givens, options), host);
  const location = server.locations.find(({ id }) => id.endsWith(at));
  if (location === undefined) throw new Error(`no ${at} of ${server.locations.map(({ id }) => id).join(', ')}`);
  const named = namedService(location, server);
  return named === undefined ? 'none' : `${named.service}:${named.port}`;
}

const shop = (...paths: readonly (readonly [string, string])[]): Given => ({ rules: { 'h.test': paths.map(([text, backend]) => path(text, backend)) } });

/** getIngressInformation in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go, and measured */
describe('the Service that the variables of a location name', () => {
  it.each<[string, string, string, Given]>([
    ['has the number of the port', '/foo', 'web:80', shop(['P /foo', 'web:80'])],
    ['has the name of the port as it is written', '/foo', 'web:http', shop(['P /foo', 'web:http'])],
    ['has no port where none is written', '/foo', 'web:', shop(['P /foo', 'web'])],
    ['is that of the path', '/bar', 'two:2', shop(['P /foo', 'one:1'], ['P /bar', 'two:2'])],
    ['is that of the first path of this text, whatever its type', 'Prefix /foo', 'one:1', shop(['E /foo', 'one:1'], ['P /foo', 'two:2'])],
    ['of a path without text is that of /', '/', 'one:1', { rules: { 'h.test': [{ ...path('P /', 'one:1'), path: '' }] } }],
    ['of the automatic / is that of an Exact /', 'Prefix /', 'one:1', shop(['E /', 'one:1'])],
    ['of the automatic / is else none', 'Prefix /', 'none', shop(['P /foo', 'one:1'])],
    ['of the automatic / is else that of the default backend', 'Prefix /', 'def:8', { ...shop(['P /foo', 'one:1']), defaultBackend: 'def:8' }],
    ['is none of a resource', 'Exact /foo', 'web:80', shop(['P /foo', 'resource'], ['E /foo', 'web:80'])],
  ])('%s', (_, at, expected, given) => {
    expect(namedAt(at, [given])).toBe(expected);
  });

  it('is that of the host', () => {
    const both: Given = { rules: { 'o.test': [path('P /foo', 'other:1')], 'h.test': [path('P /foo', 'own:2')], '': [path('P /foo', 'any:3')] } };
    expect(['o.test', 'h.test', '_'].map((host) => namedAt('/foo', [both], host))).toEqual(['other:1', 'own:2', 'any:3']);
  });

  it('of the / of unknown hosts is the one that an Ingress has for them', () => {
    expect(namedAt('/', [shop(['P /', 'web:80']), { name: 'all', defaultBackend: 'def:8' }], '_')).toBe('def:8');
    expect(namedAt('/', [shop(['P /', 'web:80']), { name: 'other', rules: { '': [path('P /any', 'any:3')] } }], '_')).toBe('none');
  });
});
