import type { KubernetesObject } from '../traffic/object.ts';

/** Kinds the oracle can serve. */
const kinds = new Set(['Ingress', 'IngressClass', 'Service', 'Secret', 'ConfigMap', 'Namespace', 'EndpointSlice']);

function isServable({ apiVersion, kind, metadata }: KubernetesObject): boolean {
  return kinds.has(kind) && typeof metadata.name === 'string' && (kind !== 'Ingress' || apiVersion === 'networking.k8s.io/v1');
}

const prefix = 'nginx.ingress.kubernetes.io/';

/** Annotations that this controller or this nginx treats otherwise than the one the product is about. */
const elsewhere: readonly (readonly [name: string, value: RegExp, reason: string])[] = [
  ['relative-redirects', /./, 'the controller is older than relative-redirects'],
  ['temporal-redirect-code', /./, 'the controller is older than temporal-redirect-code'],
  ['auth-type', /digest/, 'nginx has no module for digest authentication'],
  ['enable-modsecurity', /./, 'nginx has no ModSecurity'],
  ['modsecurity-snippet', /./, 'nginx has no ModSecurity'],
  ['enable-opentelemetry', /./, 'nginx has no OpenTelemetry'],
  ['backend-protocol', /^(?:fcgi|auto_http|grpcs?)$|FCGI|AUTO_HTTP/, 'the backends do not speak it'],
  ['service-upstream', /./, 'endpoints are behind another port than their Service'],
];

/** Settings of nginx itself that make it refuse the whole configuration: each has a finding, and there is nothing to ask. */
const breaking: readonly (readonly [name: string, value: RegExp])[] = [
  ['limit-burst-multiplier', /^-|^0$/],
  ['proxy-next-upstream-tries', /^-/],
  ['proxy-connect-timeout', /^-/],
  ['proxy-read-timeout', /^-/],
  ['proxy-send-timeout', /^-/],
  ['proxy-next-upstream-timeout', /^-/],
];

/** Objects an annotation names that only the cluster has: the product supposes they exist, and the oracle has none. */
const references = ['custom-headers', 'auth-proxy-set-headers', 'fastcgi-params-configmap'];

function annotationsOf({ kind, metadata }: KubernetesObject): Readonly<Record<string, unknown>> {
  const { annotations } = metadata;
  return kind === 'Ingress' && typeof annotations === 'object' && annotations !== null ? { ...annotations } : {};
}

function unfitAnnotation(object: KubernetesObject, maps: ReadonlySet<string>): string | undefined {
  const annotations = annotationsOf(object);
  const text = (name: string): string => {
    const value = annotations[prefix + name];
    return typeof value === 'string' ? value : '';
  };
  const other = elsewhere.find(([name, value]) => text(name) !== '' && value.test(text(name)));
  if (other !== undefined) return other[2];
  if (breaking.some(([name, value]) => text(name) !== '' && value.test(text(name)))) return 'nginx refuses the whole configuration';
  return references.some((name) => text(name) !== '' && !maps.has(text(name))) ? 'names a ConfigMap that is not given' : undefined;
}

/** This controller writes paths without quotes, so nginx refuses everything. */
const unquotable = /"path":"[^"\\]*(?:\\"|[\s;{}'])/;

/** A wildcard host with from-to-www-redirect becomes the name www.*.x, which nginx refuses. */
function wildcardTwin(object: KubernetesObject): boolean {
  return String(annotationsOf(object)[`${prefix}from-to-www-redirect`]) === 'true' && JSON.stringify(object['spec']).includes('"host":"*');
}

/** Why a fixture is not asked about; undefined when it is. */
export function unfit(name: string, options: readonly string[], objects: () => readonly KubernetesObject[]): string | undefined {
  if (name.startsWith('scenarios/input-')) return 'about reading, not about traffic';
  if (options.some((option) => !option.startsWith('--regex-hosts') && !option.startsWith('--gateway') && !option.startsWith('--accept'))) return `needs ${options.join(' ')}`;
  const all = objects();
  if (!all.every(isServable)) return 'holds objects of other kinds or versions';
  if (all.some((object) => unquotable.test(JSON.stringify(object)))) return 'the controller does not quote paths';
  if (all.some(wildcardTwin)) return 'nginx refuses the whole configuration';
  const maps = new Set(all.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => `${metadata.namespace ?? 'default'}/${metadata.name}`));
  return all.map((object) => unfitAnnotation(object, maps)).find((reason) => reason !== undefined);
}
