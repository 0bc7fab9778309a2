import type { KubernetesObject } from './object.ts';
import { ports as backendPorts, type Backends } from './backends.ts';

/** PEM texts. */
export interface KeyPair {
  readonly key: string;
  readonly certificate: string;
}

/** The user of every password file that is supplied: `user` with the password `secret`. */
export const credentials = `Basic ${Buffer.from('user:secret').toString('base64')}`;
const passwordFile = 'user:{PLAIN}secret\n';

const prefix = 'nginx.ingress.kubernetes.io/';

interface Named {
  readonly namespace: string;
  readonly name: string;
}

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const treeOf = (value: unknown): Tree => (isTree(value) ? value : {});
const listOf = (value: unknown): readonly Tree[] => (Array.isArray(value) ? value.filter(isTree) : []);

/** Services an Ingress names, with the ports it names them by. */
function servicesOf({ metadata, spec }: KubernetesObject): readonly (Named & { readonly port: Tree })[] {
  const backends = [treeOf(spec)['defaultBackend'], ...listOf(treeOf(spec)['rules']).flatMap(({ http }) => listOf(treeOf(http)['paths']).map(({ backend }) => backend))];
  return backends.flatMap((backend) => {
    const { name, port } = treeOf(treeOf(backend)['service']);
    return typeof name === 'string' ? [{ namespace: metadata.namespace ?? 'default', name, port: treeOf(port) }] : [];
  });
}

function referenced(ingress: KubernetesObject, annotation: string): Named | undefined {
  const value = treeOf(ingress.metadata['annotations'])[prefix + annotation];
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const [first = '', second] = value.trim().split('/');
  const namespace = ingress.metadata.namespace ?? 'default';
  return second === undefined ? { namespace, name: first } : { namespace: first, name: second };
}

const encode = (text: string): string => Buffer.from(text).toString('base64');

const certificateData = ({ key, certificate }: KeyPair): Readonly<Record<string, string>> => ({ 'tls.crt': encode(certificate), 'tls.key': encode(key), 'ca.crt': encode(certificate) });

/** Fixtures leave the contents of their Secrets out, as nothing reads them; nginx does. */
function withContents(object: KubernetesObject, pair: KeyPair): KubernetesObject {
  if (object.kind !== 'Secret') return object;
  const contents = new Map(Object.entries({ ...certificateData(pair), auth: encode(passwordFile) }));
  const data = Object.entries(treeOf(object['data'])).map(([key, value]) => [key, value === '' ? (contents.get(key) ?? '') : value]);
  return data.length === 0 ? object : { ...object, data: Object.fromEntries(data) };
}

function secretsOf(ingress: KubernetesObject, { key, certificate }: KeyPair): readonly KubernetesObject[] {
  const secret = (named: Named | undefined, data: Readonly<Record<string, string>>): readonly KubernetesObject[] =>
    named === undefined ? [] : [{ kind: 'Secret', metadata: { ...named }, type: 'Opaque', data }];
  const tls = certificateData({ key, certificate });
  return [
    // As a file the key is auth; as a map every key is a user.
    ...secret(referenced(ingress, 'auth-secret'), { auth: encode(passwordFile), user: encode('{PLAIN}secret') }),
    ...secret(referenced(ingress, 'auth-tls-secret'), tls),
    ...secret(referenced(ingress, 'proxy-ssl-secret'), tls),
  ];
}

/** Target ports have names: the controller adds numeric ones to the endpoints of a Service with several ports, right or wrong. */
function servicePort(port: Tree, position: number): Tree {
  const { number, name } = port;
  if (typeof number === 'number') return { name: `port-${number}`, port: number, targetPort: `port-${number}`, protocol: 'TCP' };
  const text = typeof name === 'string' ? name : 'http';
  return { name: text, port: 9000 + position, targetPort: text, protocol: 'TCP' };
}

/** What the backends of a Service must speak: as the first Ingress that names it says. */
function protocolOf(ingresses: readonly KubernetesObject[], service: KubernetesObject): keyof typeof backendPorts {
  const user = ingresses.find((ingress) => servicesOf(ingress).some(({ namespace, name }) => name === service.metadata.name && namespace === service.metadata.namespace));
  const protocol = treeOf(user?.metadata['annotations'])[`${prefix}backend-protocol`];
  const name = typeof protocol === 'string' ? protocol.toUpperCase() : '';
  return name === 'GRPC' ? 'h2c' : name === 'HTTPS' || name === 'GRPCS' ? 'https' : 'http';
}

