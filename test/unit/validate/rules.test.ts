import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gatewayApi, kinds } from '../../../src/validate/generated/index.js';
import { notApplicable } from '../../../src/validate/rules/not-applicable.ts';
import { rules } from '../../../src/validate/rules/registry.ts';
import { validateObjects } from '../../../src/validate/validate.ts';
import type { GatewayObject } from '../../../src/model/gateway.ts';
import type { Profile } from '../../../src/targets/profile.ts';
import { profileAt, readObject, readSchema } from './support.ts';

interface CelRule {
  readonly message: string;
  readonly rule: string;
}

const cel = [...readSchema<readonly CelRule[]>('gateway-api/cel.json'), ...readSchema<readonly CelRule[]>('envoy-gateway/cel.json')];
const messages = new Set(cel.map(({ message }) => message));
const fixtures = new URL('../../../fixtures/invalid/', import.meta.url);

describe('the rules and the CRDs', () => {
  test('every CEL rule of the CRDs is code or has a reason not to be', () => {
    const implemented = new Set(rules.map(({ message }) => message));
    expect([...messages].filter((message) => !implemented.has(message) && notApplicable[message] === undefined)).toEqual([]);
  });
  test('every rule and every reason belongs to a CEL rule', () => {
    expect([...rules.map(({ message }) => message), ...Object.keys(notApplicable)].filter((message) => !messages.has(message))).toEqual([]);
  });
  test('nothing is both', () => {
    expect(rules.filter(({ message }) => notApplicable[message] !== undefined)).toEqual([]);
  });
  test('ids and messages are unique', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(new Set(rules.map(({ message }) => message)).size).toBe(rules.length);
  });
  test('every fixture has a rule', () => {
    const ids = new Set(rules.map(({ id }) => id));
    expect(readdirSync(fixtures).filter((id) => !ids.has(id))).toEqual([]);
  });
});

/** The newest release whose CRDs hold the rule for the object's kind, the experimental channel first. */
async function profileFor({ apiVersion, kind }: GatewayObject, message: string): Promise<Profile | undefined> {
  if (apiVersion.startsWith('gateway.envoyproxy.io/')) return profileAt(6, 'standard');
  for (const release of Object.keys(gatewayApi).reverse()) {
    for (const channel of ['experimental', 'standard'] as const) {
      const load = kinds[gatewayApi[release]?.[channel]?.[`${apiVersion}/${kind}`] ?? ''];
      const facts = (await load?.())?.facts;
      if (facts !== undefined && Object.values(facts.cel).some((list) => list.includes(message))) return profileAt(Number(release.split('.')[1]), channel);
    }
  }
  return undefined;
}

const problemsOf = async (object: GatewayObject, profile: Profile): Promise<readonly string[]> =>
  (await validateObjects([object], profile)).filter(({ code }) => code === 'internal/invalid-output').map(({ args }) => args['problem'] ?? '');

describe.each(rules)('rule $id', ({ id, message }) => {
  test('is broken by its fixture, and not by the corrected object', async () => {
    expect(existsSync(new URL(id, fixtures)), `fixtures/invalid/${id}`).toBe(true);
    const object = readObject(`fixtures/invalid/${id}/object.yaml`);
    const profile = await profileFor(object, message);
    expect(profile, 'a release with the rule').toBeDefined();
    if (profile === undefined) return;
    expect(await problemsOf(object, profile)).toContain(message);
    expect(await problemsOf(readObject(`fixtures/invalid/${id}/fixed.yaml`), profile)).toEqual([]);
  });
});
