import { describe, expect, test } from 'vitest';
import type { GatewayObject, JsonObject } from '../../../src/model/gateway.ts';
import { validateObjects } from '../../../src/validate/validate.ts';
import { gateway, grant, make, route } from './objects.ts';
import { profileAt } from './support.ts';

const envoy = 'gateway.envoyproxy.io/v1alpha1';

async function problems(...objects: readonly GatewayObject[]): Promise<readonly string[]> {
  const findings = await validateObjects(objects, profileAt(5, 'standard'));
  return findings.map(({ code, args }) => `${code}: ${args['path'] ?? ''}: ${args['problem'] ?? ''}`);
}
const broken = (path: string, problem: string): readonly string[] => [`internal/broken-reference: ${path}: ${problem}`];

const web = { name: 'web', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } };
const backendRefs = [{ name: 'checkout', port: 8080 }];
const parent = (part: JsonObject): JsonObject => ({ parentRefs: [{ name: 'public', namespace: 'edge', ...part }] });
const selected = (...values: readonly string[]): JsonObject => ({
  ...web,
  allowedRoutes: { namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] } } },
});

describe('parents', () => {
  test.each<readonly [string, GatewayObject, GatewayObject]>([
    ['a listener by name', gateway(web), route({ backendRefs })],
    ['any listener', gateway(web), route({ backendRefs }, parent({}))],
    ['a listener that selects the namespace', gateway(selected('blog', 'shop')), route({ backendRefs })],
    ['a wildcard listener', gateway({ ...web, hostname: '*.example.com' }), route({ backendRefs }, { hostnames: ['shop.example.com'] })],
    ['a wildcard route', gateway({ ...web, hostname: 'shop.example.com' }), route({ backendRefs }, { hostnames: ['*.example.com'] })],
  ])('%s', async (_name, ...objects) => {
    expect(await problems(...objects)).toEqual([]);
  });
  test('a Gateway outside the output is not asked', async () => {
    expect(await problems(route({ backendRefs }))).toEqual([]);
  });
  test.each<readonly [string, GatewayObject, GatewayObject, string]>([
    ['another Gateway', gateway(web), route({ backendRefs }, parent({ name: 'other' })), 'there is no Gateway other'],
    ['another listener', gateway(web), route({ backendRefs }, parent({ sectionName: 'nosuch' })), 'Gateway public has no listener nosuch'],
    ['another namespace', gateway({ name: 'web', port: 80, protocol: 'HTTP' }), route({ backendRefs }), 'listener web does not admit routes of namespace shop'],
    ['an unselected namespace', gateway(selected('blog')), route({ backendRefs }), 'listener web does not admit routes of namespace shop'],
    ['another hostname', gateway({ ...web, hostname: '*.example.com' }), route({ backendRefs }, { hostnames: ['example.com'] }), "listener web serves none of the route's hostnames"],
    ['another protocol', gateway({ ...web, protocol: 'TCP' }), route({ backendRefs }), 'listener web has the protocol TCP'],
    ['no listener at all', gateway({ ...web, protocol: 'TCP' }), route({ backendRefs }, parent({})), 'listener web has the protocol TCP'],
  ])('%s', async (_name, owner, child, problem) => {
    expect(await problems(owner, child)).toEqual(broken('spec.parentRefs[0]', problem));
  });
});

