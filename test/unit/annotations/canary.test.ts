import { describe, expect, it } from 'vitest';
import { collect, type Collected } from '../../support/collected.ts';
import { configuration, ingress, location, server, serviceBackend } from '../../support/nginx-model.ts';

const main = ingress('shop', {});
const none = { kind: 'canary', backend: { namespace: 'web', name: 'next', port: 80 }, weight: 0, weightTotal: 100, header: '', headerValue: '', headerPattern: '', cookie: '' };

function read(annotations: Readonly<Record<string, string>>): Collected & { readonly intent: unknown } {
  const canary = ingress('next', { canary: 'true', ...annotations });
  const result = collect(configuration([server('shop.example.com', [location(main, '/', { backend: serviceBackend('shop', canary) })])], {}, [canary]));
  return { ...result, intent: result.locations['shop.example.com /']?.[0] };
}

describe('the share of a canary', () => {
  it.each([
    [undefined, undefined, 0, 100],
    ['0', undefined, 0, 100],
    ['-1', undefined, 0, 100],
    ['abc', undefined, 0, 100],
    ['30.5', undefined, 0, 100],
    ['30', undefined, 30, 100],
    ['150', undefined, 100, 100],
    ['50', '200', 50, 200],
    ['300', '1000', 300, 1000],
    ['5', '10', 5, 100],
    ['5', 'x', 5, 100],
  ])('weight %s of %s', (weight, total, expected, weightTotal) => {
    const annotations = { ...(weight === undefined ? {} : { 'canary-weight': weight }), ...(total === undefined ? {} : { 'canary-weight-total': total }) };
    expect(read(annotations).intent).toEqual({ ...none, weight: expected, weightTotal });
  });

  it.each<[Readonly<Record<string, string>>, Partial<typeof none>]>([
    [{ 'canary-by-header': 'X-Canary' }, { header: 'X-Canary' }],
    [{ 'canary-by-header': 'X-Canary', 'canary-by-header-value': 'yes' }, { header: 'X-Canary', headerValue: 'yes' }],
    [{ 'canary-by-header': 'X-Canary', 'canary-by-header-value': 'yes', 'canary-by-header-pattern': 'y' }, { header: 'X-Canary', headerValue: 'yes' }],
    [{ 'canary-by-header': 'X-Canary', 'canary-by-header-pattern': '^(de|at)$' }, { header: 'X-Canary', headerPattern: '^(de|at)$' }],
    [{ 'canary-by-header': 'X-Canary', 'canary-by-header-pattern': '([' }, {}],
    [{ 'canary-by-header-value': 'yes' }, {}],
    [{ 'canary-by-header': 'X;Canary' }, {}],
    [{ 'canary-by-cookie': 'beta' }, { cookie: 'beta' }],
  ])('%o', (annotations, policy) => {
    expect(read(annotations).intent).toEqual({ ...none, ...policy });
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ 'canary-weight': '30%' }, 'next/canary-weight: inert canary/unusable-value'],
    [{ 'canary-weight-total': '10' }, 'next/canary-weight-total: inert canary/unusable-value'],
    [{ 'canary-by-header-value': 'yes' }, 'next/canary-by-header-value: inert canary/shadowed-key'],
    [{ 'canary-by-cookie': 'a b;c' }, 'next/canary-by-cookie: inert canary/unusable-value'],
    [{ 'canary-by-header': 'X', 'canary-by-header-pattern': '([' }, 'next/canary-by-header-pattern: approximated canary/invalid-pattern'],
    [{ 'canary-by-header': 'X', 'canary-by-header-pattern': 'y' }, 'next/canary-by-header-pattern: translated canary/unanchored-pattern'],
    [{ 'canary-weight': '5' }, 'next/canary-weight: translated'],
  ])('books %o', (annotations, line) => {
    expect(read(annotations).ledger).toContain(line);
  });
});

describe('a canary', () => {
  it('also takes the paths that share its main Service, and says so', () => {
    const canary = ingress('next', { canary: 'true', 'canary-weight': '5' });
    const backend = serviceBackend('shop', canary);
    const { locations, codes } = collect(configuration([server('shop.example.com', [location(main, '/other', { backend }), location(main, '/', { backend })])], {}, [canary]));
    expect(locations['shop.example.com /other']).toEqual(locations['shop.example.com /']);
    expect(codes).toEqual(['canary/shared-upstream']);
  });

  it('says when it takes nothing', () => {
    expect(read({}).codes).toEqual(['canary/no-share']);
  });

  it.each([
    [{ 'canary-weight': '5' }, ['shop/canary-weight: inert canary/not-enabled']],
    [{ canary: 'false' }, ['shop/canary: inert canary/not-enabled']],
    [{ canary: 'yes' }, ['shop/canary: inert canary/unusable-value']],
  ])('is no canary with %o', (annotations, ledger) => {
    const shop = ingress('shop', annotations);
    expect(collect(configuration([server('shop.example.com', [location(shop, '/')])])).ledger).toEqual(ledger);
  });
});
