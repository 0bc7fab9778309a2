import { describe, expect, test } from 'vitest';
import type { GatewayObject, JsonObject } from '../../../src/model/gateway.ts';
import { durationMilliseconds } from '../../../src/validate/duration.ts';
import { validateObjects } from '../../../src/validate/validate.ts';
import { gateway, make, route } from './objects.ts';
import { profileAt } from './support.ts';
import { growth, inProportion } from '../../support/growth.ts';

async function problems(object: GatewayObject, minor = 5, channel: 'standard' | 'experimental' = 'standard'): Promise<readonly string[]> {
  const findings = await validateObjects([object], profileAt(minor, channel));
  return findings.map(({ code, args }) => (code === 'internal/invalid-output' ? `${args['path'] ?? ''}: ${args['problem'] ?? ''}` : code));
}

const web = { name: 'web', port: 80, protocol: 'HTTP' };
const backendRefs = [{ name: 'checkout', port: 8080 }];
const header = (name: string): JsonObject => ({ name, value: 'x' });
const listeners = (count: number): readonly JsonObject[] => Array.from({ length: count }, (_, i) => ({ ...web, name: `l${i}`, port: 8000 + i }));
const paths = (count: number): readonly JsonObject[] => Array.from({ length: count }, (_, i) => ({ path: { value: `/${i}` } }));
const withMetadata = (metadata: Partial<GatewayObject['metadata']>): GatewayObject => {
  const object = route({ backendRefs });
  return { ...object, metadata: { ...object.metadata, ...metadata } };
};
const sets = (...names: readonly string[]): GatewayObject =>
  route({ backendRefs, filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: names.map(header) } }] });
const matches = (part: JsonObject): GatewayObject => route({ backendRefs, matches: [part] });

describe('valid objects', () => {
  test.each<readonly [string, GatewayObject]>([
    ['a route', route({ backendRefs })],
    ['64 matches', route({ backendRefs, matches: paths(64) })],
    ['64 listeners', gateway(...listeners(64))],
    ['a regex path without a slash', matches({ path: { type: 'RegularExpression', value: '^cart' } })],
    ['a class without a namespace', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'edge' }, spec: { controllerName: 'example.com/gateway' } }],
    ['an object of an API without vendored CRDs', make('SnippetsFilter', 'headers', { anything: true }, 'shop', 'gateway.nginx.org/v1alpha1')],
    ['a timeout of zero before a longer one', route({ backendRefs, timeouts: { request: '0s', backendRequest: '5s' } })],
    ['query parameters that differ in case', matches({ queryParams: [header('a'), header('A')] })],
  ])('%s', async (_name, object) => {
    expect(await problems(object)).toEqual([]);
  });
});

