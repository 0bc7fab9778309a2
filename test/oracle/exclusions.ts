import { parseNetworks } from '../../src/nginx/networks.ts';
import type { KubernetesObject } from '../traffic/object.ts';
import { isOlder } from './world/version.ts';

/** What nginx refuses as a whole is told by a finding, and cannot be asked about. */
export const refusedCodes: ReadonlySet<string> = new Set(['location/duplicate', 'location/invalid-regex']);

/** Kinds the oracle can serve. */
const kinds = new Set(['Ingress', 'IngressClass', 'Service', 'Secret', 'ConfigMap', 'Namespace', 'EndpointSlice']);

function isServable({ apiVersion, kind, metadata }: KubernetesObject): boolean {
  return kinds.has(kind) && typeof metadata.name === 'string' && (kind !== 'Ingress' || apiVersion === 'networking.k8s.io/v1');
}

const prefix = 'nginx.ingress.kubernetes.io/';

type Rule = readonly [name: string, value: RegExp, reason: string];

/** Annotations that the older controller does not have, or has no longer since. */
const younger: readonly Rule[] = [
  ['relative-redirects', /^/, 'the controller is older than relative-redirects'],
  ['temporal-redirect-code', /./, 'the controller is older than temporal-redirect-code'],
  ['cors-allow-origin', /(?:^|,)\s*(?!https?:)[a-z-]+:/, 'the controller knows no scheme of an origin but http and https'],
  ['global-rate-limit', /./, 'the controller still has global-rate-limit'],
  ['global-rate-limit-window', /./, 'the controller still has global-rate-limit'],
];

/** Annotations that this nginx or this test treats otherwise than a cluster. */
const elsewhere: readonly Rule[] = [
  ['client-body-buffer-size', /^0*\d{1,2}b?$/i, 'nginx writes bodies to a file in pieces of so few bytes, and answers nobody meanwhile'],
  ...(isOlder ? younger : []),
  ['auth-type', /digest/, 'nginx has no module for digest authentication'],
  ['enable-modsecurity', /./, 'nginx has no ModSecurity'],
  ['modsecurity-snippet', /./, 'nginx has no ModSecurity'],
  ['configuration-snippet', /return 444/, 'nginx hangs up: there is no answer to compare'],
  ['server-snippet', /return 444/, 'nginx hangs up: there is no answer to compare'],
  ['configuration-snippet', /proxy_set_header X-Forwarded-Proto/, 'nginx sends the header twice, and backends differ in which they read'],
  ['enable-opentelemetry', /./, 'nginx has no OpenTelemetry'],
  ['backend-protocol', /FCGI/i, 'the backends do not speak it'],
  ['auth-cache-key', /./, 'what the authentication service said of one is kept for others'],
  ['auth-tls-match-cn', /./, 'the certificate that is shown has another name'],
  ['proxy-ssl-verify', /^on$/, 'the certificate of the backends is for nobody'],
  ['proxy-connect-timeout', /^\+?0+$/, 'nginx gives up at once: timeouts are not judged'],
  ['proxy-read-timeout', /^\+?0+$/, 'nginx gives up at once: timeouts are not judged'],
  ['proxy-send-timeout', /^\+?0+$/, 'nginx gives up at once: timeouts are not judged'],
  ['service-upstream', /./, 'endpoints are behind another port than their Service'],
];

