import { createHash } from 'node:crypto';
import type { GatewayObject, JsonObject } from '../../../src/model/gateway.ts';
import { ports as backendPorts, type Backends } from '../../traffic/backends.ts';
import type { KubernetesObject } from '../../traffic/object.ts';
import type { KeyPair } from '../../traffic/supply.ts';

const nameOf = ({ namespace, name }: { readonly namespace?: string; readonly name: string }): string => `${namespace ?? 'default'}/${name}`;

interface Reference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

const isTree = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
const base64 = (value: string): string => Buffer.from(value).toString('base64');

/** Everything of the form `{ name, kind?, namespace?, port? }` under the keys that refer to other objects. */
function referencesIn(value: unknown, namespace: string, keys: readonly string[]): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(item, namespace, keys));
  if (!isTree(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = keys.includes(key) ? [inner].flat().filter(isTree) : [];
    const own = here.map((ref) => ({ kind: text(ref['kind'], ''), namespace: text(ref['namespace'], namespace), name: text(ref['name'], ''), port: Number(ref['port'] ?? 80) }));
    return [...own, ...referencesIn(inner, namespace, keys)];
  });
}

const references = (objects: readonly GatewayObject[], keys: readonly string[]): readonly Reference[] =>
  objects.flatMap(({ metadata, spec }) => referencesIn(spec, metadata.namespace ?? 'default', keys));

function serviceFor(refs: readonly Reference[]): KubernetesObject {
  const [{ namespace, name } = { namespace: '', name: '' }] = refs;
  const ports = [...new Set(refs.map(({ port }) => port))].map((port) => ({ name: `port-${port}`, port, targetPort: port, protocol: 'TCP' }));
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { ports } };
}

/** What the backends of a Service must speak: as the routes that name it say. */
function protocolsOf(objects: readonly GatewayObject[]): ReadonlyMap<string, keyof typeof backendPorts> {
  const of = (kind: string, protocol: keyof typeof backendPorts): readonly (readonly [string, keyof typeof backendPorts])[] =>
    references(objects.filter((object) => object.kind === kind), ['backendRefs']).map((ref) => [nameOf(ref), protocol]);
  return new Map([...of('GRPCRoute', 'h2c'), ...of('TLSRoute', 'https')]);
}

function sliceFor({ metadata, spec }: KubernetesObject, backends: Backends, protocol: keyof typeof backendPorts): KubernetesObject {
  const { name, namespace = 'default' } = metadata;
  const listed = isTree(spec) && Array.isArray(spec['ports']) ? spec['ports'].filter(isTree) : [];
  const ports = listed.map((port) => ({ name: text(port['name'], ''), port: backendPorts[protocol], protocol: 'TCP' }));
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-dataplane`, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [backends.addressOf(`${namespace}/${name}`)], conditions: { ready: true, serving: true, terminating: false } }],
    ports,
  };
}

/** Where a Service for HTTP/1.1 leads. */
export const endpointOf = (service: KubernetesObject, backends: Backends): KubernetesObject => sliceFor(service, backends, 'http');

/** Envoy takes SHA-1 password files alone. */
const passwordFile = `user:{SHA}${createHash('sha1').update('secret').digest('base64')}\n`;

function secretFor({ namespace, name }: Reference, { key, certificate }: KeyPair): KubernetesObject {
  const data = { 'tls.crt': base64(certificate), 'tls.key': base64(key), 'ca.crt': base64(certificate), '.htpasswd': base64(passwordFile) };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, type: 'kubernetes.io/tls', data };
}

function authorityFor({ namespace, name }: Reference, { certificate }: KeyPair): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data: { 'ca.crt': certificate } };
}

/**
 * What the emitted objects refer to: each Service with one endpoint, each Secret with a key pair, its own certificate authority and a password file.
 * `given` are Services of the input, whose ports are kept.
 */
export function needsOf(objects: readonly GatewayObject[], given: readonly KubernetesObject[], backends: Backends, pair: KeyPair): readonly KubernetesObject[] {
  const byService = new Map<string, Reference[]>();
  for (const ref of references(objects, ['backendRefs', 'backendRef'])) {
    if (ref.kind !== '' && ref.kind !== 'Service') continue;
    byService.set(nameOf(ref), [...(byService.get(nameOf(ref)) ?? []), ref]);
  }
  const own = given.filter(({ kind }) => kind === 'Service').map(({ metadata, spec }): KubernetesObject => {
    const kept = Object.fromEntries(Object.entries(isTree(spec) ? spec : {}).filter(([key]) => !key.startsWith('clusterIP')));
    return { apiVersion: 'v1', kind: 'Service', metadata: { name: metadata.name, namespace: metadata.namespace ?? 'default' }, spec: { ...kept, type: 'ClusterIP' } };
  });
  const known = new Set(own.map(({ metadata }) => nameOf(metadata)));
  const services = [...own, ...[...byService].filter(([name]) => !known.has(name)).map(([, refs]) => serviceFor(refs))];
  const secrets = new Map(
    references(objects, ['certificateRefs', 'caCertificateRefs', 'users', 'clientCertificateRef'])
      .filter(({ name }) => name !== '')
      .map((ref) => [`${ref.kind} ${nameOf(ref)}`, ref.kind === 'ConfigMap' ? authorityFor(ref, pair) : secretFor(ref, pair)]),
  );
  const protocols = protocolsOf(objects);
  const slices = services.map((service) => sliceFor(service, backends, protocols.get(nameOf(service.metadata)) ?? 'http'));
  return [...services, ...slices, ...secrets.values()];
}
