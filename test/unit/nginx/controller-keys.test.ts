import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aboutSetting, isInitial, lostKeyCodes, targetKeys, unconvertedKeys } from '../../../src/nginx/controller-keys.ts';
import { controllerKeys } from '../../../src/nginx/keys/table.ts';
import { readSettings } from '../../../src/nginx/settings-read.ts';
import { configMap } from './given.ts';

const facts = Object.entries(controllerKeys);
const lostKeys = facts.flatMap(([key, fact]) => (fact.fate === 'lost' ? [[key, fact] as const] : []));
const targetFacts = facts.flatMap(([key, fact]) => (fact.fate === 'target' ? [[key, fact] as const] : []));
const scenario = (name: string): string => readFileSync(`fixtures/scenarios/${name}/input.yaml`, 'utf8');
const fixture = scenario('controller-settings-lost');
const entryFixtures = scenario('controller-entry-settings') + scenario('controller-proxy-protocol');

const codesFor = (data: Readonly<Record<string, string>>): readonly string[] => unconvertedKeys(configMap('settings', data)).map(({ code }) => code);

describe('every key of the ConfigMap', () => {
  it.each(lostKeys)('%s is told where it changes something', (key, { initial }) => {
    expect(codesFor({ [key]: `${initial}, otherwise` })).toEqual([`controller/${key}`]);
    expect(fixture).toContain(`\n  ${key}: `);
  });

  it.each(lostKeys)('%s is silent where it says what the controller does anyway', (key, { initial }) => {
    expect(codesFor({ [key]: initial })).toEqual([]);
    expect(codesFor({ [key]: ` ${initial} ` })).toEqual([]);
  });

  it.each(facts.filter(([, { fate }]) => fate !== 'lost'))('%s is no finding of this stage', (key) => {
    expect(codesFor({ [key]: 'anything' })).toEqual([]);
  });

  it.each(targetFacts)('%s is left to the target', (key, { initial }) => {
    const lost = (value: string): readonly string[] => targetKeys({ configMap: configMap('settings', {}), raw: new Map([[key, value]]) }).map(({ lost: { code } }) => code);
    expect(lost(initial === 'true' ? 'false' : 'true')).toEqual([`controller/${key}`]);
    expect(lost(initial)).toEqual([]);
    expect(entryFixtures).toContain(`\n  ${key}: `);
  });

  it.each([...lostKeys, ...targetFacts])('%s says in plain sentences what to do', (_, { effect, todo }) => {
    expect(effect).toMatch(/^[a-z].*[^.]$/);
    expect(todo).toMatch(/^[A-Z].*\.$/);
  });

  it.each(lostKeys)('%s is told with what nginx does and what to do', (key, { cost, initial, effect, todo }) => {
    const [finding] = unconvertedKeys(configMap('settings', { [key]: `${initial}, otherwise` }));
    const entry = {
      fidelity: 'lost',
      risk: cost === 'nothing' ? 'none' : 'availability',
      what: `Key ${key} of the controller ConfigMap is not converted: nginx ${effect}.`,
      why: 'It is a setting of the whole controller, and the Gateway API has no field for it.',
      do: todo,
      source: `https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#${key}`,
    };
    expect(finding).toMatchObject({ entry, args: {}, object: { kind: 'ConfigMap', name: 'settings' }, origin: { path: ['data', key] } });
    expect(lostKeyCodes[`controller/${key}`]).toEqual(entry);
  });

  it('has a code of its own where it may be lost', () => {
    expect(Object.keys(lostKeyCodes).sort()).toEqual([...lostKeys, ...targetFacts].map(([key]) => `controller/${key}`).sort());
  });

  it('costs somebody something where an answer may change', () => {
    expect(facts.filter(([, fact]) => fact.fate === 'lost' && fact.cost === 'availability').length).toBeGreaterThan(5);
    expect(new Set([...lostKeys, ...targetFacts].map(([, { cost }]) => cost))).toEqual(new Set(['nothing', 'availability']));
  });

  it('that targets decide about comes in order, with its place', () => {
    const keys = targetFacts.map(([key]) => key);
    const raw = new Map([...keys].reverse().map((key) => [key, 'otherwise']));
    const found = targetKeys({ configMap: configMap('settings', {}), raw });
    expect(found.map(({ key }) => key)).toEqual([...keys].sort());
    expect(found.map(({ lost }) => lost.origin?.path)).toEqual([...keys].sort().map((key) => ['data', key]));
    expect(targetKeys({ configMap: undefined, raw })).toEqual([]);
    expect(targetKeys({ configMap: configMap('settings', {}), raw: new Map([['no-such-key', 'x'], [lostKeys[0]?.[0] ?? '', 'otherwise']]) })).toEqual([]);
  });

  it.each([
    ['', 'x', true],
    [' ', 'x', true],
    ['x', 'x', true],
    [' x ', 'x', true],
    ['y', 'x', false],
    ['T', 'true', true],
    ['0', 'false', true],
    ['F', 'true', false],
    ['true', 'x', false],
    ['x', 'true', false],
  ])('%j instead of %j says the same: %s', (text, initial, expected) => {
    expect(isInitial(initial, text)).toBe(expected);
  });

  it('has its place where there is a ConfigMap', () => {
    const { ref, origin } = configMap('settings', {});
    expect(aboutSetting({ configMap: undefined }, 'hsts')).toEqual({});
    expect(aboutSetting({ configMap: { ref, origin: { ...origin, path: ['items', 3, 'metadata', 'name'] } } }, 'hsts')).toMatchObject({ object: ref, origin: { path: ['items', 3, 'data', 'hsts'] } });
  });

  it('that ingress-nginx does not know is named', () => {
    const unknown = unconvertedKeys(configMap('settings', { 'use-geoip': 'true', constructor: 'x' }));
    expect(unknown.map(({ code, args }) => [code, args])).toEqual(['constructor', 'use-geoip'].map((key) => ['controller/unknown-key', { key }]));
  });
});

