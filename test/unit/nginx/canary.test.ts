import { describe, expect, it } from 'vitest';
import type { EffectiveConfiguration } from '../../../src/nginx/configuration.ts';
import { build, codesOf, path, serverOf, service, toldOf, type Given, type Options } from './given.ts';
import { serve } from './serve.ts';

const host = 'shop.example.com';
const main = (text = 'P /', more: Given = {}): Given => ({ name: 'main', created: 1, rules: { [host]: [path(text, 'main:80')] }, ...more });
const canary = (text = 'P /', more: Given = {}, backend = 'canary:80'): Given => ({
  name: 'canary',
  created: 2,
  rules: { [host]: [path(text, backend)] },
  annotations: { canary: 'true', 'canary-weight': '30' },
  ...more,
});

function attached(configuration: EffectiveConfiguration, name = host): string | undefined {
  const backend = serverOf(configuration, name).locations.find(({ automatic }) => !automatic)?.backend;
  return backend?.kind === 'service' ? backend.upstream.canary?.backend.name : undefined;
}

/** Measured on a running controller 1.15.1. */
describe('a canary', () => {
  it('hangs on the upstream of the same path', () => {
    expect(attached(build([main(), canary()]))).toBe('canary');
  });

  it('may be older than the main Ingress', () => {
    expect(attached(build([main(), canary('P /', { created: 0 })]))).toBe('canary');
  });

  it('treats ImplementationSpecific as Prefix', () => {
    expect(attached(build([main('P /b'), canary('I /b')]))).toBe('canary');
  });

  it.each([
    ['E /b', 'P /b'],
    ['P /b', 'P /b/'],
    ['P /b', 'P /c'],
  ])('with %s for %s is attached to nothing', (mainPath, canaryPath) => {
    const configuration = build([main(mainPath), canary(canaryPath)]);
    expect([attached(configuration), codesOf(configuration)]).toEqual([undefined, ['canary-attachment/no-main-path']]);
  });

  // mergeAlternativeBackends deletes the upstream. Measured.
  it.each([
    ['before', { [host]: [path('P /none', 'canary:80'), path('P /', 'canary:80')] }],
    ['after', { [host]: [path('P /', 'canary:80'), path('P /none', 'canary:80')] }],
  ])('takes no traffic once a path of it %s has no main path', (_, rules) => {
    const configuration = build([main(), canary('P /', { rules })]);
    expect([attached(configuration), codesOf(configuration).toSorted()]).toEqual([undefined, ['canary-attachment/no-main-path', 'canary-attachment/removed']]);
  });

  it('is removed with the Service of another canary, and leaves its place empty', () => {
    const broken = canary('P /none', { name: 'broken', created: 3 });
    expect(attached(build([main(), canary(), broken]))).toBeUndefined();
    expect(attached(build([main(), canary(), broken, canary('P /', { name: 'second', created: 4 }, 'second:80')]))).toBeUndefined();
  });

  it('is removed by no path of a host that nobody serves, nor by one for another Service', () => {
    expect(attached(build([main(), canary('P /', { rules: { [host]: [path('P /', 'canary:80'), path('P /none', 'other:80')], 'x.test': [path('P /', 'canary:80')] } })]))).toBe('canary');
  });

  it('alone serves nothing', () => {
    expect(build([canary()]).servers).toEqual([]);
  });

  it('is the first one alone', () => {
    const configuration = build([main(), canary(), canary('P /', { name: 'second', created: 3 }, 'second:80')]);
    expect([attached(configuration), codesOf(configuration)]).toEqual(['canary', ['canary-attachment/not-first']]);
  });

  it('with the Service of the main Ingress has no effect', () => {
    const configuration = build([main(), canary('P /', {}, 'main:80')]);
    expect([attached(configuration), codesOf(configuration)]).toEqual([undefined, ['canary-attachment/same-service']]);
    expect(serve(serverOf(configuration, host), '/')).toBe('main');
  });

  it('splits every host with the same Service', () => {
    const other: Given = { name: 'other', created: 1, rules: { 'b.example.com': [path('P /x', 'main:80')] } };
    expect(attached(build([main(), other, canary()]), 'b.example.com')).toBe('canary');
  });

  it('takes what is missing from the Service that is used elsewhere for an ordinary one', () => {
    const other: Given = { name: 'other', created: 1, rules: { 'b.example.com': [path('P /', 'canary:80')] } };
    const configuration = build([main(), other, canary()]);
    expect([attached(configuration), codesOf(configuration)]).toEqual([undefined, ['canary-attachment/service-in-use']]);
  });

  it('that is older takes its Service away from ordinary paths, but never by a guess', () => {
    const other = (created?: number): Given => ({ name: 'other', ...(created === undefined ? {} : { created }), rules: { 'b.example.com': [path('P /', 'canary:80')] } });
    const configuration = build([main(), canary(), other(3)]);
    expect(serve(serverOf(configuration, 'b.example.com'), '/')).toBe('404');
    expect(toldOf(configuration)).toEqual([['canary-attachment/hides-main-path', 'Ingress shop/other', { path: '/', host: 'b.example.com', service: 'shop/canary', canary: 'shop/canary' }]]);
    expect(serve(serverOf(build([main(), canary(), other()]), 'b.example.com'), '/')).toBe('canary');
  });

  it('needs a port', () => {
    const configuration = build([main(), canary('P /', {}, 'canary:http')]);
    expect([attached(configuration), codesOf(configuration)]).toEqual([undefined, ['canary-attachment/no-port']]);
  });

  it('shares its policy with a second one of the same Service', () => {
    const mainB: Given = { name: 'main-b', created: 1, rules: { 'b.example.com': [path('P /', 'b:80')] } };
    const second: Given = { ...canary('P /'), name: 'second', created: 3, rules: { 'b.example.com': [path('P /', 'canary:80')] } };
    const configuration = build([main(), mainB, canary(), second]);
    expect([attached(configuration, 'b.example.com'), codesOf(configuration)]).toEqual(['canary', ['canary-attachment/policy-of-another']]);
  });

  it('of the catch-all takes traffic of its default backend', () => {
    const configuration = build([
      { name: 'default', created: 1, defaultBackend: 'fallback:80' },
      { name: 'canary', created: 2, defaultBackend: 'canary:80', annotations: { canary: 'true' } },
    ]);
    expect(attached(configuration, '_')).toBe('canary');
  });

  const where = `${host}/`;
  const ingress = 'shop/canary';
  // mergeAlternativeBackends of the controller, and section 5 of nginx-measured.
  it.each<[string, readonly Given[], string, Readonly<Record<string, string>>, Options?]>([
    ['has no main path', [main('P /b'), canary('P /c')], 'no-main-path', { ingress, path: `${host}/c` }],
    ['has no main path for unknown hosts', [main('P /b'), canary('P /', { rules: { '': [path('P /x', 'canary:80')] } })], 'no-main-path', { ingress, path: '/x' }],
    ['has no default backend to split', [main(), canary('P /', { rules: {}, defaultBackend: 'canary:80' })], 'no-main-path', { ingress, path: 'unknown hosts' }],
    ['has the Service of the main Ingress', [main(), canary('P /', {}, 'main:80')], 'same-service', { ingress, path: where }],
    ['has a Service that is used', [main(), { name: 'other', created: 1, rules: { 'b.example.com': [path('P /', 'canary:80')] } }, canary()], 'service-in-use', { ingress, service: 'shop/canary' }],
    ['has a port without a number', [main(), canary('P /', {}, 'canary:http')], 'no-port', { ingress, port: 'http', service: 'shop/canary' }],
    ['has no port', [main(), canary('P /', {}, 'canary')], 'no-port', { ingress, port: 'none', service: 'shop/canary' }],
    ['has a port that the Service lacks', [main(), canary('P /', {}, 'canary:81')], 'no-port', { ingress, port: '81', service: 'shop/canary' }, { services: [service('canary', [{ port: 80 }])] }],
    ['comes second', [main(), canary(), canary('P /', { name: 'second', created: 3 }, 'second:80')], 'not-first', { ingress: 'shop/second', path: where, first: ingress }],
    ['comes second from another namespace', [main(), canary(), canary('P /', { name: 'second', namespace: 'web', created: 3 })], 'not-first', { ingress: 'web/second', path: where, first: ingress }],
    ['comes second with another port', [main(), canary(), canary('P /', { name: 'second', created: 3 }, 'canary:81')], 'not-first', { ingress: 'shop/second', path: where, first: ingress }],
  ])('that %s is told', (_, givens, code, args, options = {}) => {
    expect(toldOf(build(givens, options))).toEqual([[`canary-attachment/${code}`, `Ingress ${args['ingress'] ?? ''}`, args]]);
  });

  it('shares its policy, which is told', () => {
    const second: Given = { ...canary(), name: 'second', created: 3, rules: { 'b.example.com': [path('P /', 'canary:80')] } };
    const told = toldOf(build([main(), { name: 'b', created: 1, rules: { 'b.example.com': [path('P /', 'b:80')] } }, canary(), second]));
    expect(told).toEqual([['canary-attachment/policy-of-another', 'Ingress shop/second', { ingress: 'shop/second', first: ingress }]]);
  });

  it('says nothing twice of one Service on two paths', () => {
    const paths = { [host]: [path('P /', 'main:80'), path('P /b', 'main:80')] };
    const configuration = build([main('P /', { rules: paths }), canary('P /', { rules: { [host]: [path('P /', 'canary:80'), path('I /b', 'canary:80')] } })]);
    expect([attached(configuration), configuration.findings]).toEqual(['canary', []]);
  });

  it('is for the empty path what it is for /, and for each type its own', () => {
    const both = main('P /', { rules: { [host]: [path('P /foo', 'prefix:80'), path('E /foo', 'exact:80'), path('E /other', 'other:80'), path('P /', 'main:80')] } });
    const split = (text: string): readonly (string | undefined)[] =>
      serverOf(build([both, canary(text)]), host).locations.map(({ backend }) => (backend.kind === 'service' && backend.upstream.canary !== undefined ? backend.name : undefined)).filter((name) => name !== undefined);
    expect(['I ', 'E /foo', 'P /foo'].map(split)).toEqual([['main'], ['exact'], ['prefix']]);
  });

  it('keeps the port and protocol of its Service', () => {
    const configuration = build([main(), canary()], { services: [service('canary', [{ port: 8080, targetPort: 80, appProtocol: 'kubernetes.io/h2c' }])] });
    const backend = serverOf(configuration, host).locations[0]?.backend;
    expect(backend?.kind === 'service' ? backend.upstream.canary : undefined).toMatchObject({ ingress: { ref: { name: 'canary' } }, backend: { namespace: 'shop', name: 'canary', port: 8080, appProtocol: 'kubernetes.io/h2c' } });
  });

  it('that is a resource is none', () => {
    const configuration = build([main(), canary('P /', {}, 'resource')]);
    expect([attached(configuration), configuration.findings]).toEqual([undefined, []]);
  });

  it('of the controller\'s own default backend takes nothing', () => {
    const settings = { defaultBackendService: { namespace: 'shop', name: 'errors' } };
    const configuration = build([main('P /b'), canary('P /')], { settings, services: [service('errors', [{ port: 80 }])] });
    expect(codesOf(configuration)).toEqual(['canary-attachment/no-main-path']);
  });

  it('without canary: "true" is an ordinary Ingress', () => {
    const configuration = build([main(), canary('P /', { annotations: { 'canary-weight': '30' } })]);
    expect(codesOf(configuration)).toEqual(['location/taken']);
  });
});
