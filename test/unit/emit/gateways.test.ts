import { describe, expect, it } from 'vitest';
import { emit, fragment, httpListener, httpsListener, httpsRedirect, list, named, ofKind, plan, profile, rule, sections, tlsListener } from './builders.ts';

const onlyGateway = (result: ReturnType<typeof emit>): ReturnType<typeof ofKind>[number] | undefined => ofKind(result.value, 'Gateway')[0];
const codesOf = (result: ReturnType<typeof emit>): readonly string[] => result.findings.map(({ code }) => code);
const https = { listeners: 'https' } as const;

describe('Gateway of one namespace', () => {
  const result = emit(plan([rule({ ...https }), rule({ listeners: 'http', ...httpsRedirect })], [httpListener(), httpsListener('shop.example.com')]));

  it('has one HTTP listener and an HTTPS listener per host', () => {
    expect(onlyGateway(result)).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'shared-gateway', namespace: 'web' },
      spec: {
        gatewayClassName: 'example',
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP' },
          { name: 'https-shop-example-com', hostname: 'shop.example.com', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'tls' }] } },
        ],
      },
    });
    expect(result.findings).toEqual([]);
  });

  it('comes with its class, before everything else', () => {
    expect(named(result.value)).toEqual(['GatewayClass/example', 'Gateway/web/shared-gateway', 'HTTPRoute/web/shop-example-com', 'HTTPRoute/web/shop-example-com-redirect']);
    expect(result.value[0]?.spec).toEqual({ controllerName: 'example.com/controller' });
  });

  it('binds routes to listeners by section', () => {
    expect(ofKind(result.value, 'HTTPRoute').map(sections)).toEqual([['shared-gateway/https-shop-example-com'], ['shared-gateway/http']]);
  });
});

describe('Gateway of several namespaces', () => {
  const rules = [
    rule({ hostnames: ['a.com'], namespace: 'one', listeners: 'both' }),
    rule({ hostnames: ['a.com'], namespace: 'two', listeners: 'both', path: '/two' }),
    rule({ hostnames: ['b.com'], namespace: 'one' }),
    rule({ hostnames: [], namespace: 'two' }),
  ];
  const listeners = [httpListener(['one', 'two']), httpsListener('a.com', { secret: 'one/a-tls', namespaces: ['one', 'two'] })];
  const result = emit(plan(rules, listeners));

  it('admits only the owners of each host', () => {
    const admitted = list(onlyGateway(result), 'listeners').map((listener) => [listener['name'], JSON.stringify(listener['allowedRoutes'])]);
    const label = 'kubernetes.io/metadata.name';
    const both = JSON.stringify({ namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: label, operator: 'In', values: ['one', 'two'] }] } } });
    const only = (namespace: string): string => JSON.stringify({ namespaces: { from: 'Selector', selector: { matchLabels: { [label]: namespace } } } });
    expect(admitted).toEqual([['http-a-com', both], ['https-a-com', both], ['http-b-com', only('one')], ['http', only('two')]]);
  });

  it('stands in a namespace of its own, and says so', () => {
    expect(onlyGateway(result)?.metadata.namespace).toBe('gateway-system');
    expect(codesOf(result)).toEqual(['gateway/namespace']);
    expect(ofKind(result.value, 'HTTPRoute')[0]?.spec['parentRefs']).toEqual([
      { name: 'shared-gateway', namespace: 'gateway-system', sectionName: 'http-a-com' },
      { name: 'shared-gateway', namespace: 'gateway-system', sectionName: 'https-a-com' },
    ]);
  });

  it('is granted each foreign Secret by name', () => {
    expect(ofKind(result.value, 'ReferenceGrant')).toEqual([
      {
        apiVersion: 'gateway.networking.k8s.io/v1beta1',
        kind: 'ReferenceGrant',
        metadata: { name: 'secrets-for-gateways-of-gateway-system', namespace: 'one' },
        spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'gateway-system' }], to: [{ group: '', kind: 'Secret', name: 'a-tls' }] },
      },
    ]);
  });

  it('says nothing of a namespace that the user named, and takes the default where routes live there', () => {
    const given = emit(plan(rules, listeners), { gateway: { namespace: 'one', name: 'edge' } });
    expect(codesOf(given)).toEqual([]);
    expect(list(onlyGateway(given), 'listeners').map((listener) => listener['allowedRoutes'] === undefined)).toEqual([false, false, true, false]);
    expect(ofKind(given.value, 'ReferenceGrant')).toEqual([]);
  });
});

describe('GatewayClass', () => {
  const lowered = plan([rule()]);
  const classOf = (...args: Parameters<typeof emit>): unknown => ofKind(emit(...args).value, 'GatewayClass');

  it('is left out when the installation brings it, unless another name is asked for', () => {
    const target = profile({}, { installsGatewayClass: true });
    expect(classOf(lowered, {}, target)).toEqual([]);
    expect(classOf(lowered, { gatewayClass: 'edge' }, target)).toMatchObject([{ metadata: { name: 'edge' } }]);
  });

  it('is left out, with a finding, when the controller is unknown', () => {
    const target = profile({}, { controllerName: '', defaultGatewayClass: '' });
    expect(classOf(lowered, {}, target)).toEqual([]);
    expect(codesOf(emit(lowered, {}, target))).toEqual(['gateway/class']);
    expect(codesOf(emit(lowered, { gatewayClass: 'edge' }, target))).toEqual([]);
  });

  it('carries the parameters of the target', () => {
    const gatewayClassParameters = { group: 'x.example.com', kind: 'Proxy', name: 'p', namespace: 'n', other: undefined };
    expect(classOf({ ...lowered, gatewayClassParameters })).toMatchObject([{ spec: { parametersRef: { group: 'x.example.com', kind: 'Proxy', name: 'p', namespace: 'n' } } }]);
  });
});