/** Settings of nginx itself that make it refuse the whole configuration: each has a finding, and there is nothing to ask. */
const breaking: readonly (readonly [name: string, value: RegExp])[] = [
  ['limit-burst-multiplier', /^-|^0$/],
  ['limit-connections', /^\+?0*(?:6553[6-9]|655[4-9]\d|65[6-9]\d\d|6[6-9]\d{3}|[7-9]\d{4}|\d{6,})$/],
  ['proxy-next-upstream-tries', /^-/],
  ['proxy-connect-timeout', /^-/],
  ['proxy-read-timeout', /^-/],
  ['proxy-send-timeout', /^-/],
  ['proxy-next-upstream-timeout', /^-/],
  ['proxy-buffer-size', /\d\s+[bkmg]|^0+[bkmg]?$/i],
  ['ssl-ciphers', /^(?!.*(?:^|:)(?:(?:ECDHE|DHE|AES|ALL|DEFAULT|HIGH|MEDIUM|CHACHA20|PSK|RSA)\b))/],
  // Neither `off` nor a text and its replacement.
  ['proxy-cookie-domain', /^\s*(?!off\s*$)\S+\s*$|\S\s+\S+\s+\S/],
  ['proxy-cookie-path', /^\s*(?!off\s*$)\S+\s*$|\S\s+\S+\s+\S/],
  // Said twice in a location, a zone that nobody declares, an open quote, a location that is there already.
  ['configuration-snippet', /\b(?:client_max_body_size|proxy_(?:connect|read|send)_timeout|limit_req)\b|^[^"]*"[^"]*$/],
  ['configuration-snippet', /\blocation \/healthz \{/],
  ['server-snippet', /location (?:= \/api|\/api\/ \{)/],
];

/** Objects an annotation names that only the cluster has: the product supposes they exist, and the oracle has none. */
export const references: readonly string[] = ['custom-headers', 'auth-proxy-set-headers', 'fastcgi-params-configmap'];

function annotationsOf({ kind, metadata }: KubernetesObject): Readonly<Record<string, unknown>> {
  const { annotations } = metadata;
  return kind === 'Ingress' && typeof annotations === 'object' && annotations !== null ? { ...annotations } : {};
}

/** Why this value of an annotation (name without prefix) is not asked about. */
export function unfitAnnotation(name: string, value: string): string | undefined {
  const other = elsewhere.find(([key, pattern]) => key === name && pattern.test(value));
  if (other !== undefined) return other[2];
  return breaking.some(([key, pattern]) => key === name && value !== '' && pattern.test(value)) ? 'nginx refuses the whole configuration' : undefined;
}

/** Keys of the controller's ConfigMap that this nginx cannot obey. */
const unfitKeys: readonly Rule[] = [
  ['enable-brotli', /^true$/, 'nginx has no Brotli'],
  ['enable-modsecurity', /^true$/, 'nginx has no ModSecurity'],
  ['enable-opentelemetry', /^true$/, 'nginx has no OpenTelemetry'],
  ['relative-redirects', /^true$/, 'the controller is older than relative-redirects'],
  ['use-proxy-protocol', /^true$/, 'requests come without the PROXY protocol'],
  ['proxy-connect-timeout', /^0$/, 'nobody gets an answer, and so the marker does not show'],
  ['proxy-read-timeout', /^0$/, 'nobody gets an answer, and so the marker does not show'],
  ...['connect-timeout', 'read-timeout', 'send-timeout', 'next-upstream-tries', 'next-upstream-timeout'].map((name): Rule => [`proxy-${name}`, /^-/, 'nginx refuses the whole configuration']),
];

function unfitController({ kind, data }: KubernetesObject): string | undefined {
  if (kind !== 'ConfigMap' || typeof data !== 'object' || data === null) return undefined;
  const entries = new Map(Object.entries(data));
  const lists = ['block-cidrs', 'whitelist-source-range', 'denylist-source-range'].map((key) => String(entries.get(key) ?? ''));
  if (lists.some((list) => list !== '' && parseNetworks(list) === undefined)) return 'nginx refuses the whole configuration';
  if (/\breturn\b/.test(String(entries.get('http-snippet') ?? ''))) return 'what http-snippet answers is not modelled';
  // What it answers unless a request brings something, it answers in place of the marker, which shows what input is served.
  if (/^(?:return\b|if\b.*(?:!=|= "").*\breturn\b)/m.test(String(entries.get('server-snippet') ?? ''))) return 'the ConfigMap answers requests for the marker';
  return unfitKeys.find(([key, value]) => value.test(String(entries.get(key))))?.[2];
}

function unfitObject(object: KubernetesObject, maps: ReadonlySet<string>): string | undefined {
  const controller = unfitController(object);
  if (controller !== undefined) return controller;
  const texts = Object.entries(annotationsOf(object)).flatMap(([key, value]) => (key.startsWith(prefix) && typeof value === 'string' ? [[key.slice(prefix.length), value] as const] : []));
  const unfit = texts.map(([name, value]) => unfitAnnotation(name, value)).find((reason) => reason !== undefined);
  if (unfit !== undefined) return unfit;
  return texts.some(([name, value]) => references.includes(name) && value !== '' && !maps.has(value)) ? 'names a ConfigMap that is not given' : undefined;
}

/** This controller writes paths without quotes, so nginx refuses everything. */
const unquotable = /"path":"[^"\\]*(?:\\"|[\s;{}'])/;

/** A Secret that basic authentication may look into, with names or passwords of its own. */
function holdsPasswords({ kind, data }: KubernetesObject): boolean {
  return kind === 'Secret' && typeof data === 'object' && data !== null && !('tls.crt' in data) && !('ca.crt' in data) && Object.keys(data).length > 0;
}

/** A wildcard host with from-to-www-redirect becomes the name www.*.x, which nginx refuses. */
function wildcardTwin(object: KubernetesObject): boolean {
  return String(annotationsOf(object)[`${prefix}from-to-www-redirect`]) === 'true' && JSON.stringify(object['spec']).includes('"host":"*');
}

const hasClass = ({ metadata: { annotations }, spec }: KubernetesObject): boolean => /"(?:ingressClassName|kubernetes\.io\/ingress\.class)":/.test(JSON.stringify([annotations, spec]));

/** The API server gives a class to what has none, or the product supposes that the controller takes it; the oracle has neither. */
function unclassed(objects: readonly KubernetesObject[]): boolean {
  const ingresses = objects.filter(({ kind }) => kind === 'Ingress');
  const without = ingresses.filter((object) => !hasClass(object));
  return without.length > 0 && (without.length === ingresses.length || objects.some(({ kind }) => kind === 'IngressClass'));
}

/** Why a fixture is not asked about; undefined when it is. */
export function unfit(name: string, options: readonly string[], objects: () => readonly KubernetesObject[]): string | undefined {
  if (name.startsWith('scenarios/input-')) return 'about reading, not about traffic';
  if (name.endsWith('breaks-nginx')) return 'nginx refuses the whole configuration';
  if (options.some((option) => !option.startsWith('--regex-hosts') && !option.startsWith('--gateway') && !option.startsWith('--accept'))) return `needs ${options.join(' ')}`;
  const all = objects();
  if (!all.every(isServable)) return 'holds objects of other kinds or versions';
  if (isOlder && all.some((object) => unquotable.test(JSON.stringify(object)))) return 'the controller does not quote paths';
  if (unclassed(all)) return 'holds Ingresses without a class';
  if (all.some(wildcardTwin)) return 'nginx refuses the whole configuration';
  if (all.some(holdsPasswords)) return 'the passwords of its own Secret are not known';
  const maps = new Set(all.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => `${metadata.namespace ?? 'default'}/${metadata.name}`));
  return all.map((object) => unfitObject(object, maps)).find((reason) => reason !== undefined);
}
