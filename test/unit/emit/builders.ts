import type { EmitOptions } from '../../../src/emit/options.ts';
import { emitObjects, type Emission } from '../../../src/emit/emit.ts';
import type { GatewayObject, JsonObject } from '../../../src/model/gateway.ts';
import type { Ingress } from '../../../src/model/ingress.ts';
import type { Origin, Source } from '../../../src/model/origin.ts';
import type { LoweredListener, LoweredPlan, LoweredRule, PolicyFragment } from '../../../src/targets/lowered.ts';
import type { Profile } from '../../../src/targets/profile.ts';
import { makeProfile } from '../../../src/targets/versions.ts';

const source: Source = { file: 'input.yaml', index: 0, locate: () => ({ file: 'input.yaml', line: 1, column: 1 }) };
const origin: Origin = { source, path: [] };

export function profile(options: { gatewayApiVersion?: string; channel?: string } = {}, more: Partial<Profile> = {}): Profile {
  const made = makeProfile(options, {
    target: 'test',
    targetVersion: '1.0',
    controllerName: 'example.com/controller',
    defaultGatewayClass: 'example',
    regex: { dialect: 're2', extent: 'whole', captureRewrite: false },
  });
  if ('error' in made) throw new Error(made.error);
  return { ...made, ...more };
}

export function ingress(namespace: string, name: string, more: { labels?: Record<string, string>; annotations?: Record<string, string> } = {}): Ingress {
  return {
    ref: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace, name },
    source,
    root: [],
    createdAtMs: undefined,
    labels: new Map(Object.entries(more.labels ?? {})),
    annotations: new Map(Object.entries(more.annotations ?? {})),
    className: 'nginx',
    defaultBackend: undefined,
    rules: [],
    tls: [],
  };
}

export type RuleParts = Partial<Omit<LoweredRule, 'matches'>> & { readonly path?: string; readonly matches?: LoweredRule['matches'] };

let counter = 0;

/** A rule of shop.example.com in namespace web on plain HTTP, unless stated otherwise. */
export function rule({ path = '/', ...parts }: RuleParts = {}): LoweredRule {
  counter += 1;
  const id = `rule-${counter}` as LoweredRule['id'];
  return {
    id,
    planRule: id,
    hostnames: ['shop.example.com'],
    namespace: 'web',
    routeKind: 'HTTPRoute',
    listeners: 'http',
    matches: [{ path: { type: 'PathPrefix', value: path } }],
    filters: [],
    backendRefs: [{ name: 'shop', port: 80 }],
    policies: [],
    extensions: [],
    closedBy: [],
    ingresses: [],
    routeAnnotations: new Map(),
    ...parts,
  };
}

export const httpsRedirect: Pick<LoweredRule, 'filters' | 'backendRefs'> = {
  filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 308 } }],
  backendRefs: [],
};

export function httpListener(namespaces: readonly string[] = ['web']): LoweredListener {
  return { hostname: '', protocol: 'HTTP', certificate: undefined, namespaces, policies: [], gatewayAnnotations: new Map() };
}

type ListenerParts = Partial<Omit<LoweredListener, 'certificate' | 'gatewayAnnotations'>> & { readonly secret?: string; readonly annotations?: Record<string, string> };

/** The HTTPS listener of a host, with its Secret in namespace web unless `secret` says NAMESPACE/NAME. */
export function httpsListener(hostname: string, { secret = 'web/tls', annotations = {}, ...parts }: ListenerParts = {}): LoweredListener {
  const [namespace = '', name = ''] = secret.split('/');
  return {
    hostname,
    protocol: 'HTTPS',
    certificate: { namespace, name, origin },
    namespaces: ['web'],
    policies: [],
    gatewayAnnotations: new Map(Object.entries(annotations)),
    ...parts,
  };
}

export function tlsListener(hostname: string): LoweredListener {
  return { hostname, protocol: 'TLS', certificate: undefined, namespaces: ['web'], policies: [], gatewayAnnotations: new Map() };
}

export function fragment(kind: string, spec: JsonObject): PolicyFragment {
  return { apiVersion: 'policy.example.com/v1', kind, spec };
}

export function plan(rules: readonly LoweredRule[], listeners: readonly LoweredListener[] = [httpListener()], more: Partial<LoweredPlan> = {}): LoweredPlan {
  return { rules, listeners, gatewayPolicies: [], objects: [], ...more };
}

export const defaults: EmitOptions = { gateway: undefined, gatewayClass: undefined, layout: 'shared', existingGateway: false, omitNamespace: false };

export function emit(lowered: LoweredPlan, options: Partial<EmitOptions> = {}, target: Profile = profile()): Emission {
  return emitObjects(lowered, target, { ...defaults, ...options });
}

export function ofKind(objects: readonly GatewayObject[], kind: string): readonly GatewayObject[] {
  return objects.filter((object) => object.kind === kind);
}

export function named(objects: readonly GatewayObject[]): readonly string[] {
  return objects.map(({ kind, metadata: { namespace, name } }) => [kind, namespace, name].filter((part) => part !== undefined).join('/'));
}

/** parentRefs of a route as `gateway/section`. */
export function sections(route: GatewayObject | undefined): readonly string[] {
  const refs = route?.spec['parentRefs'];
  if (!Array.isArray(refs)) return [];
  return refs.map((ref: { name: string; sectionName?: string }) => `${ref.name}/${ref.sectionName ?? '*'}`);
}

/** A list of the spec as objects. */
export function list(object: GatewayObject | undefined, key: string): readonly JsonObject[] {
  const value = object?.spec[key];
  return value !== undefined && Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}
