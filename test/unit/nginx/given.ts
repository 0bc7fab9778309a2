import type { Ingress, IngressBackend, IngressPath, IngressTls, PathType } from '../../../src/model/ingress.ts';
import type { ConfigMap, Index, IngressClass, Inventory, SecretNames, Service } from '../../../src/model/inventory.ts';
import { objectKey, type ObjectRef } from '../../../src/model/object.ts';
import type { Origin, Source } from '../../../src/model/origin.ts';
import { buildConfiguration } from '../../../src/nginx/build.ts';
import type { EffectiveConfiguration, Server } from '../../../src/nginx/configuration.ts';
import type { Selection } from '../../../src/nginx/selection.ts';
import { defaultSettings } from '../../../src/nginx/settings-read.ts';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';

const source: Source = { file: 'input.yaml', index: 0, locate: () => ({ file: 'input.yaml', line: 1, column: 1 }) };
const origin: Origin = { source, path: ['metadata', 'name'] };

const prefix = 'nginx.ingress.kubernetes.io';

/** `P /foo -> svc:80`; a backend of `resource` is one. */
export function path(text: string, backend = 'web:80'): IngressPath {
  const [type = 'P', value = '/'] = text.split(' ');
  const types: Readonly<Record<string, PathType>> = { P: 'Prefix', E: 'Exact', I: 'ImplementationSpecific' };
  return { path: value, pathType: types[type] ?? 'Prefix', backend: backendOf(backend), origin };
}

function backendOf(text: string): IngressBackend {
  if (text === 'resource') return { kind: 'resource', description: 'StorageBucket static', origin };
  const [service = '', port] = text.split(':');
  if (port === undefined) return { kind: 'service', service, port: undefined, origin };
  const number = Number(port);
  return { kind: 'service', service, port: Number.isNaN(number) ? { kind: 'name', name: port } : { kind: 'number', number }, origin };
}

export interface Given {
  readonly name?: string;
  readonly namespace?: string;
  readonly created?: number;
  readonly className?: string | undefined;
  /** Names without prefix, unless they hold a slash. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** host -> paths */
  readonly rules?: Readonly<Record<string, readonly IngressPath[]>>;
  readonly tls?: readonly { readonly hosts: readonly string[]; readonly secret?: string }[];
  readonly defaultBackend?: string;
}

export function ingress(given: Given): Ingress {
  const { name = 'web', namespace = 'shop' } = given;
  const annotations = Object.entries(given.annotations ?? {}).map(([key, value]) => [key.includes('/') ? key : `${prefix}/${key}`, value] as const);
  return {
    ref: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace, name },
    source,
    root: [],
    createdAtMs: given.created,
    labels: new Map(),
    annotations: new Map(annotations),
    className: 'className' in given ? given.className : 'nginx',
    defaultBackend: given.defaultBackend === undefined ? undefined : backendOf(given.defaultBackend),
    rules: Object.entries(given.rules ?? {}).map(([host, paths]) => ({ host, paths, origin })),
    tls: (given.tls ?? []).map((entry): IngressTls => ({ hosts: entry.hosts, secretName: entry.secret ?? '', origin })),
  };
}

const ref = (kind: string, namespace: string, name: string): ObjectRef => ({ apiVersion: 'v1', kind, namespace, name });

export function service(name: string, ports: readonly Partial<Service['ports'][number]>[], more: Partial<Service> = {}): Service {
  const port = (given: Partial<Service['ports'][number]>): Service['ports'][number] => ({
    name: '',
    port: 80,
    targetPort: undefined,
    appProtocol: '',
    protocol: 'TCP',
    ...given,
  });
  return { ref: ref('Service', 'shop', name), type: 'ClusterIP', externalName: '', ports: ports.map(port), annotations: new Map(), origin, ...more };
}

export function configMap(name: string, data: Readonly<Record<string, string>>): ConfigMap {
  return { ref: ref('ConfigMap', 'shop', name), data: new Map(Object.entries(data)), origin };
}

export function secret(name: string, keys: readonly string[]): SecretNames {
  return { ref: ref('Secret', 'shop', name), type: 'Opaque', keys: new Set(keys), origin };
}

export function ingressClass(name: string, controller = 'k8s.io/ingress-nginx', isDefault = false): IngressClass {
  return { name, controller, isDefault, parameters: '', origin };
}

function index<T extends { readonly ref: ObjectRef }>(objects: readonly T[] = [], complete = false): Index<T> {
  const byKey = new Map(objects.map((object) => [objectKey(object.ref.namespace, object.ref.name), object]));
  return { get: (key) => byKey.get(key), keys: () => [...byKey.keys()], isAbsent: (key) => complete && !byKey.has(key) };
}

export interface World {
  readonly services?: readonly Service[];
  readonly secrets?: readonly SecretNames[];
  readonly configMaps?: readonly ConfigMap[];
  readonly classes?: readonly IngressClass[];
  /** Services and Secrets that are not given do not exist. */
  readonly complete?: boolean;
}

export function inventory(ingresses: readonly Ingress[], world: World = {}): Inventory {
  return {
    ingresses,
    ingressClasses: new Map((world.classes ?? []).map((entry) => [entry.name, entry])),
    services: index(world.services, world.complete),
    secrets: index(world.secrets, world.complete),
    configMaps: index(world.configMaps),
    controllers: [],
    namespaces: new Map(),
    namespaceStated: true,
    counts: { documents: ingresses.length, unrelated: 0, unreadable: 0 },
    unread: [],
  };
}

export interface Options extends World {
  readonly settings?: Partial<ControllerSettings>;
  readonly selection?: Partial<Selection>;
}

export function build(givens: readonly Given[], options: Options = {}): EffectiveConfiguration {
  const { settings, selection, ...world } = options;
  const all = inventory(givens.map(ingress), world);
  return buildConfiguration(all, { ...defaultSettings, ...settings }, { ingressClasses: [], allClasses: false, ...selection });
}

export function serverOf(configuration: EffectiveConfiguration, host: string): Server {
  const server = configuration.servers.find((entry) => entry.host === host);
  if (server === undefined) throw new Error(`no server ${host}`);
  return server;
}

export function codesOf(configuration: EffectiveConfiguration): readonly string[] {
  return [...new Set(configuration.findings.map(({ code }) => code))].sort();
}

/** What is said, about which object, with what in the text. */
export function toldOf({ findings }: EffectiveConfiguration): readonly (readonly [string, string, Readonly<Record<string, string>>])[] {
  return findings.map(({ code, object, args }) => [code, object === undefined ? '' : `${object.kind} ${object.namespace}/${object.name}`, args]);
}
