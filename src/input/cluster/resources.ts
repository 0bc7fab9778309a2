/** A kind as the API server addresses it. */
export interface ResourceType {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const resource = (group: string, plural: string, kind: string, namespaced = true): ResourceType => ({ group, version: 'v1', plural, kind, namespaced });

/** What a migration reads, besides the kinds of the Gateway API: those are asked for by `servedResources`. */
export const resources = {
  ingresses: resource('networking.k8s.io', 'ingresses', 'Ingress'),
  ingressClasses: resource('networking.k8s.io', 'ingressclasses', 'IngressClass', false),
  services: resource('', 'services', 'Service'),
  namespaces: resource('', 'namespaces', 'Namespace', false),
  secrets: resource('', 'secrets', 'Secret'),
  configMaps: resource('', 'configmaps', 'ConfigMap'),
  deployments: resource('apps', 'deployments', 'Deployment'),
  daemonSets: resource('apps', 'daemonsets', 'DaemonSet'),
  customResourceDefinitions: resource('apiextensions.k8s.io', 'customresourcedefinitions', 'CustomResourceDefinition', false),
} as const satisfies Readonly<Record<string, ResourceType>>;

export function apiVersionOf({ group, version }: Pick<ResourceType, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Path of a collection, or of one object in it. An undefined namespace: of all namespaces. */
export function pathOf(type: ResourceType, namespace: string | undefined, name?: string): string {
  const root = type.group === '' ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`;
  const inside = type.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${inside}/${type.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

/** `ingresses.networking.k8s.io`, as the API server names it in its messages. */
export function qualifiedName({ group, plural }: ResourceType): string {
  return group === '' ? plural : `${plural}.${group}`;
}
