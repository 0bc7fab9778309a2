import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoweredListener, LoweredPlan, LoweredRule } from '../../../src/targets/lowered.ts';
import { emit, fragment, httpListener, httpsListener, list, plan, profile, rule } from './builders.ts';

const hosts = ['', 'a.com', '*.a.com', 'wildcard.a.com', 'a-b.com', 'a.b.com', ...Array.from({ length: 80 }, (_, index) => `h${index}.com`)];

const aRule = fc.record({
  host: fc.constantFrom(...hosts),
  aliases: fc.constantFrom(0, 0, 0, 1, 30),
  namespace: fc.constantFrom('one', 'two'),
  listeners: fc.constantFrom('http', 'https', 'both'),
  paths: fc.constantFrom(1, 1, 1, 3, 70),
  limit: fc.constantFrom(undefined, undefined, 1, 2),
  repeat: fc.constantFrom(1, 1, 5, 20),
});

/** A plan as the targets make them: every listener that a rule needs is there. */
function planOf(seeds: readonly (typeof aRule extends fc.Arbitrary<infer T> ? T : never)[], namespaces: readonly string[]): LoweredPlan {
  const hostnames = new Map<string, readonly string[]>();
  const listeners = new Map<string, LoweredListener>([['', httpListener(namespaces)]]);
  const rules = seeds.flatMap(({ host, aliases, namespace, listeners: scope, paths, limit, repeat }, at): readonly LoweredRule[] => {
    if (!hostnames.has(host)) hostnames.set(host, host === '' ? [] : [host, ...Array.from({ length: aliases }, (_, index) => `alias${index}.${host.replace('*.', '')}`)]);
    const names = hostnames.get(host) ?? [];
    if (scope !== 'http') for (const name of names.length === 0 ? [''] : names) listeners.set(`s ${name}`, httpsListener(name, { namespaces, secret: `${namespaces[0] ?? ''}/tls` }));
    return Array.from({ length: repeat }, (_, copy) =>
      rule({
        hostnames: names,
        namespace: namespaces.includes(namespace) ? namespace : 'one',
        listeners: scope,
        matches: Array.from({ length: paths }, (_, index) => ({ path: { type: 'PathPrefix', value: `/${at}/${copy}/${index}` } })),
        policies: limit === undefined ? [] : [fragment('LimitPolicy', { limit })],
      }),
    );
  });
  return plan(rules, [...listeners.values()]);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

describe('any plan', () => {
  const target = fc.constantFrom('1.2', '1.5').map((gatewayApiVersion) => profile({ gatewayApiVersion }));
  const anyPlan = fc.tuple(fc.array(aRule, { minLength: 1, maxLength: 60 }), fc.constantFrom(['one'], ['one', 'two'])).map(([seeds, namespaces]) => planOf(seeds, namespaces));

  it('keeps the limits, the names apart, and every reference resolved', () => {
    fc.assert(
      fc.property(anyPlan, target, (lowered, made) => {
        const { value, placed } = emit(lowered, {}, made);
        const ids = value.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''} ${metadata.name}`);
        expect(new Set(ids).size).toBe(ids.length);
        const known = new Set<string>();
        for (const gateway of value.filter(({ kind }) => kind === 'Gateway')) {
          const listeners = list(gateway, 'listeners');
          expect(listeners.length).toBeLessThanOrEqual(64);
          for (const { name } of listeners) known.add(`${gateway.metadata.name}/${text(name)}`);
          expect(new Set(listeners.map(({ port, hostname }) => `${Number(port)} ${text(hostname)}`)).size).toBe(listeners.length);
        }
        let matches = 0;
        for (const route of value.filter(({ kind }) => kind === 'HTTPRoute')) {
          const rules = list(route, 'rules');
          const counts = rules.map((entry) => (Array.isArray(entry['matches']) ? entry['matches'].length : 0));
          const sum = counts.reduce((a, b) => a + b, 0);
          if ((route.spec['hostnames'] as readonly string[] | undefined)?.some((name) => name.startsWith('alias16.')) !== true) matches += sum;
          expect(rules.length).toBeLessThanOrEqual(16);
          expect(sum).toBeLessThanOrEqual(128);
          expect(Math.max(...counts)).toBeLessThanOrEqual(64);
          const parents = list(route, 'parentRefs').map((ref) => `${text(ref['name'])}/${text(ref['sectionName'])}`);
          expect(parents.length).toBeLessThanOrEqual(32);
          expect(new Set(parents).size).toBe(parents.length);
          for (const parent of parents) expect(known).toContain(parent);
        }
        // Aliases over 16 repeat the rules in a second route; apart from those each match is written once.
        expect(matches).toBe(lowered.rules.reduce((sum, entry) => sum + entry.matches.length, 0));
        for (const { planRule, policies } of lowered.rules) {
          expect(placed.get(planRule)?.map(({ kind }) => kind)).toContain('HTTPRoute');
          if (policies.length > 0) expect(placed.get(planRule)?.map(({ kind }) => kind)).toContain('LimitPolicy');
        }
        for (const policy of value.filter(({ kind }) => kind === 'LimitPolicy')) expect(list(policy, 'targetRefs').length).toBeLessThanOrEqual(16);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same objects for the same plan', () => {
    fc.assert(
      fc.property(anyPlan, (lowered) => {
        expect(JSON.stringify(emit(lowered).value)).toBe(JSON.stringify(emit(lowered).value));
      }),
      { numRuns: 20 },
    );
  });
});
