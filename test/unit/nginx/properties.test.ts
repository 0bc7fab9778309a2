import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EffectiveConfiguration } from '../../../src/nginx/configuration.ts';
import { buildConfiguration } from '../../../src/nginx/build.ts';
import { defaultSettings } from '../../../src/nginx/settings-read.ts';
import { ingress, inventory, path, serverOf, type Given } from './given.ts';
import { serve } from './serve.ts';

const hosts = ['a.example.com', 'b.example.com', '*.example.com', ''];
const arbitraryPath = fc
  .tuple(fc.constantFrom('P', 'E', 'I'), fc.constantFrom('/', '/foo', '/foo/', '/foo/bar', '/v[0-9]+', '/foo('), fc.constantFrom('web:80', 'api:80', 'canary:80', 'resource'))
  .map(([type, text, backend]) => path(`${type} ${text}`, backend));
const arbitraryAnnotations = fc.dictionary(
  fc.constantFrom('use-regex', 'rewrite-target', 'canary', 'server-alias', 'auth-type', 'auth-tls-secret', 'limit-rps', 'whitelist-source-range'),
  fc.constantFrom('true', '/foo', '', 'a.example.com', 'basic', '1'),
);
const arbitraryGivens: fc.Arbitrary<readonly Given[]> = fc
  .array(
    fc.record({
      rules: fc.dictionary(fc.constantFrom(...hosts), fc.array(arbitraryPath, { maxLength: 3 }), { maxKeys: 2 }),
      annotations: arbitraryAnnotations,
      created: fc.constantFrom(1, 2, undefined),
      secret: fc.constantFrom(undefined, 'a-tls', 'b-tls'),
    }),
    { maxLength: 6 },
  )
  .map((entries) =>
    entries.map(
      ({ created, secret, ...rest }, number): Given => ({
        ...rest,
        name: `web-${String(number)}`,
        ...(created === undefined ? {} : { created }),
        ...(secret === undefined ? {} : { tls: [{ hosts: ['a.example.com'], secret }] }),
      }),
    ),
  );

const buildAll = (givens: readonly Given[]): EffectiveConfiguration =>
  buildConfiguration(inventory(givens.map(ingress)), defaultSettings, { ingressClasses: [], allClasses: false });

describe('any Ingresses', () => {
  it('give the same configuration in any order', () => {
    fc.assert(
      fc.property(arbitraryGivens, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (givens, keys) => {
        const shuffled = givens.map((given, number) => ({ given, key: keys[number] ?? 0 })).sort((a, b) => a.key - b.key).map(({ given }) => given);
        const { servers, ingresses } = buildAll(givens);
        const other = buildAll(shuffled);
        expect(other.servers).toEqual(servers);
        expect(other.ingresses.map(({ ref }) => ref.name)).toEqual(ingresses.map(({ ref }) => ref.name));
      }),
      { numRuns: 200 },
    );
  });

  it('lose none: each is selected, skipped or refused', () => {
    fc.assert(
      fc.property(arbitraryGivens, (givens) => {
        const { ingresses, left, servers } = buildAll(givens);
        expect(ingresses.length + left.length).toBe(givens.length);
        const ids = servers.flatMap(({ locations }) => locations.map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('of one host change nothing on another', () => {
    const quiet: Given = { name: 'quiet', rules: { 'quiet.example.net': [path('P /foo', 'quiet:80'), path('E /bar/', 'quiet:80')] } };
    const requests = ['/foo', '/foo/x', '/FOO', '/bar', '/bar/', '/'];
    fc.assert(
      fc.property(arbitraryGivens, (givens) => {
        const server = serverOf(buildAll([...givens, quiet]), 'quiet.example.net');
        expect(requests.map((request) => serve(server, request))).toEqual(['quiet', 'quiet', '404', '301 /bar/', 'quiet', '404']);
      }),
    );
  });
});