describe('invalid objects', () => {
  test.each<readonly [string, GatewayObject, string]>([
    ['an unknown field', route({ backendRefs, nosuch: 1 }), 'spec.rules[0]: unknown field nosuch'],
    ['17 rules', route({}, { rules: Array.from({ length: 17 }, () => ({ backendRefs })) }), 'spec.rules: must have at most 16 items'],
    ['65 matches', route({ backendRefs, matches: paths(65) }), 'spec.rules[0].matches: must have at most 64 items'],
    ['65 listeners', gateway(...listeners(65)), 'spec.listeners: must have at most 64 items'],
    ['no listeners', gateway(), 'spec.listeners: must have at least 1 items'],
    ['a path over 1024 characters', matches({ path: { value: `/${'a'.repeat(1024)}` } }), 'spec.rules[0].matches[0].path.value: may not be longer than 1024 characters'],
    ['a port out of range', gateway({ ...web, port: 65536 }), 'spec.listeners[0].port: must be at most 65535'],
    ['a fractional duration', route({ backendRefs, timeouts: { request: '1.5s' } }), 'spec.rules[0].timeouts.request: does not match the pattern of the field'],
    ['an upper-case hostname', route({ backendRefs }, { hostnames: ['Shop.example.com'] }), 'spec.hostnames[0]: does not match the pattern of the field'],
    ['a method in lower case', matches({ method: 'get' }), 'spec.rules[0].matches[0].method: unsupported value'],
    ['a missing field', gateway({ name: 'web', port: 80 }), 'spec.listeners[0]: lacks the field protocol'],
    ['a header set twice', sets('x-a', 'x-a'), 'spec.rules[0].filters[0].requestHeaderModifier.set: duplicate entry ["x-a"]'],
    ['a header set twice in another case', sets('x-a', 'X-A'), 'spec.rules[0].filters[0].requestHeaderModifier.set: duplicate entry ["X-A"]'],
    ['a header matched twice', matches({ headers: [header('x-a'), header('x-a')] }), 'spec.rules[0].matches[0].headers: duplicate entry ["x-a"]'],
    ['a name in upper case', withMetadata({ name: 'Checkout' }), 'metadata.name: does not match the pattern of the field'],
    ['a long label', withMetadata({ labels: { team: 'a'.repeat(64) } }), 'metadata.labels.team: may not be longer than 63 characters'],
    ['too many bytes of annotations', withMetadata({ annotations: { note: 'é'.repeat(131_072) } }), 'metadata.annotations: may not be more than 262144 bytes'],
    ['a class in a namespace', make('GatewayClass', 'edge', { controllerName: 'example.com/gateway' }), 'metadata.namespace: the kind is not namespaced'],
    [
      'a field of Envoy Gateway that is not vendored',
      make('SecurityPolicy', 'checkout', { targetRefs: [], jwt: {} }, 'shop', 'gateway.envoyproxy.io/v1alpha1'),
      'spec: unknown field jwt',
    ],
  ])('%s', async (_name, object, problem) => {
    expect(await problems(object)).toEqual([problem]);
  });
});

describe('releases and channels', () => {
  const retry = route({ backendRefs, retry: { attempts: 2 } });
  const cors = route({ backendRefs, filters: [{ type: 'CORS', cors: { allowOrigins: ['*'] } }] });
  const redirect = route({ filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 308 } }] });
  const tls = make('TLSRoute', 'payments', { hostnames: ['payments.example.com'], rules: [{ backendRefs }] });

  test.each<readonly [string, GatewayObject, number, 'standard' | 'experimental', boolean]>([
    ['retry', retry, 6, 'standard', false],
    ['retry', retry, 6, 'experimental', true],
    ['retry', retry, 7, 'standard', true],
    ['cors', cors, 4, 'standard', false],
    ['cors', cors, 5, 'standard', true],
    ['308', redirect, 4, 'experimental', false],
    ['308', redirect, 5, 'standard', true],
    ['TLSRoute v1', tls, 4, 'experimental', false],
    ['TLSRoute v1', tls, 5, 'standard', true],
  ])('%s, 1.x row %#', async (_name, object, minor, channel, valid) => {
    expect((await problems(object, minor, channel)).length === 0).toBe(valid);
  });
  test('a kind that is not served has its own finding', async () => {
    expect(await problems(tls, 4)).toEqual(['internal/unserved-kind']);
  });
});

test('a long invalid header value is judged in time that is in proportion', async () => {
  const value = `${'a'.repeat(4000)}  b`;
  expect(await problems(matches({ headers: [{ name: 'x-a', value }] }), 7, 'experimental')).toEqual(['spec.rules[0].matches[0].headers[0].value: does not match the pattern of the field']);
  const judged = (length: number): Promise<unknown> => problems(matches({ headers: [{ name: 'x-a', value: `${'a'.repeat(length)}  b` }] }), 7, 'experimental');
  expect(await growth(judged, 250)).toBeLessThan(inProportion);
});

test.each([
  ['0s', 0],
  ['1m30s', 90_000],
  ['1s500ms', 1500],
  ['2h', 7_200_000],
])('%s takes %i ms', (text, milliseconds) => {
  expect(durationMilliseconds(text)).toBe(milliseconds);
});