/** A value that is not the default, and the field of the settings that must follow it. */
const read: readonly (readonly [string, string])[] = [
  ['allow-cross-namespace-resources', 'true'],
  ['allow-snippet-annotations', 'true'],
  ['annotations-risk-level', 'Low'],
  ['block-cidrs', '192.0.2.0/24'],
  ['block-referers', 'spam.example'],
  ['block-user-agents', 'BadBot'],
  ['denylist-source-range', '192.0.2.0/24'],
  ['force-ssl-redirect', 'true'],
  ['global-allowed-response-headers', 'X-A'],
  ['global-auth-url', 'http://auth.example.com/'],
  ['hsts', 'false'],
  ['hsts-include-subdomains', 'false'],
  ['hsts-max-age', '60'],
  ['hsts-preload', 'true'],
  ['http-redirect-code', '301'],
  ['limit-conn-status-code', '429'],
  ['limit-req-status-code', '429'],
  ['no-auth-locations', '/open'],
  ['no-tls-redirect-locations', '/open'],
  ['preserve-trailing-slash', 'true'],
  ['proxy-body-size', '8m'],
  ['proxy-connect-timeout', '9'],
  ['proxy-next-upstream', 'off'],
  ['proxy-next-upstream-timeout', '9'],
  ['proxy-next-upstream-tries', '9'],
  ['proxy-read-timeout', '9'],
  ['proxy-send-timeout', '9'],
  ['service-upstream', 'true'],
  ['ssl-redirect', 'false'],
  ['ssl-reject-handshake', 'true'],
  ['use-forwarded-headers', 'true'],
  ['use-proxy-protocol', 'true'],
  ['whitelist-source-range', '192.0.2.0/24'],
];

/** Read as text where they are needed; a fixture shows what becomes of each. */
const readElsewhere: Readonly<Record<string, string>> = {
  'add-headers': 'controller-headers',
  'annotation-value-word-blocklist': 'server-dropped-word',
  'custom-http-errors': 'controller-answers',
  'enable-modsecurity': 'controller-firewall',
  'enable-owasp-modsecurity-crs': 'controller-firewall',
  'global-auth-always-set-cookie': 'controller-global-auth',
  'global-auth-cache-duration': 'controller-global-auth',
  'global-auth-cache-key': 'controller-global-auth',
  'global-auth-method': 'controller-global-auth',
  'global-auth-request-redirect': 'controller-global-auth',
  'global-auth-response-headers': 'controller-global-auth',
  'global-auth-signin': 'controller-global-auth',
  'global-auth-signin-redirect-param': 'controller-global-auth',
  'global-auth-snippet': 'controller-global-auth',
  'hide-headers': 'controller-headers',
  'http-snippet': 'controller-snippets',
  'limit-rate': 'controller-traffic',
  'limit-rate-after': 'controller-traffic',
  'load-balance': 'controller-answers',
  'location-snippet': 'controller-snippets',
  'modsecurity-snippet': 'controller-firewall',
  'proxy-cookie-domain': 'controller-answers',
  'proxy-cookie-path': 'controller-answers',
  'proxy-redirect-from': 'controller-redirect-breaks-nginx',
  'proxy-redirect-to': 'controller-redirect-breaks-nginx',
  'proxy-set-headers': 'controller-headers',
  'retry-non-idempotent': 'controller-traffic',
  'server-snippet': 'controller-snippets',
};

describe('a key that is converted', () => {
  const without = readSettings(configMap('settings', {}), {}).value;

  it.each(read)('%s changes the settings', (key, value) => {
    const { value: settings, findings } = readSettings(configMap('settings', { [key]: value }), {});
    expect(findings).toEqual([]);
    expect({ ...settings, raw: undefined }).not.toEqual({ ...without, raw: undefined });
  });

  it.each(Object.entries(readElsewhere))('%s stands in the fixture %s', (key, scenario) => {
    expect(readFileSync(`fixtures/scenarios/${scenario}/input.yaml`, 'utf8')).toMatch(new RegExp(`^  ${key}:`, 'm'));
  });

  it('has one of the two', () => {
    const shown = [...read.map(([key]) => key), ...Object.keys(readElsewhere)].sort();
    expect(shown).toEqual(facts.filter(([key, { fate }]) => fate === 'converted' || key === 'use-forwarded-headers' || key === 'use-proxy-protocol').map(([key]) => key).sort());
  });
});
