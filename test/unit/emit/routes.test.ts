import { describe, expect, it } from 'vitest';
import { emit, fragment, httpListener, httpsListener, httpsRedirect, ingress, list, named, ofKind, plan, profile, rule, sections } from './builders.ts';
import type { LoweredRule } from '../../../src/targets/lowered.ts';

const routesOf = (rules: readonly LoweredRule[], target = profile()): ReturnType<typeof ofKind> => ofKind(emit(plan(rules), {}, target).value, 'HTTPRoute');
const many = (count: number, make: (index: number) => LoweredRule): readonly LoweredRule[] => Array.from({ length: count }, (_, index) => make(index));
const paths = (route: ReturnType<typeof ofKind>[number] | undefined): readonly unknown[] => list(route, 'rules').map((entry) => JSON.parse(JSON.stringify(entry['matches'])) as unknown);

describe('grouping', () => {
  it('puts the rules of a host and namespace into one route, in their order', () => {
    const [route, ...others] = routesOf([rule({ path: '/b' }), rule({ path: '/a', timeouts: { request: '0s' } })]);
    expect(others).toEqual([]);
    expect(route).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'shop-example-com', namespace: 'web' },
      spec: {
        parentRefs: [{ name: 'shared-gateway', sectionName: 'http' }],
        hostnames: ['shop.example.com'],
        rules: [
          { matches: [{ path: { type: 'PathPrefix', value: '/b' } }], backendRefs: [{ name: 'shop', port: 80 }] },
          { matches: [{ path: { type: 'PathPrefix', value: '/a' } }], backendRefs: [{ name: 'shop', port: 80 }], timeouts: { request: '0s' } },
        ],
      },
    });
  });

  it('names the routes beside the main one after what they do', () => {
    const host = { hostnames: ['a.com'] };
    const rules = [
      rule({ ...host, listeners: 'https' }),
      rule({ ...host, listeners: 'both', path: '/open' }),
      rule({ ...host, listeners: 'http', ...httpsRedirect }),
      rule({ ...host, listeners: 'https', routeKind: 'GRPCRoute', matches: [] }),
    ];
    const { value } = emit(plan(rules, [httpListener(), httpsListener('a.com')]));
    expect(named(value.filter(({ kind }) => kind.endsWith('Route')))).toEqual([
      'HTTPRoute/web/a-com',
      'HTTPRoute/web/a-com-any-scheme',
      'GRPCRoute/web/a-com-grpc',
      'HTTPRoute/web/a-com-redirect',
    ]);
  });

  it('has no hostnames for the catch-all, which never attaches to the listener of a host', () => {
    const { value } = emit(plan([rule({ hostnames: [], listeners: 'both' })], [httpListener(), httpsListener(''), httpsListener('a.com')]));
    const [route] = ofKind(value, 'HTTPRoute');
    expect(route?.metadata.name).toBe('catch-all');
    expect(route?.spec).not.toHaveProperty('hostnames');
    expect(sections(route)).toEqual(['shared-gateway/http', 'shared-gateway/https']);
  });

  it('serves aliases from one route, at the listeners there are', () => {
    const { value } = emit(plan([rule({ hostnames: ['a.com', 'b.com'], listeners: 'both' })], [httpListener(), httpsListener('a.com')]));
    expect(ofKind(value, 'HTTPRoute').map((route) => [route.spec['hostnames'], sections(route)])).toEqual([[['a.com', 'b.com'], ['shared-gateway/http', 'shared-gateway/https-a-com']]]);
  });
});

