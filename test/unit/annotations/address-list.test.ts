import { describe, expect, it } from 'vitest';
import { addressList } from '../../../src/annotations/address-list.ts';
import { protections } from '../../support/protections.ts';

const list = (allow: readonly string[], deny: readonly string[] = []) => ({ kind: 'address-list', allow, deny });

describe('address-list', () => {
  it.each([
    ['networks', { 'whitelist-source-range': '10.0.0.0/8,192.168.1.0/24' }, list(['10.0.0.0/8', '192.168.1.0/24'])],
    ['bare addresses', { 'allowlist-source-range': '192.0.2.7' }, list(['192.0.2.7/32'])],
    ['host bits', { 'allowlist-source-range': '10.98.0.1/24' }, list(['10.98.0.0/24'])],
    ['a folded block', { 'whitelist-source-range': '10.0.0.0/8, \n  192.0.2.0/24\n' }, list(['10.0.0.0/8', '192.0.2.0/24'])],
    ['IPv6', { 'denylist-source-range': '2001:DB8:0:0::1/32,::1' }, list([], ['2001:db8::/32', '::1/128'])],
    ['both lists', { 'allowlist-source-range': '10.0.0.0/8', 'denylist-source-range': '10.1.0.0/16' }, list(['10.0.0.0/8'], ['10.1.0.0/16'])],
    ['repetition', { 'allowlist-source-range': '10.0.0.2,10.0.0.1,10.0.0.2' }, list(['10.0.0.1/32', '10.0.0.2/32'])],
  ])('reads %s', (_name, annotations, intent) => {
    expect(protections(addressList, annotations).intents).toEqual([intent]);
  });

  it.each([
    ['a name', { 'whitelist-source-range': '10.0.0.0/8,office' }],
    ['an empty entry at the end', { 'whitelist-source-range': '10.0.0.0/8,' }],
    ['a prefix that is too long', { 'denylist-source-range': '10.0.0.0/33' }],
    ['leading zeros', { 'denylist-source-range': '010.0.0.0/8' }],
    ['an empty allowlist', { 'allowlist-source-range': '' }],
    ['an empty denylist', { 'denylist-source-range': '' }],
    ['a blank whitelist', { 'whitelist-source-range': ' ' }],
    ['an empty allowlist with an empty whitelist', { 'allowlist-source-range': '', 'whitelist-source-range': '' }],
  ])('never opens a list with %s', (_name, annotations) => {
    expect(protections(addressList, annotations).intents).toMatchObject([{ kind: 'refused' }]);
  });

  it('leaves out the second name of the allow list', () => {
    const { intents, ledger } = protections(addressList, { 'allowlist-source-range': '10.0.0.0/8', 'whitelist-source-range': '0.0.0.0/0' });
    expect(intents).toEqual([list(['10.0.0.0/8'])]);
    expect(ledger).toEqual(['shop/allowlist-source-range: translated', 'shop/whitelist-source-range: inert address-list/other-name-wins']);
  });

  it('takes the older name when the newer is empty', () => {
    const { intents, ledger } = protections(addressList, { 'allowlist-source-range': '', 'whitelist-source-range': '10.0.0.0/8' });
    expect(intents).toEqual([list(['10.0.0.0/8'])]);
    expect(ledger).toEqual(['shop/allowlist-source-range: inert address-list/other-name-wins', 'shop/whitelist-source-range: translated']);
  });

  it('says that an empty whitelist protects nothing', () => {
    const { intents, ledger } = protections(addressList, { 'whitelist-source-range': '' });
    expect(intents).toEqual([]);
    expect(ledger).toEqual(['shop/whitelist-source-range: inert address-list/empty-whitelist']);
  });

  const common = { allowListSourceRange: ['10.0.0.0/8'], denyListSourceRange: ['10.6.6.6/32'] };

  it("gives every Ingress the controller's lists, and replaces each by the annotation", () => {
    expect(protections(addressList, {}, { settings: common }).intents).toEqual([list(['10.0.0.0/8'], ['10.6.6.6/32'])]);
    expect(protections(addressList, { 'whitelist-source-range': '192.0.2.0/24' }, { settings: common }).intents).toEqual([list(['192.0.2.0/24'], ['10.6.6.6/32'])]);
  });

  it.each([{ useForwardedHeaders: true }, { useProxyProtocol: true }])('warns when the address comes from elsewhere: %j', (setting) => {
    expect(protections(addressList, { 'whitelist-source-range': '10.0.0.0/8' }, { settings: setting }).codes).toEqual(['address-list/client-address-from-header']);
  });
});
