import { describe, expect, it } from 'vitest';
import { isTooRisky, riskLevels } from '../../../src/nginx/annotation-risk.ts';
import { annotationTable, isAnnotationName } from '../../../src/nginx/annotation-table.ts';
import { build, path, serverOf, type Given } from './given.ts';

type Texts = NonNullable<Given['annotations']>;

const host = 'shop.example.com';
const basic: Texts = { 'auth-type': 'basic', 'auth-secret': 'users' };
const external: Texts = { 'auth-url': 'http://auth.shop.svc/' };
const certificates: Texts = { 'auth-tls-secret': 'shop/ca' };
/** What makes the controller read an annotation at all. */
const companions: Readonly<Record<string, Texts>> = {
  'auth-secret': basic,
  'auth-secret-type': basic,
  'auth-realm': basic,
  'auth-method': external,
  'auth-response-headers': external,
  'auth-proxy-set-headers': external,
  'auth-tls-error-page': certificates,
  'auth-tls-pass-certificate-to-upstream': certificates,
  'auth-tls-match-cn': certificates,
  'temporal-redirect-code': { 'temporal-redirect': 'https://example.com/' },
  'opentelemetry-operation-name': { 'enable-opentelemetry': 'true' },
};
/** Of the right characters, and still none that works. */
const unusable: Readonly<Record<string, string>> = { 'custom-headers': 'a/b/c', 'auth-url': 'a b', 'auth-proxy-set-headers': 'a/b/c', 'auth-tls-secret': 'a/b/c', 'proxy-ssl-secret': 'a/b/c' };
const outcomes = { default: 'served', drop: 'dropped', deny: '503', 'deny-host': '403', open: 'served', ignored: 'served' };

function outcome(annotations: Texts): string {
  const configuration = build([{ rules: { [host]: [path('P /foo')] }, annotations }], { settings: { annotationsRiskLevel: 'High' } });
  if (configuration.left.length > 0) return 'dropped';
  return String(serverOf(configuration, host).locations[0]?.denied?.status ?? 'served');
}

const names = Object.keys(annotationTable).filter(isAnnotationName);

describe('the table of annotations', () => {
  it.each(names)('%s: says what a value does that the controller cannot use', (name) => {
    expect(outcome({ ...companions[name], [name]: unusable[name] ?? 'é(;' })).toBe(outcomes[annotationTable[name].invalid]);
  });

  it('says nothing of empty values, of which few do anything', () => {
    const effective = names.filter((name) => outcome({ ...companions[name], [name]: '' }) !== 'served');
    expect(effective).toEqual(['configuration-snippet', 'server-snippet', 'stream-snippet', 'auth-snippet', 'modsecurity-snippet', 'auth-secret', 'allowlist-source-range', 'denylist-source-range']);
  });

  it('holds no other names', () => {
    expect(['rewrite-targets', '', 'constructor'].map(isAnnotationName)).toEqual([false, false, false]);
  });
});

/** https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/ */
describe('the risk of annotations', () => {
  const risky = (level: (typeof riskLevels)[number]): readonly string[] => names.filter((name) => isTooRisky(name, level));

  it('lets fewer pass on each lower level', () => {
    // 45 Medium and an older name of one of them, 10 High, 5 Critical.
    expect(riskLevels.map((level) => risky(level).length)).toEqual([46 + 10 + 5, 10 + 5, 5, 0]);
    expect(risky('High')).toEqual(['configuration-snippet', 'server-snippet', 'stream-snippet', 'auth-snippet', 'modsecurity-snippet']);
    for (const level of ['Medium', 'High'] as const) expect(risky('Low')).toEqual(expect.arrayContaining([...risky(level)]));
  });

  it.each([
    ['ssl-redirect', 'Low', false],
    ['rewrite-target', 'Low', true],
    ['rewrite-target', 'Medium', false],
    ['auth-url', 'Medium', true],
    ['auth-url', 'High', false],
    ['server-snippet', 'High', true],
    ['server-snippet', 'Critical', false],
    ['no-such-name', 'Low', false],
  ] as const)('of %s is above %s: %s', (name, level, expected) => {
    expect(isTooRisky(name, level)).toBe(expected);
  });
});