describe('limits', () => {
  it('numbers routes over 16 rules, keeping rules of one path together', () => {
    const branch = { path: '/15', matches: [{ path: { type: 'PathPrefix', value: '/15' }, headers: [{ type: 'Exact', name: 'x', value: 'y' }] }] } as const;
    const routes = routesOf([...many(15, (index) => rule({ path: `/${index}` })), rule(branch), rule({ path: '/15' }), rule({ path: '/16' })]);
    expect(routes.map(({ metadata }) => metadata.name)).toEqual(['shop-example-com', 'shop-example-com-2']);
    expect(routes.map((route) => list(route, 'rules').length)).toEqual([15, 3]);
  });

  it('keeps the order of the names the order of the parts', () => {
    const names = routesOf(many(16 * 11, (index) => rule({ path: `/${index}` }))).map(({ metadata }) => metadata.name);
    expect(names).toHaveLength(11);
    expect(names[0]).toBe('shop-example-com');
    expect(names[1]).toBe('shop-example-com-02');
    expect(names[10]).toBe('shop-example-com-11');
  });

  it('splits a path with more rules than a route holds', () => {
    const rules = many(20, (index) => rule({ matches: [{ path: { type: 'Exact', value: '/' }, headers: [{ type: 'Exact', name: 'x', value: `${index}` }] }] }));
    expect(routesOf(rules).map((route) => list(route, 'rules').length)).toEqual([16, 4]);
  });

  it('splits rules over 64 matches and routes over 128', () => {
    const matches = many(150, (index) => rule({ path: `/${index}` })).flatMap((entry) => entry.matches);
    const routes = routesOf([rule({ matches })]);
    expect(routes.map((route) => paths(route).map((entry) => (entry as unknown[]).length))).toEqual([[64, 64], [22]]);
  });

  it('knows the smaller limit of GRPCRoute before 1.3', () => {
    const matches = many(9, (index) => rule({ path: `/${index}` })).flatMap((entry) => entry.matches);
    const count = (gatewayApiVersion: string): number => {
      const { value } = emit(plan([rule({ routeKind: 'GRPCRoute', matches })]), {}, profile({ gatewayApiVersion }));
      return list(ofKind(value, 'GRPCRoute')[0], 'rules').length;
    };
    expect([count('1.2'), count('1.3')]).toEqual([2, 1]);
  });

  it('divides more than 16 hostnames, and every reference stays within 32', () => {
    const hostnames = Array.from({ length: 20 }, (_, index) => `h${index}.com`);
    const lowered = plan([rule({ hostnames, listeners: 'both' }), rule({ namespace: 'two' })], [httpListener(), ...hostnames.map((host) => httpsListener(host))]);
    const routes = ofKind(emit(lowered).value, 'HTTPRoute').filter(({ metadata }) => metadata.namespace === 'web');
    expect(routes.map((route) => [(route.spec['hostnames'] as string[]).length, sections(route).length])).toEqual([[16, 32], [4, 8]]);
    expect(routes.map(({ metadata }) => metadata.name)).toEqual(['h0-com', 'h0-com-2']);
  });
});

describe('policies', () => {
  const limit = fragment('LimitPolicy', { limit: 5 });
  const ref = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'shop-example-com' };

  it('attach to the route when all of its rules need the same', () => {
    const { value } = emit(plan([rule({ policies: [limit] }), rule({ path: '/a', policies: [limit] })]));
    expect(ofKind(value, 'LimitPolicy')).toEqual([
      { apiVersion: 'policy.example.com/v1', kind: 'LimitPolicy', metadata: { name: 'shop-example-com', namespace: 'web' }, spec: { targetRefs: [ref], limit: 5 } },
    ]);
    expect(list(ofKind(value, 'HTTPRoute')[0], 'rules').some((entry) => 'name' in entry)).toBe(false);
  });

  it('merge what is said of one kind', () => {
    const policies = [fragment('LimitPolicy', { a: { x: 1 } }), limit, fragment('LimitPolicy', { a: { y: [1] }, limit: 5, none: undefined })];
    expect(ofKind(emit(plan([rule({ policies })])).value, 'LimitPolicy').map(({ spec }) => spec)).toStrictEqual([{ targetRefs: [ref], a: { x: 1, y: [1] }, limit: 5 }]);
  });

  it('are a bug of the target when they contradict each other', () => {
    expect(() => emit(plan([rule({ policies: [limit, fragment('LimitPolicy', { limit: 6 })] })]))).toThrow('two values for limit of one LimitPolicy');
  });

  it('name the rules that need them', () => {
    const rules = [rule({ path: '/api', policies: [limit] }), rule({ path: '/b' }), rule({ path: '/c', policies: [limit] }), rule({ policies: [fragment('LimitPolicy', { limit: 7 })] })];
    const { value, placed } = emit(plan(rules));
    expect(list(ofKind(value, 'HTTPRoute')[0], 'rules').map(({ name }) => name)).toEqual(['api', undefined, 'c', 'root']);
    expect(ofKind(value, 'LimitPolicy').map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      ['shop-example-com-api', { targetRefs: [{ ...ref, sectionName: 'api' }, { ...ref, sectionName: 'c' }], limit: 5 }],
      ['shop-example-com-root', { targetRefs: [{ ...ref, sectionName: 'root' }], limit: 7 }],
    ]);
    expect(rules.map(({ planRule }) => placed.get(planRule)?.map(({ kind, name }) => `${kind}/${name}`))).toEqual([
      ['HTTPRoute/shop-example-com', 'LimitPolicy/shop-example-com-api'],
      ['HTTPRoute/shop-example-com'],
      ['HTTPRoute/shop-example-com', 'LimitPolicy/shop-example-com-api'],
      ['HTTPRoute/shop-example-com', 'LimitPolicy/shop-example-com-root'],
    ]);
  });

  it('divide the route where rules have no names', () => {
    const target = profile({ gatewayApiVersion: '1.3' });
    const { value } = emit(plan([rule({ path: '/api', policies: [limit] }), rule({ path: '/b' }), rule({ path: '/c', policies: [limit] })]), {}, target);
    expect(ofKind(value, 'HTTPRoute').map((route) => [route.metadata.name, list(route, 'rules').length])).toEqual([['shop-example-com', 2], ['shop-example-com-2', 1]]);
    expect(ofKind(value, 'LimitPolicy').map(({ spec }) => spec['targetRefs'])).toEqual([[ref]]);
  });

  it('come before the routes they protect, and so does what filters name', () => {
    const extension = { apiVersion: 'policy.example.com/v1', kind: 'RewriteFilter', metadata: { name: 'r', namespace: 'web' }, spec: {} };
    const { value, placed } = emit(plan([rule({ policies: [limit], extensions: [extension] }), rule({ path: '/a', extensions: [{ ...extension }] })]));
    expect(value.map(({ kind }) => kind)).toEqual(['GatewayClass', 'Gateway', 'LimitPolicy', 'RewriteFilter', 'HTTPRoute']);
    expect([...placed.values()][1]?.map(({ kind }) => kind)).toEqual(['HTTPRoute', 'RewriteFilter']);
    expect(() => emit(plan([rule({ extensions: [extension] })], [httpListener()], { objects: [{ ...extension, spec: { a: 1 } }] }))).toThrow('two different objects');
  });
});

