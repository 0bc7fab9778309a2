import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/model/gateway.ts';
import { ask, gateway, http, https, inShort, object, prefix, route, rule } from './gateway-objects.ts';

const everything = [rule(prefix('/'), 'web')];
const set = (listeners: readonly JsonObject[], parentRef: JsonObject, namespace = 'shop'): ReturnType<typeof object> => object('ListenerSet', 'more', { parentRef, listeners }, namespace);
const onSet: JsonObject = { parentRefs: [{ kind: 'ListenerSet', name: 'more' }] };

describe('namespaces that a listener admits', () => {
  const label = 'kubernetes.io/metadata.name';
  const admitted = (namespaces: JsonObject, namespace: string): boolean =>
    inShort(ask([gateway({ ...http, allowedRoutes: { namespaces } }), route('r', ['a.test'], everything, {}, namespace)])('http://a.test/')) !== '404';
  const chosen = (expression: JsonObject): JsonObject => ({ from: 'Selector', selector: { matchExpressions: [expression] } });
  it.each<readonly [string, JsonObject, string, boolean]>([
    ['all of them', { from: 'All' }, 'team', true],
    ['its own', { from: 'Same' }, 'shop', true],
    ['not another than its own', { from: 'Same' }, 'team', false],
    ['none', { from: 'None' }, 'shop', false],
    ['a listed one', chosen({ key: label, operator: 'In', values: ['shop', 'team'] }), 'team', true],
    ['not one that is not listed', chosen({ key: label, operator: 'In', values: ['shop'] }), 'team', false],
    ['one that is not excluded', chosen({ key: label, operator: 'NotIn', values: ['shop'] }), 'team', true],
    ['not an excluded one', chosen({ key: label, operator: 'NotIn', values: ['team'] }), 'team', false],
    ['any, as far as labels go that nobody knows', chosen({ key: 'tier', operator: 'In', values: ['front'] }), 'team', true],
    ['only what both conditions admit', { from: 'Selector', selector: { matchLabels: { [label]: 'team' }, matchExpressions: [{ key: label, operator: 'NotIn', values: ['team'] }] } }, 'team', false],
  ])('%s', (_name, namespaces, namespace, expected) => {
    expect(admitted(namespaces, namespace)).toBe(expected);
  });
});

describe('ListenerSet', () => {
  it('adds listeners to its Gateway, for routes that name it', () => {
    const at = ask([gateway(), set([https('a.test')], { name: 'edge' }), route('r', ['a.test'], everything, onSet)]);
    expect(inShort(at('https://a.test/'))).toBe('web /');
    expect(inShort(at('http://a.test/')), 'the route is on the set alone').toBe('404');
  });
  it('finds its Gateway in another namespace', () => {
    const at = ask([gateway(), set([https('a.test')], { name: 'edge', namespace: 'shop' }, 'team'), route('r', ['a.test'], everything, onSet, 'team')]);
    expect(inShort(at('https://a.test/'))).toBe('team/web /');
  });
  it('admits its own namespace, not that of the Gateway', () => {
    const at = ask([gateway(), set([https('a.test')], { name: 'edge', namespace: 'shop' }, 'team'), route('r', ['a.test'], everything, { parentRefs: [{ kind: 'ListenerSet', name: 'more', namespace: 'team' }] })]);
    expect(inShort(at('https://a.test/'))).toBe('404');
  });
  it('counts for nothing without its Gateway', () => {
    const elsewhere = ask([gateway(), set([{ ...http, name: 'other', hostname: 'b.test' }], { name: 'edges' }), route('r', ['b.test'], everything)]);
    expect(inShort(elsewhere('http://b.test/'))).toBe('web /');
  });
});

describe('a listener', () => {
  it('of another protocol is none', () => {
    expect(inShort(ask([gateway({ name: 'tcp', port: 80, protocol: 'TCP' }, https('b.test')), route('r', ['a.test'], everything)])('http://a.test/'))).toBe('0');
  });
  it('has a hostname of any case', () => {
    expect(inShort(ask([gateway({ ...http, hostname: 'A.Test' }), route('r', ['a.test'], everything)])('http://a.test/'))).toBe('web /');
  });
  it.each([
    ['https', 'https'],
    ['public-443', 'https'],
    ['tls', 'https'],
    ['secure', 'https'],
    ['web', 'http'],
  ] as const)('%s of a Gateway that exists already is taken for %s', (sectionName, scheme) => {
    const at = ask([route('r', ['a.test'], everything, { parentRefs: [{ name: 'edge', sectionName }] })]);
    expect(inShort(at(`${scheme}://a.test/`))).toBe('web /');
    expect(inShort(at(`${scheme === 'http' ? 'https' : 'http'}://a.test/`))).toBe('0');
  });
  it('that nobody names is open for both schemes at a Gateway that exists already', () => {
    const at = ask([route('r', ['a.test'], everything, { parentRefs: [{ name: 'edge' }] })]);
    expect([inShort(at('http://a.test/')), inShort(at('https://a.test/')), inShort(at('https://b.test/'))]).toEqual(['web /', 'web /', '404']);
  });
});
