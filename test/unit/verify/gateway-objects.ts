import type { GatewayObject, Json, JsonObject } from '../../../src/model/gateway.ts';
import { createGatewayEvaluator } from '../../../src/verify/gateway/evaluate.ts';
import { verifyProfileOf } from '../../../src/verify/gateway/profile.ts';
import type { ProbeOutcome, ProbeRequest } from '../../../src/verify/outcome.ts';

const group = 'gateway.networking.k8s.io';

export function object(kind: string, name: string, spec: JsonObject, namespace = 'shop'): GatewayObject {
  return { apiVersion: 'v1', kind, metadata: { name, namespace }, spec };
}

export const http: JsonObject = { name: 'http', port: 80, protocol: 'HTTP' };
export const https = (hostname: string): JsonObject => ({ name: `https-${hostname}`, port: 443, protocol: 'HTTPS', hostname });

export const gateway = (...listeners: readonly JsonObject[]): GatewayObject => object('Gateway', 'edge', { listeners: listeners.length === 0 ? [http] : listeners });

export const to = (name: string, more: JsonObject = {}): JsonObject => ({ name, port: 80, ...more });
export const prefix = (value: string): JsonObject => ({ path: { type: 'PathPrefix', value } });
export const exact = (value: string): JsonObject => ({ path: { type: 'Exact', value } });
export const regex = (value: string): JsonObject => ({ path: { type: 'RegularExpression', value } });

/** A rule for one match to one backend. */
export const rule = (match: JsonObject, backend: string, more: JsonObject = {}): JsonObject => ({ matches: [match], backendRefs: [to(backend)], ...more });

export function route(name: string, hostnames: readonly string[], rules: readonly Json[], more: JsonObject = {}, namespace = 'shop'): GatewayObject {
  return object('HTTPRoute', name, { parentRefs: [{ name: 'edge', namespace: 'shop' }], hostnames, rules, ...more }, namespace);
}

export function policy(kind: string, target: JsonObject, spec: JsonObject): GatewayObject {
  return object(kind, `${kind}-policy`, { targetRefs: [{ group, ...target }], ...spec });
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly target?: string;
}

export function request(url: string, { method = 'GET', headers = {} }: Ask = {}): ProbeRequest {
  const [, scheme = '', host = '', target = ''] = /^(https?):\/\/([^/]*)(.*)$/u.exec(url) ?? [];
  return { method, scheme: scheme === 'https' ? 'https' : 'http', host, target, headers: new Map(Object.entries(headers)), address: '203.0.113.7' };
}

export function ask(objects: readonly GatewayObject[], target = 'envoy-gateway'): (url: string, how?: Ask) => ProbeOutcome {
  const evaluate = createGatewayEvaluator(objects, verifyProfileOf(target, 'shop'));
  return (url, how) => evaluate(request(url, how));
}

/** An outcome in one line: `web /x`, `302 http://...`, `404`. */
export function inShort(outcome: ProbeOutcome): string {
  if (outcome.kind === 'redirected') return `${outcome.status} ${outcome.location}`;
  if (outcome.kind === 'answered') return String(outcome.status);
  const backends = outcome.backends.map(({ namespace, name, share }) => `${namespace === 'shop' ? '' : `${namespace}/`}${name === '' ? '-' : name}${share === 1 ? '' : ` ${share}`}`).join('+');
  return `${backends} ${outcome.target}`;
}