describe('grants', () => {
  it('name the Service in the other namespace', () => {
    const mirror = { type: 'RequestMirror', requestMirror: { backendRef: { name: 'shadow', namespace: 'ops', port: 80 } } } as const;
    const backendRefs = [{ name: 'x', namespace: 'web', port: 1 }, { name: 'api', namespace: 'ops', port: 80 }];
    const { value } = emit(plan([rule({ backendRefs, filters: [mirror] })]));
    expect(ofKind(value, 'ReferenceGrant')).toEqual([
      {
        apiVersion: 'gateway.networking.k8s.io/v1beta1',
        kind: 'ReferenceGrant',
        metadata: { name: 'services-for-httproutes-of-web', namespace: 'ops' },
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'web' }],
          to: [{ group: '', kind: 'Service', name: 'api' }, { group: '', kind: 'Service', name: 'shadow' }],
        },
      },
    ]);
  });

  it('hold 16 names each', () => {
    const backends = many(20, (index) => rule({ path: `/${index}`, backendRefs: [{ name: `s${index}`, namespace: 'ops', port: 80 }] }));
    const grants = ofKind(emit(plan(backends)).value, 'ReferenceGrant');
    expect(grants.map((grant) => [grant.metadata.name, list(grant, 'to').length])).toEqual([['services-for-httproutes-of-web', 16], ['services-for-httproutes-of-web-2', 4]]);
  });
});

describe('labels and annotations', () => {
  const one = ingress('web', 'one', { labels: { app: 'shop', tier: 'a', 'helm.sh/chart': 'x', 'app.kubernetes.io/managed-by': 'Helm', bad: 'not valid!' }, annotations: { 'team/x': '1' } });
  const two = ingress('web', 'two', { labels: { app: 'shop', tier: 'b' }, annotations: { 'team/x': '2' } });

  it('keeps the labels all Ingresses agree on, without those by which tools track their objects', () => {
    expect(routesOf([rule({ ingresses: [one] })])[0]?.metadata.labels).toEqual({ app: 'shop', tier: 'a' });
    expect(routesOf([rule({ ingresses: [one] }), rule({ path: '/a', ingresses: [two] })])[0]?.metadata.labels).toEqual({ app: 'shop' });
  });

  it('keeps the first of two annotations and tells the other', () => {
    const rules = [rule({ ingresses: [one], routeAnnotations: new Map([['team/x', '1']]) }), rule({ path: '/a', ingresses: [two], routeAnnotations: new Map([['team/x', '2'], ['a', 'b']]) })];
    const { value, findings } = emit(plan(rules));
    expect(ofKind(value, 'HTTPRoute')[0]?.metadata.annotations).toEqual({ a: 'b', 'team/x': '1' });
    expect(findings.filter(({ code }) => code !== 'route/labels')).toMatchObject([{ code: 'route/annotation-conflict', annotation: 'team/x', object: two.ref }]);
  });
});