function endpoints({ metadata, spec }: KubernetesObject, backends: Backends, protocol: keyof typeof backendPorts): KubernetesObject {
  const namespace = metadata.namespace ?? 'default';
  const ports = listOf(treeOf(spec)['ports']).map(({ name }) => ({ name: typeof name === 'string' ? name : '', port: backendPorts[protocol], protocol: 'TCP' }));
  return {
    kind: 'EndpointSlice',
    metadata: { name: `${metadata.name}-oracle`, namespace, labels: { 'kubernetes.io/service-name': metadata.name } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [backends.addressOf(`${namespace}/${metadata.name}`)], conditions: { ready: true, serving: true, terminating: false } }],
    ports,
  };
}

/** Services of type ExternalName, with the numbers of the ports that Ingresses ask them at. */
export function externalNames(objects: readonly KubernetesObject[]): readonly { readonly service: string; readonly name: string; readonly ports: readonly number[] }[] {
  const asked = objects.filter(({ kind }) => kind === 'Ingress').flatMap(servicesOf);
  return objects.flatMap(({ kind, metadata, spec }) => {
    const { type, externalName } = treeOf(spec);
    if (kind !== 'Service' || type !== 'ExternalName' || typeof externalName !== 'string') return [];
    const users = asked.filter(({ namespace, name }) => name === metadata.name && namespace === metadata.namespace);
    const ports = users.flatMap(({ port: { number } }) => (typeof number === 'number' ? [number] : []));
    return [{ service: `${metadata.namespace ?? ''}/${metadata.name}`, name: externalName.toLowerCase(), ports }];
  });
}

const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

/**
 * The objects, and what they need to be served: a Service with one endpoint for every name that has none, and the Secrets annotations
 * name. Objects that are given stay as they are.
 */
export function supply(objects: readonly KubernetesObject[], backends: Backends, pair: KeyPair): readonly KubernetesObject[] {
  // Classes live in no namespace, and are looked up by their name alone.
  const given = objects.map((object) => withContents(object, pair)).map((object): KubernetesObject => (object.kind === 'IngressClass' ? object : { ...object, metadata: { ...object.metadata, namespace: object.metadata.namespace ?? 'default' } }));
  const known = new Set(given.map(nameOf));
  const ingresses = given.filter(({ kind }) => kind === 'Ingress');
  const made = new Map<string, KubernetesObject>();
  const ports = new Map<string, Tree[]>();
  for (const { namespace, name, port } of ingresses.flatMap(servicesOf)) {
    const service: KubernetesObject = { kind: 'Service', metadata: { name, namespace } };
    if (known.has(nameOf(service))) continue;
    const list = ports.get(nameOf(service)) ?? [];
    const written = servicePort(port, list.length);
    if (!list.some((one) => one['name'] === written['name'])) list.push(written);
    ports.set(nameOf(service), list);
    made.set(nameOf(service), { ...service, spec: { type: 'ClusterIP', clusterIP: backends.addressOf(`${namespace}/${name}`), ports: list } });
  }
  for (const secret of ingresses.flatMap((ingress) => secretsOf(ingress, pair))) if (!known.has(nameOf(secret))) made.set(nameOf(secret), secret);
  const all = [...given.filter(({ kind }) => kind !== 'Namespace'), ...made.values()];
  const slices = all.filter(({ kind, spec }) => kind === 'Service' && treeOf(spec)['type'] !== 'ExternalName').map((service) => endpoints(service, backends, protocolOf(ingresses, service)));
  const namespaces = [...new Set(all.map(({ metadata }) => metadata.namespace ?? 'default'))].map((name): KubernetesObject => ({ kind: 'Namespace', metadata: { name } }));
  const order = [...namespaces, ...slices, ...all.filter(({ kind }) => kind !== 'Ingress'), ...all.filter(({ kind }) => kind === 'Ingress')];
  return order;
}
