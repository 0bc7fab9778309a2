import { describe, expect, it } from 'vitest';
import { buildConfiguration } from '../../../src/nginx/build.ts';
import { defaultSettings } from '../../../src/nginx/settings-read.ts';
import { build, ingress, inventory, path, toldOf, type Given } from './given.ts';

const host = 'shop.example.com';
const at = (name: string, more: Given = {}): Given => ({ name, rules: { [host]: [path(`P /${name}`)] }, ...more });
const told = (...givens: readonly Given[]) => toldOf(build(givens)).filter(([code]) => code.startsWith('order/'));

/** createServers of the controller lets the first Ingress decide these; equal or missing times leave the order open. */
describe('an order that the input does not state', () => {
  it.each<[string, readonly Given[], string]>([
    ['a path', [at('a'), at('b', { rules: { [host]: [path('P /a', 'other:80')] } })], 'several have path /a'],
    ['a certificate', [at('a', { tls: [{ hosts: [host], secret: 'x' }] }), at('b', { tls: [{ hosts: [host], secret: 'y' }] })], 'they name different certificates'],
    ['a certificate of another namespace', [at('a', { tls: [{ hosts: [host], secret: 'x' }] }), at('b', { namespace: 'other', tls: [{ hosts: [host], secret: 'x' }] })], 'they name different certificates'],
    ...['server-alias: a.test, b.test', 'server-snippet: a;, b;', 'ssl-ciphers: A, B', 'ssl-prefer-server-ciphers: on, off', 'auth-tls-secret: shop/a, shop/b'].map((text): [string, readonly Given[], string] => {
      const [name = '', ...values] = text.split(/[:,] /);
      return [name, values.map((value, position) => at(`web-${position}`, { annotations: { [name]: value } })), `they differ in ${name}`];
    }),
    [
      'all of it',
      [at('a', { tls: [{ hosts: [host], secret: 'x' }], annotations: { 'server-alias': 'a.test', 'ssl-ciphers': 'A' } }), at('a2', { rules: { [host]: [path('P /a')] }, tls: [{ hosts: [host], secret: 'y' }], annotations: { 'server-alias': 'b.test', 'ssl-ciphers': 'B' } })],
      'several have path /a; they name different certificates; they differ in server-alias, ssl-ciphers',
    ],
  ])('decides %s', (_, givens, what) => {
    const first = givens[1];
    const names = [first, givens[0]].map((given) => `${given?.namespace ?? 'shop'}/${given?.name ?? ''}`).sort().reverse();
    expect(told(...givens)).toEqual([['order/undecided', `Ingress ${names[0] ?? ''}`, { host, ingresses: names.join(', '), what }]]);
    expect(told(...givens.map((given, created) => ({ ...given, created })))).toEqual([]);
  });

  it.each<[string, readonly Given[]]>([
    ['one Ingress', [at('a', { annotations: { 'use-regex': 'true' } })]],
    ['a value that one alone has', [at('a', { annotations: { 'server-alias': 'a.test' } }), at('b')]],
    ['equal values', [at('a', { annotations: { 'ssl-ciphers': 'A' } }), at('b', { annotations: { 'ssl-ciphers': 'A' } })]],
    ['one certificate', [at('a', { tls: [{ hosts: [host], secret: 'x' }] }), at('b', { tls: [{ hosts: [host], secret: 'x' }] }), at('c', { tls: [{ hosts: [host] }] })]],
    ['annotations of others', [at('a', { annotations: { 'example.com/proxy-body-size': '1m' } }), at('b')]],
    ['annotations of no location', [at('a', { annotations: { 'canary-weight': '1' } }), at('b')]],
    ['two hosts', [at('a'), at('b', { rules: { 'other.example.com': [path('P /a')] } })]],
  ])('does not matter for %s', (_, givens) => {
    expect(told(...givens)).toEqual([]);
  });

  const limited = (value: string): Given => ({ annotations: { 'proxy-body-size': value, 'proxy-read-timeout': '9' } });

  it('decides whose annotations the automatic / has', () => {
    expect(told(at('a', limited('1m')), at('b', limited('2m')))).toEqual([['order/undecided-unmatched', 'Ingress shop/b', { host, ingresses: 'shop/b, shop/a', first: 'shop/b' }]]);
    expect(told(at('a', limited('1m')), at('b', { annotations: { 'proxy-read-timeout': '9', 'proxy-body-size': '1m' } }))).toEqual([]);
    expect(told(at('a', limited('1m')), at('b', { ...limited('2m'), rules: { [host]: [path('P /')] } }))).toEqual([]);
    expect(told(at('a', { ...limited('1m'), rules: { '': [path('P /a')] } }), at('b', { ...limited('2m'), rules: { '': [path('P /b')] } }))).toEqual([]);
  });

  it('that the user states is told as such', () => {
    const assumed = (...givens: readonly Given[]) =>
      toldOf(buildConfiguration(inventory(givens.map((given, created) => ({ ...ingress({ created, ...given }), orderAssumed: true }))), defaultSettings, { ingressClasses: [], allClasses: false })).filter(([code]) => code.startsWith('order/'));
    const what = 'several have path /a';
    expect(assumed(at('a'), at('b', { rules: { [host]: [path('P /a')] } }))).toEqual([['order/assumed', 'Ingress shop/a', { host, ingresses: 'shop/a, shop/b', what }]]);
    expect(assumed(at('a', limited('1m')), at('b', limited('2m')))).toEqual([]);
  });
});
