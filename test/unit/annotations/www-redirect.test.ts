import { describe, expect, it } from 'vitest';
import { collect } from '../../support/collected.ts';
import { configuration, ingress, location, server } from '../../support/nginx-model.ts';

const asks = { 'from-to-www-redirect': 'true' };

describe('from-to-www-redirect', () => {
  it.each([
    ['shop.example.com', 'www.shop.example.com'],
    ['www.shop.example.com', 'shop.example.com'],
  ])('%s gets its twin %s', (host, fromHost) => {
    const { servers } = collect(configuration([server(host, [location(ingress('shop', asks, { [host]: ['/'] }), '/')])]));
    expect(servers).toEqual({ [host]: [{ kind: 'www-redirect', status: 308, fromHost }] });
  });

  it.each([
    ['_', '', 'www-redirect/no-name'],
    ['*.example.com', '*.example.com', 'www-redirect/wildcard'],
  ])('%s has none', (host, ruleHost, code) => {
    const { servers, ledger } = collect(configuration([server(host, [location(ingress('shop', asks, { [ruleHost]: ['/'] }), '/')])]));
    expect(servers).toEqual({});
    expect(ledger).toEqual([`shop/from-to-www-redirect: inert ${code}`]);
  });

  it('does not apply when a rule names the twin', () => {
    const shop = ingress('shop', asks);
    const twin = ingress('twin', {}, { 'www.shop.example.com': ['/'] });
    const { ledger } = collect(configuration([server('shop.example.com', [location(shop, '/')]), server('www.shop.example.com', [location(twin, '/')])]));
    expect(ledger).toEqual(['shop/from-to-www-redirect: inert www-redirect/name-in-use']);
  });

  it('needs a path of the Ingress on the host', () => {
    const shop = ingress('shop', asks, { 'shop.example.com': [] });
    const { ledger } = collect(configuration([server('shop.example.com', [location(shop, '/', { automatic: true })])]));
    expect(ledger).toEqual(['shop/from-to-www-redirect: inert www-redirect/no-path']);
  });

  it('is taken from any Ingress of the host, once', () => {
    const [first, second, third] = [ingress('first', {}), ingress('second', asks), ingress('third', asks)];
    const { servers, ledger } = collect(configuration([server('shop.example.com', [location(first, '/'), location(second, '/b'), location(third, '/c')])]));
    expect(servers['shop.example.com']).toHaveLength(1);
    expect(ledger).toEqual(['second/from-to-www-redirect: translated', 'third/from-to-www-redirect: inert annotation/host-level-taken']);
  });

  it.each([
    [{ 'from-to-www-redirect': 'false' }, 'www-redirect/off'],
    [{ 'from-to-www-redirect': '' }, 'www-redirect/group-ignored'],
    [{ ...asks, 'temporal-redirect': '/rel' }, 'www-redirect/group-ignored'],
  ])('%o has no effect', (annotations, code) => {
    const { servers, ledger } = collect(configuration([server('shop.example.com', [location(ingress('shop', annotations), '/')])]));
    expect(servers).toEqual({});
    expect(ledger[0]).toBe(`shop/from-to-www-redirect: inert ${code}`);
  });
});
