import { describe, expect, it } from 'vitest';
import { basicAuth } from '../../../src/annotations/basic-auth.ts';
import { protections, withSecrets } from '../../support/protections.ts';

const basic = { 'auth-type': 'basic', 'auth-secret': 'staff' };
const intent = { kind: 'basic-auth', scheme: 'basic', secret: { namespace: 'web', name: 'staff' }, secretType: 'auth-file', realm: '' };

describe('basic-auth', () => {
  it.each([
    ['the plain pair', basic, intent],
    ['a namespace', { ...basic, 'auth-secret': 'web/staff' }, intent],
    ['a realm with a space at the end', { ...basic, 'auth-realm': 'Staff only ' }, { ...intent, realm: 'Staff only' }],
    ['users as keys', { ...basic, 'auth-secret-type': 'auth-map' }, { ...intent, secretType: 'auth-map' }],
    ['digest', { ...basic, 'auth-type': 'digest' }, { ...intent, scheme: 'digest' }],
    ['space around the type', { ...basic, 'auth-type': ' basic ' }, intent],
    ['digest with the realm off', { ...basic, 'auth-type': 'digest', 'auth-realm': 'off' }, { ...intent, scheme: 'digest', realm: 'off' }],
  ])('reads %s', (_name, annotations, expected) => {
    const { intents, ledger } = protections(basicAuth, annotations);
    expect(intents).toEqual([expected]);
    expect(ledger.every((line) => line.endsWith(': translated'))).toBe(true);
  });

  it.each([
    ['another type', { ...basic, 'auth-type': 'Basic' }],
    ['a line break after the type', { ...basic, 'auth-type': 'basic\n' }],
    ['no Secret', { 'auth-type': 'basic' }],
    ['an empty Secret', { ...basic, 'auth-secret': '' }],
    ['a Secret of another namespace', { ...basic, 'auth-secret': 'ops/staff' }],
    ['a path as Secret', { ...basic, 'auth-secret': 'a/b/c' }],
    ['another kind of Secret', { ...basic, 'auth-secret-type': 'htpasswd' }],
    ['a realm with quotes', { ...basic, 'auth-realm': '"Staff"' }],
  ])('never opens with %s', (_name, annotations) => {
    expect(protections(basicAuth, annotations).intents).toMatchObject([{ kind: 'refused' }]);
  });

  it('takes a Secret of another namespace where the controller does', () => {
    const { intents } = protections(basicAuth, { ...basic, 'auth-secret': 'ops/staff' }, { settings: { allowCrossNamespace: true } });
    expect(intents).toEqual([{ ...intent, secret: { namespace: 'ops', name: 'staff' } }]);
  });

  it('looks for the key auth in a Secret it knows', () => {
    expect(protections(basicAuth, basic, { inventory: withSecrets({ staff: ['auth'] }) }).intents).toEqual([intent]);
    expect(protections(basicAuth, basic, { inventory: withSecrets({ staff: [] }) }).intents).toEqual([intent]);
    expect(protections(basicAuth, basic, { inventory: withSecrets({ staff: ['.htpasswd'] }) }).intents).toMatchObject([{ kind: 'refused' }]);
    expect(protections(basicAuth, { ...basic, 'auth-secret-type': 'auth-map' }, { inventory: withSecrets({ staff: ['ann'] }) }).intents).toMatchObject([{ kind: 'basic-auth' }]);
  });

  it.each([
    ['a Secret without a type', { 'auth-secret': 'staff', 'auth-realm': 'x' }, ['shop/auth-realm: inert basic-auth/secret-without-type', 'shop/auth-secret: inert basic-auth/secret-without-type']],
    ['a realm alone', { 'auth-realm': 'x' }, ['shop/auth-realm: inert basic-auth/companion-without-type']],
    ['an empty type', { ...basic, 'auth-type': '' }, ['shop/auth-secret: inert basic-auth/empty-type', 'shop/auth-type: inert basic-auth/empty-type']],
    ['the realm off', { 'auth-type': 'basic', 'auth-secret': 'staff', 'auth-realm': 'off' }, ['auth-realm', 'auth-secret', 'auth-type'].map((name) => `shop/${name}: inert basic-auth/realm-off`)],
  ])('leaves open what is open today: %s', (_name, annotations, ledger) => {
    const read = protections(basicAuth, annotations);
    expect(read.intents).toEqual([]);
    expect(read.ledger).toEqual(ledger);
  });

  it('exempts certificate challenges', () => {
    const read = protections(basicAuth, basic, { path: '/.well-known/acme-challenge/token' });
    expect(read.intents).toEqual([]);
    expect(read.codes).toEqual(['basic-auth/exempt-path']);
  });
});
