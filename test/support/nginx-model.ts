import type { Ingress, IngressPath } from '../../src/model/ingress.ts';
import type { Inventory, Service } from '../../src/model/inventory.ts';
import { objectKey } from '../../src/model/object.ts';
import type { Source } from '../../src/model/origin.ts';
import type { EffectiveConfiguration, Location, Server, ServiceBackend, Upstream } from '../../src/nginx/configuration.ts';
import { defaultSettings } from '../../src/nginx/settings-read.ts';
import type { ControllerSettings } from '../../src/nginx/settings.ts';

/** Hand-made nginx models: what the stages after `nginx` are given, without building it from manifests. */

const source: Source = { file: 'test.yaml', index: 0, locate: () => ({ file: 'test.yaml', line: 1, column: 1 }) };
const origin = { source, path: [] };

/** The controller's own defaults. */
export const settings: ControllerSettings = defaultSettings;

/** Keys without a slash get the controller's prefix. */
export function ingress(name: string, annotations: Readonly<Record<string, string>>, hosts: Readonly<Record<string, readonly string[]>> = { 'shop.example.com': ['/'] }): Ingress {
  const path = (text: string): IngressPath => ({
    path: text,
    pathType: 'Prefix',
    backend: { kind: 'service', service: name, port: { kind: 'number', number: 80 }, origin },
    origin,
  });
  return {
    ref: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: 'web', name },
    source,
    root: [],
    createdAtMs: undefined,
    labels: new Map(),
    annotations: new Map(Object.entries(annotations).map(([key, value]) => [key.includes('/') ? key : `nginx.ingress.kubernetes.io/${key}`, value])),
    className: 'nginx',
    defaultBackend: undefined,
    rules: Object.entries(hosts).map(([host, paths]) => ({ host, paths: paths.map(path), origin })),
    tls: [],
  };
}

export function serviceBackend(name: string, canary?: Ingress): ServiceBackend {
  const attachment = canary && { ingress: canary, backend: { namespace: 'web', name: canary.ref.name, port: 80, appProtocol: '', origin } };
  const upstream: Upstream = { key: `web-${name}-80`, ingresses: [], canary: attachment };
  return { kind: 'service', namespace: 'web', name, port: 80, appProtocol: '', origin, upstream };
}

export function location(owner: Ingress | undefined, path: string, more: Partial<Location> = {}): Location {
  return {
    id: `${owner?.ref.name ?? ''} ${more.pathType ?? 'Prefix'} ${path}`,
    path,
    pathType: 'Prefix',
    match: { kind: 'prefix', path, bare: true },
    addSlashRedirect: false,
    automatic: false,
    ingress: owner,
    rule: owner?.rules[0]?.paths[0],
    backend: serviceBackend(owner?.ref.name ?? 'web'),
    denied: undefined,
    ...more,
  };
}

export function server(host: string, locations: readonly Location[], more: Partial<Server> = {}): Server {
  const owners = new Set(locations.flatMap((one) => one.ingress ?? []));
  const certificate = { kind: 'default', reason: 'no-tls-section' } as const;
  return { host, aliases: [], regex: undefined, tls: { certificate, redirects: false }, locations, ingresses: [...owners], ...more };
}

/** A host that some Ingress has a tls section for. */
export const withTls = { tls: { certificate: { kind: 'default', reason: 'no-secret-name' }, redirects: true } } as const satisfies Partial<Server>;

/** `ingresses` adds those that own no location, canaries for one. */
export function configuration(servers: readonly Server[], more: Partial<EffectiveConfiguration> = {}, ingresses: readonly Ingress[] = []): EffectiveConfiguration {
  const selected = new Set([...servers.flatMap((one) => one.ingresses), ...ingresses]);
  return { settings, servers, ingresses: [...selected], left: [], findings: [], ...more };
}

/** Services of the namespace `web`, by name and port. */
export function inventory(services: Readonly<Record<string, readonly number[]>> = {}): Inventory {
  const found = new Map(
    Object.entries(services).map(([name, ports]): [string, Service] => [
      objectKey('web', name),
      {
        ref: { apiVersion: 'v1', kind: 'Service', namespace: 'web', name },
        type: 'ClusterIP',
        externalName: '',
        ports: ports.map((port) => ({ name: '', port, targetPort: undefined, appProtocol: '', protocol: 'TCP' })),
        annotations: new Map(),
        origin,
      },
    ]),
  );
  const empty = { get: () => undefined, keys: () => [], isAbsent: () => false };
  return {
    ingresses: [],
    ingressClasses: new Map(),
    services: { get: (key) => found.get(key), keys: () => [], isAbsent: () => false },
    secrets: empty,
    configMaps: empty,
    controllers: [],
    namespaces: new Map(),
    namespaceStated: true,
    counts: { documents: 0, unrelated: 0, unreadable: 0 },
    unread: [],
  };
}
