import { describe, expect, it } from 'vitest';
import type { GatewayObject, JsonObject } from '../../../src/model/gateway.ts';
import { createGatewayEvaluator } from '../../../src/verify/gateway/evaluate.ts';
import { verifyProfileOf } from '../../../src/verify/gateway/profile.ts';
import type { ProbeOutcome, Upstream } from '../../../src/verify/outcome.ts';
import { inventory, service } from '../nginx/given.ts';
import { forwarded } from './ask.ts';
import { gateway, object, policy, prefix, request, route, rule } from './gateway-objects.ts';

const { services } = inventory([], { services: [service('web', [{ port: 80, name: 'plain' }, { port: 81, name: 'secure' }]), service('rpc', [{ port: 80, appProtocol: 'kubernetes.io/h2c' }])] });

function evaluate(objects: readonly GatewayObject[]): ProbeOutcome {
  return createGatewayEvaluator([gateway(), ...objects], verifyProfileOf('envoy-gateway', 'shop'), services)(request('http://a.test/x'));
}

const upstream = (objects: readonly GatewayObject[]): Upstream | undefined => forwarded(evaluate(objects)).backends[0]?.upstream;
const to = (backend: string, more: JsonObject = {}): GatewayObject => route('r', ['a.test'], [rule(prefix('/'), backend, more)]);

function tlsPolicy(section?: string): GatewayObject {
  return object('BackendTLSPolicy', `tls-${section ?? 'all'}`, {
    targetRefs: [{ group: '', kind: 'Service', name: 'web', ...(section === undefined ? {} : { sectionName: section }) }],
    validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }], hostname: 'web.internal' },
  });
}

describe('how a gateway speaks to backends', () => {
  const byCa: Upstream = { protocol: 'http/1', tls: { name: 'web.internal', ca: 'shop/ca' } };
  const backend = (spec: JsonObject): readonly GatewayObject[] => [
    route('r', ['a.test'], [{ matches: [prefix('/')], backendRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'b' }] }]),
    object('Backend', 'b', { endpoints: [{ fqdn: { hostname: 'web.shop.svc.cluster.local', port: 80 } }], ...spec }),
  ];

  it('plainly, unless the port of the Service says otherwise', () => {
    expect(upstream([to('web')])).toBeUndefined();
    expect(upstream([to('rpc')])).toEqual({ protocol: 'http/2', tls: 'none' });
  });

  it('in HTTP/2 for a GRPCRoute', () => {
    const grpc = object('GRPCRoute', 'g', { parentRefs: [{ name: 'edge' }], hostnames: ['a.test'], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] });
    expect(upstream([grpc])).toEqual({ protocol: 'http/2', tls: 'none' });
  });

  it('over verified TLS where a policy is about the Service, or about its port by name', () => {
    expect(upstream([to('web'), tlsPolicy()])).toEqual(byCa);
    expect(upstream([to('web'), tlsPolicy('plain')])).toEqual(byCa);
    expect(upstream([to('web'), tlsPolicy('secure')])).toBeUndefined();
    expect(upstream([to('web'), tlsPolicy(''), tlsPolicy('plain')])).toEqual(byCa);
  });

  it('over TLS verified by the CAs of the system where a policy names none', () => {
    const ofSystem: GatewayObject = object('BackendTLSPolicy', 'system', { targetRefs: [{ group: '', kind: 'Service', name: 'web' }], validation: { wellKnownCACertificates: 'System', hostname: 'web.internal' } });
    const expected: Upstream = { protocol: 'http/1', tls: { name: 'web.internal', ca: 'the CAs of the system' } };
    expect(upstream([to('web'), ofSystem])).toEqual(expected);
    expect(upstream(backend({ tls: { wellKnownCACertificates: 'System', sni: 'web.internal' } }))).toEqual(expected);
  });

  it('in HTTP/2 where a Backend of Envoy Gateway says so, or a GRPCRoute leads to it', () => {
    const grpc = object('GRPCRoute', 'r', { parentRefs: [{ name: 'edge' }], hostnames: ['a.test'], rules: [{ backendRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'b' }] }] });
    expect(upstream(backend({ appProtocols: ['gateway.envoyproxy.io/h2c'] }))).toEqual({ protocol: 'http/2', tls: 'none' });
    expect(upstream(backend({ appProtocols: ['gateway.envoyproxy.io/ws'] }))).toBeUndefined();
    expect(upstream([grpc, ...backend({}).slice(1)])).toEqual({ protocol: 'http/2', tls: 'none' });
  });

  it('as a Backend of Envoy Gateway says', () => {
    expect(upstream(backend({}))).toBeUndefined();
    expect(upstream(backend({ tls: { insecureSkipVerify: true } }))).toEqual({ protocol: 'http/1', tls: 'unverified' });
    expect(upstream(backend({ tls: { caCertificateRefs: [{ kind: 'Secret', name: 'ca' }], sni: 'web.internal' } }))).toEqual(byCa);
  });
});

describe('tries and error pages of a gateway', () => {
  const tries = (objects: readonly GatewayObject[]): string | undefined => forwarded(evaluate(objects)).limits.find(({ kind }) => kind === 'tries')?.value;
  const traffic = (spec: JsonObject): readonly GatewayObject[] => [to('web'), policy('BackendTrafficPolicy', { kind: 'HTTPRoute', name: 'r' }, spec)];

  it('are those of the rule, with connection errors', () => {
    expect(tries([to('web')])).toBeUndefined();
    expect(tries([to('web', { retry: { attempts: 2, codes: [503, 502] } })])).toBe('3 after connect, error, 502, 503');
  });

  it('are those that the policy names', () => {
    expect(tries(traffic({ retry: { numRetries: 1, retryOn: { triggers: ['connect-failure', 'reset', 'retriable-status-codes'], httpStatusCodes: [503] } } }))).toBe('2 after connect, error, 503');
    expect(tries(traffic({ retry: { numRetries: 0 } }))).toBe('none');
    expect(tries(traffic({ retry: {} }))).toBe('3 after connect, 503');
  });

  it('replace answers by a fixed one', () => {
    const match = { statusCodes: [{ type: 'Value', value: 503 }, { type: 'Value', value: 404 }] };
    expect(forwarded(evaluate(traffic({ responseOverride: [{ match, response: { statusCode: 404 } }] }))).errorPages).toBe('404, 503 by 404');
  });

  it('replace ranges of answers, by a text that keeps the status, and several in turn', () => {
    const range = { match: { statusCodes: [{ type: 'Range', range: { start: 500, end: 504 } }] }, response: { body: { type: 'Inline', inline: 'x' } } };
    const value = { match: { statusCodes: [{ type: 'Value', value: 404 }, { type: 'Value', value: 404 }] }, response: { statusCode: 410 } };
    expect(forwarded(evaluate(traffic({ responseOverride: [range, value] }))).errorPages).toBe('500-504 by a fixed text; 404 by 410');
    expect(forwarded(evaluate(traffic({ responseOverride: [] }))).errorPages).toBeUndefined();
  });
});
