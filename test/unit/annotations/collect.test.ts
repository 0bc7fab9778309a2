import { describe, expect, it } from 'vitest';
import { collectIntents } from '../../../src/annotations/collect.ts';
import { defineFamily, type FamilyReading } from '../../../src/annotations/define.ts';
import { families } from '../../../src/annotations/registry.ts';
import { collect } from '../../support/collected.ts';
import { configuration, ingress, inventory, location, server, serviceBackend } from '../../support/nginx-model.ts';

const docs = { nginx: '', gateway: '', loss: '' };

/** A family for one key, to see the driver alone. */
function family(reading: (key: string) => FamilyReading, serverScope?: 'any'): ReturnType<typeof defineFamily> {
  return defineFamily({
    id: 'probe',
    keys: ['satisfy'],
    codes: {},
    docs,
    ...(serverScope === undefined ? {} : { serverScope }),
    read: ({ get }) => reading(get('satisfy')?.key ?? ''),
  });
}

const one = ingress('shop', { satisfy: 'any' });
const host = configuration([server('shop.example.com', [location(one, '/cart'), location(one, '/')])]);

describe('collectIntents', () => {
  it('gives all locations of an Ingress the same list', () => {
    const shared = { kind: 'body-size', from: [{ ingress: one, key: 'nginx.ingress.kubernetes.io/satisfy' }], maxBytes: 1 } as const;
    const { byLocation } = collectIntents(host, inventory(), [family(() => ({ intents: [shared] }))]);
    const [first, second] = [...byLocation.values()];
    expect(first).toEqual([shared]);
    expect(second).toBe(first);
  });

  it('says aloud that a family left its key unexplained', () => {
    const { ledger } = collect(host, inventory(), [family(() => ({}))]);
    expect(ledger).toEqual(['shop/satisfy: lost annotation/unaccounted']);
  });

  it.each([
    ['structural', { structural: ['nginx.ingress.kubernetes.io/satisfy'] }, 'translated'],
    ['inert', { inert: ['nginx.ingress.kubernetes.io/satisfy'] }, 'inert'],
  ])('believes a family that a key is %s', (_name, reading, outcome) => {
    expect(collect(host, inventory(), [family(() => reading)]).ledger).toEqual([`shop/satisfy: ${outcome}`]);
  });

  it('lets the first Ingress of a host speak for it, and says so of the others', () => {
    const two = ingress('blog', { satisfy: 'any' });
    const both = configuration([server('shop.example.com', [location(one, '/'), location(two, '/blog')])]);
    const speak = (from: typeof one) => ({ intents: [{ kind: 'app-root' as const, from: [{ ingress: from, key: 'nginx.ingress.kubernetes.io/satisfy' }], path: `/${from.ref.name}` }] });
    const speaker = defineFamily({ id: 'probe', keys: ['satisfy'], codes: {}, docs, read: ({ ingress: own }) => ({ forServer: () => speak(own) }) });
    const { servers, ledger } = collect(both, inventory(), [speaker]);
    expect(servers).toEqual({ 'shop.example.com': [{ kind: 'app-root', path: '/shop' }] });
    expect(ledger).toEqual(['shop/satisfy: translated', 'blog/satisfy: inert annotation/host-level-taken']);
  });

  it('keeps the ledger sorted by key and complete, whatever the order in the document', () => {
    const mixed = ingress('shop', { 'ssl-redirect': 'true', 'example.org/team': 'a', 'no-such-name': 'x', 'app-root': '/app' });
    const { claims } = collectIntents(configuration([server('shop.example.com', [location(mixed, '/')])]), inventory());
    const keys = claims.map(({ key }) => key);
    expect(keys).toEqual([...keys].sort());
    expect(new Set(keys)).toEqual(new Set(mixed.annotations.keys()));
  });

  it('calls the annotations of an Ingress without a location inert, and drops what would go to its route', () => {
    const younger = ingress('younger', { 'rewrite-target': '/x', 'permanent-redirect': 'https://example.com', 'example.org/team': 'a' });
    const owner = ingress('owner', {});
    const { ledger, codes } = collect(configuration([server('shop.example.com', [location(owner, '/')], { ingresses: [owner, younger] })]));
    expect(ledger.slice(1)).toEqual([
      'younger/permanent-redirect: inert annotation/no-location',
      'younger/rewrite-target: inert annotation/no-location',
    ]);
    expect(ledger[0]).toMatch(/^younger\/example\.org\/team: /u);
    expect(codes).not.toContain('annotation/unaccounted');
  });

  it('reads a canary on the locations it is attached to, and nothing else of it', () => {
    const canary = ingress('next', {
      canary: 'true',
      'canary-weight': '20',
      'rewrite-target': '/x',
      'service-upstream': 'true',
      'affinity-canary-behavior': 'legacy',
      'proxy-ssl-verify': 'on',
    });
    const main = ingress('shop', {});
    const servers = [server('shop.example.com', [location(main, '/', { backend: serviceBackend('shop', canary) })])];
    const { locations, ledger } = collect(configuration(servers, {}, [canary]));
    expect(locations['shop.example.com /']?.map(({ kind }) => kind)).toEqual(['canary']);
    expect(ledger).toEqual([
      'next/affinity-canary-behavior: lost canary/legacy-affinity',
      'next/canary: translated',
      'next/canary-weight: translated',
      'next/proxy-ssl-verify: inert annotation/no-effect',
      'next/rewrite-target: inert canary/annotation-ignored',
      'next/service-upstream: lost canary/upstream-setting',
    ]);
  });

  it('says that a canary is attached to nothing', () => {
    const canary = ingress('next', { canary: 'true', 'canary-weight': '20' });
    const { ledger } = collect(configuration([], {}, [canary]));
    expect(ledger).toEqual(['next/canary: inert canary/not-attached', 'next/canary-weight: inert canary/not-attached']);
  });

  it('leaves host-wide settings of an Ingress without rules out', () => {
    const catchAll = ingress('fallback', { 'app-root': '/app', 'server-alias': 'a.example.com', 'ssl-redirect': 'true', 'rewrite-target': '/x' }, {});
    const { ledger, locations } = collect(configuration([server('_', [location(catchAll, '/', { automatic: true })])]));
    expect(locations['_ /']).toEqual([]);
    for (const line of ledger) expect(line).toMatch(/: inert annotation\/no-rules$/u);
  });
});

describe('the registry', () => {
  it('is sorted by id', () => {
    const ids = families.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
  });
});