describe('more listeners than a Gateway holds', () => {
  const hosts = Array.from({ length: 100 }, (_, index) => `h${index}.com`);
  const result = emit(plan(hosts.map((host) => rule({ hostnames: [host], listeners: 'both' })), [httpListener(), ...hosts.map((host) => httpsListener(host))]));

  it('makes several, each with what its hosts need', () => {
    const gateways = ofKind(result.value, 'Gateway');
    expect(named(gateways)).toEqual(['Gateway/web/shared-gateway', 'Gateway/web/shared-gateway-2']);
    expect(gateways.map((gateway) => list(gateway, 'listeners').length)).toEqual([64, 38]);
    expect(gateways.map((gateway) => list(gateway, 'listeners')[0]?.['name'])).toEqual(['http', 'http']);
    expect(codesOf(result)).toEqual(['gateway/several-addresses']);
  });

  it('keeps both schemes of a host on one Gateway', () => {
    const of = (host: string): readonly string[] => sections(ofKind(result.value, 'HTTPRoute').find(({ metadata }) => metadata.name === host));
    expect(of('h62-com')).toEqual(['shared-gateway/http', 'shared-gateway/https-h62-com']);
    expect(of('h63-com')).toEqual(['shared-gateway-2/http', 'shared-gateway-2/https-h63-com']);
  });

  it('keeps host and aliases together', () => {
    const names = Array.from({ length: 33 }, (_, index) => [`h${index}.com`, `www.h${index}.com`]);
    const rules = names.map((hostnames, index) => rule({ hostnames, listeners: 'https', namespace: index === 0 ? 'web' : 'two' }));
    const gateways = ofKind(emit(plan(rules, names.flat().map((host) => httpsListener(host)))).value, 'Gateway');
    expect(gateways.map((gateway) => list(gateway, 'listeners').length)).toEqual([64, 2]);
  });
});

describe('TLS passthrough', () => {
  it('has a TLS listener and a TLSRoute of the version at hand', () => {
    const lowered = plan([rule({ routeKind: 'TLSRoute', listeners: 'https', matches: [], hostnames: ['db.com'] })], [tlsListener('db.com')]);
    const result = emit(lowered);
    expect(list(onlyGateway(result), 'listeners')).toEqual([{ name: 'tls-db-com', hostname: 'db.com', port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' } }]);
    expect(ofKind(result.value, 'TLSRoute')).toEqual([
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'TLSRoute',
        metadata: { name: 'db-com-tls', namespace: 'web' },
        spec: { parentRefs: [{ name: 'shared-gateway', sectionName: 'tls-db-com' }], hostnames: ['db.com'], rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }] },
      },
    ]);
    const versionAt = (gatewayApiVersion: string): string | undefined => ofKind(emit(lowered, {}, profile({ gatewayApiVersion, channel: 'experimental' })).value, 'TLSRoute')[0]?.apiVersion;
    expect([versionAt('1.3'), versionAt('1.4'), versionAt('1.7')].map((version) => version?.split('/')[1])).toEqual(['v1alpha2', 'v1alpha3', 'v1']);
  });
});

describe('policies on Gateways', () => {
  it('point at the Gateway, or at one listener', () => {
    const listener = httpsListener('a.com', { policies: [fragment('ClientPolicy', { tls: { ca: 'x' } })] });
    const lowered = plan([rule({ hostnames: ['a.com'], ...https })], [listener], { gatewayPolicies: [fragment('ClientPolicy', { a: 1 }), fragment('ClientPolicy', { b: 2 })] });
    const ref = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'shared-gateway' };
    expect(ofKind(emit(lowered).value, 'ClientPolicy')).toMatchObject([
      { metadata: { name: 'shared-gateway', namespace: 'web' }, spec: { targetRefs: [ref], a: 1, b: 2 } },
      { metadata: { name: 'shared-gateway-https-a-com' }, spec: { targetRefs: [{ ...ref, sectionName: 'https-a-com' }], tls: { ca: 'x' } } },
    ]);
  });
});

describe('an input without namespaces', () => {
  it('gives objects without namespaces', () => {
    const result = emit(plan([rule()]), { omitNamespace: true });
    expect(named(result.value)).toEqual(['GatewayClass/example', 'Gateway/shared-gateway', 'HTTPRoute/shop-example-com']);
    expect(sections(ofKind(result.value, 'HTTPRoute')[0])).toEqual(['shared-gateway/http']);
  });

  it('states them when the Gateway stands elsewhere', () => {
    const result = emit(plan([rule()]), { omitNamespace: true, gateway: { namespace: 'edge', name: 'main' } });
    expect(named(result.value)).toEqual(['GatewayClass/example', 'Gateway/edge/main', 'HTTPRoute/web/shop-example-com']);
  });
});

it('gives nothing for nothing', () => {
  expect(emit(plan([], []))).toEqual({ value: [], findings: [], placed: new Map(), routes: [] });
});
