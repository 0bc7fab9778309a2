import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../../src/annotations/edit-distance.ts';
import { readForeign } from '../../../src/annotations/fallback.ts';
import { configMapKeys, hints } from '../../../src/annotations/unknown-hints.ts';
import { messageOf } from '../../../src/diagnostics/message.ts';
import { isAnnotationName } from '../../../src/nginx/annotation-table.ts';
import { ingress, settings } from '../../support/nginx-model.ts';

const own = 'nginx.ingress.kubernetes.io';

function reading(key: string, prefix = own): string {
  const { state, intents, findings } = readForeign(ingress('shop', { [key]: 'x' }), key, { ...settings, annotationsPrefix: prefix });
  expect(intents).toEqual([]);
  return [state, ...findings.map(({ code }) => code)].join(' ');
}
const said = (key: string): string => readForeign(ingress('shop', { [key]: 'x' }), key, settings).findings.map((finding) => messageOf(finding).what).join();

describe('unknown', () => {
  it.each([
    [`${own}/rate-limit`, 'unknown unknown/invented'],
    [`${own}/proxy-cache-valid`, 'unknown unknown/invented'],
    [`${own}/ssl-protocols`, 'unknown unknown/configmap-key'],
    [`${own}/use-forwarded-headers`, 'unknown unknown/configmap-key'],
    [`${own}/whitelist-source-ranges`, 'unknown unknown/typo'],
    [`${own}/rewriteTarget`, 'unknown unknown/typo'],
    [`${own}/completely-made-up`, 'unknown unknown/name'],
    ['nginx.kubernetes.io/proxy-body-size', 'unknown unknown/prefix'],
    ['kubernets.io/ingress.class', 'unknown unknown/prefix'],
    ['nginx.ingres.kubernetes.io/app-root', 'unknown unknown/prefix'],
    ['auth-tls-error-page', 'unknown unknown/prefix'],
    ['kubernetes.io/ssl-redirect', 'unknown unknown/prefix'],
    ['ingress.kubernetes.io/ssl-redirect', 'inert unknown/legacy-prefix'],
  ])('%s is %s', (key, expected) => {
    expect(reading(key)).toBe(expected);
  });

  it('names the nearest real annotation', () => {
    expect(said(`${own}/whitelist-source-ranges`)).toContain('The nearest real name is whitelist-source-range.');
    expect(said('kubernets.io/ingress.class')).toContain('kubernetes.io/ingress.class');
  });

  it('reads one prefix only', () => {
    expect(reading(`${own}/rewrite-target`, 'ingress.example.org')).toBe('inert unknown/other-prefix');
    expect(reading('ingress.example.org/rewrite-targett', 'ingress.example.org')).toBe('unknown unknown/typo');
  });

  it('keeps real names out of its tables', () => {
    expect([...hints.keys(), ...configMapKeys].filter(isAnnotationName)).toEqual([]);
    expect([...hints.keys()].filter((name) => configMapKeys.has(name))).toEqual([]);
    for (const hint of hints.values()) expect(hint).toMatch(/^[A-Z].*\.$/i);
  });
});

describe('editDistance', () => {
  it.each([
    ['', '', 3, 0],
    ['kitten', 'sitting', 3, 3],
    ['kitten', 'sitting', 2, 3],
    ['abc', 'abcd', 1, 1],
    ['abc', 'xyz', 1, 2],
    ['abc', 'abcdefgh', 2, 3],
  ])('of %j and %j, at most %d, is %d', (a, b, limit, expected) => {
    expect(editDistance(a, b, limit)).toBe(expected);
    expect(editDistance(b, a, limit)).toBe(expected);
  });

  it('chooses the nearest, and of equals the one that sorts first, whatever the order', () => {
    expect(nearest('limit-rpx', ['limit-rps', 'limit-rpm'])).toBe('limit-rpm');
    expect(nearest('limit-rpx', ['limit-rpm', 'limit-rps'])).toBe('limit-rpm');
    expect(nearest('limit-rpm', ['limit-rps', 'limit-rpm'])).toBe('limit-rpm');
    expect(nearest('zzz', ['limit-rps'])).toBeUndefined();
  });
});