describe('references across namespaces', () => {
  const foreign = route({ backendRefs: [{ name: 'users', namespace: 'accounts', port: 80 }] });
  const mirrored = route({ backendRefs, filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'users', namespace: 'accounts', port: 80 } } }] });
  const refused = 'no ReferenceGrant in accounts lets it name Service users';
  const secured = gateway({ ...web, port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'shop-tls', namespace: 'shop' }] } });
  const routes = { kind: 'HTTPRoute', namespace: 'shop' };

  test('need a grant', async () => {
    expect(await problems(foreign)).toEqual(broken('spec.rules[0].backendRefs[0]', refused));
    expect(await problems(mirrored)).toEqual(broken('spec.rules[0].filters[0]', refused));
    expect(await problems(secured)).toEqual(broken('spec.listeners[0].tls.certificateRefs[0]', 'no ReferenceGrant in shop lets it name Secret shop-tls'));
  });
  test.each<readonly [string, GatewayObject, GatewayObject]>([
    ['by name', foreign, grant(routes, { kind: 'Service', name: 'users' }, 'accounts')],
    ['by kind', mirrored, grant(routes, { kind: 'Service' }, 'accounts')],
    ['from a Gateway', secured, grant({ kind: 'Gateway', namespace: 'edge' }, { kind: 'Secret', name: 'shop-tls' }, 'shop')],
  ])('are granted %s', async (_name, object, granting) => {
    expect(await problems(object, granting)).toEqual([]);
  });
  test.each<readonly [string, GatewayObject]>([
    ['another Service', grant(routes, { kind: 'Service', name: 'orders' }, 'accounts')],
    ['another kind of route', grant({ ...routes, kind: 'GRPCRoute' }, { kind: 'Service' }, 'accounts')],
    ['another source', grant({ ...routes, namespace: 'blog' }, { kind: 'Service' }, 'accounts')],
    ['another target', grant(routes, { kind: 'Service' }, 'shop')],
  ])('are not granted by a grant for %s', async (_name, granting) => {
    expect(await problems(foreign, granting)).toEqual(broken('spec.rules[0].backendRefs[0]', refused));
  });
});

describe('objects of the target', () => {
  const extension = { type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'rewrite' } };
  const extended = route({ backendRefs, filters: [extension] });
  const filter = (namespace: string): GatewayObject => make('HTTPRouteFilter', 'rewrite', { directResponse: { statusCode: 403 } }, namespace, envoy);
  const backend = { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'users' };
  const policy = (target: JsonObject): GatewayObject =>
    make('BackendTrafficPolicy', 'checkout', { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', ...target }] }, 'shop', envoy);

  test('a filter must be in the namespace of its route', async () => {
    expect(await problems(extended, filter('shop'))).toEqual([]);
    expect(await problems(extended, filter('edge'))).toEqual(broken('spec.rules[0].filters[0].extensionRef', "there is no HTTPRouteFilter rewrite in the route's namespace"));
  });
  test('a backend must be in the output', async () => {
    expect(await problems(route({ backendRefs: [backend] }))).toEqual(broken('spec.rules[0].backendRefs[0]', 'there is no Backend users'));
  });
  test('a policy must name a route, and a rule of it', async () => {
    expect(await problems(route({ backendRefs, name: 'cart' }), policy({ name: 'checkout', sectionName: 'cart' }))).toEqual([]);
    expect(await problems(route({ backendRefs }), policy({ name: 'other' }))).toEqual(broken('spec.targetRefs[0]', "there is no HTTPRoute other in the policy's namespace"));
    expect(await problems(route({ backendRefs }), policy({ name: 'checkout', sectionName: 'cart' }))).toEqual(broken('spec.targetRefs[0]', 'HTTPRoute checkout has no cart'));
  });
});

test('a closed rule must not mirror', async () => {
  const mirror = { type: 'RequestMirror', requestMirror: { backendRef: { name: 'shadow', port: 80 } } };
  expect(await problems(route({ filters: [mirror] }))).toEqual(['internal/closed-rule-forwards: spec.rules[0].filters[0]: ']);
  expect(await problems(route({ filters: [mirror, { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }))).toEqual([]);
  expect(await problems(route({ filters: [mirror], backendRefs }))).toEqual([]);
});

test('an object must not be there twice', async () => {
  expect(await problems(route({ backendRefs }), route({ backendRefs }))).toEqual(['internal/duplicate-object: : ']);
  expect(await problems(route({ backendRefs }), route({ backendRefs }, {}, 'blog'))).toEqual([]);
});
