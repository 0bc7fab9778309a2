import { describe, expect, it } from 'vitest';
import type { EffectiveConfiguration } from '../../../src/nginx/configuration.ts';
import { build, codesOf, path, serverOf, type Given } from './given.ts';
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
    expect([serve(serverOf(configuration, 'b.example.com'), '/'), codesOf(configuration)]).toEqual(['404', ['canary-attachment/hides-main-path']]);
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

  it('without canary: "true" is an ordinary Ingress', () => {
    const configuration = build([main(), canary('P /', { annotations: { 'canary-weight': '30' } })]);
    expect(codesOf(configuration)).toEqual(['location/taken']);
  });
});
