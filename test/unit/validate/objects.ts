import type { GatewayObject, JsonObject } from '../../../src/model/gateway.ts';

const v1 = 'gateway.networking.k8s.io/v1';

export function make(kind: string, name: string, spec: JsonObject, namespace = 'shop', apiVersion = v1): GatewayObject {
  return { apiVersion, kind, metadata: { name, namespace }, spec };
}

export const gateway = (...listeners: readonly JsonObject[]): GatewayObject => make('Gateway', 'public', { gatewayClassName: 'edge', listeners }, 'edge');

/** A route on the Gateway above. */
export function route(rule: JsonObject, spec: JsonObject = {}, namespace = 'shop'): GatewayObject {
  return make('HTTPRoute', 'checkout', { parentRefs: [{ name: 'public', namespace: 'edge', sectionName: 'web' }], rules: [rule], ...spec }, namespace);
}

export function grant(from: { readonly kind: string; readonly namespace: string }, to: { readonly kind: string; readonly name?: string }, namespace: string): GatewayObject {
  const spec = { from: [{ group: 'gateway.networking.k8s.io', ...from }], to: [{ group: '', ...to }] };
  return make('ReferenceGrant', 'grant', spec, namespace, 'gateway.networking.k8s.io/v1beta1');
}
