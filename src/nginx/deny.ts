import type { Inventory } from '../model/inventory.ts';
import { objectKey } from '../model/object.ts';
import type { AnnotationName } from './annotation-table.ts';
import { basicChars, extendedChars, headerList, httpMethod } from './forms.ts';
import { parseNetworks } from './networks.ts';
import { splitReference, type AnnotationReader } from './reader.ts';
import type { ControllerSettings } from './settings.ts';
import { hasForm, isHeaderName, parseList, parseUrl } from './values.ts';

/** An annotation the controller cannot set up, so that it shuts the paths. `problem` continues a sentence after its name. */
export interface Fault {
  readonly annotation: AnnotationName;
  readonly problem: string;
  /** The ConfigMap of the controller decides it, and is not known. */
  readonly assumed?: boolean;
}

/** What may be looked up. Absence proves nothing: manifests rarely hold Secrets, so only an object that is there can be at fault. */
export interface DenyContext {
  readonly inventory: Inventory;
  readonly settings: ControllerSettings;
}

type Check = (reader: AnnotationReader, context: DenyContext) => Fault | undefined;

const fault = (annotation: AnnotationName, problem: string): Fault => ({ annotation, problem });
const elsewhere = 'names another namespace, which the controller forbids unless its ConfigMap says allow-cross-namespace-resources: true';

/** A reference that is not in order. Without the ConfigMap nobody knows whether it allows other namespaces. */
const referenceFault = (annotation: AnnotationName, problem: string, { configMap }: ControllerSettings): Fault => ({ annotation, problem, assumed: problem === elsewhere && configMap === undefined });

/** An annotation that is there but empty denies too; the older name does so only with a value. */
const allowList: Check = ({ raw }) => {
  const own = raw('allowlist-source-range');
  const older = raw('whitelist-source-range') ?? '';
  const annotation = own === undefined || (own === '' && older !== '') ? 'whitelist-source-range' : 'allowlist-source-range';
  const value = annotation === 'allowlist-source-range' ? own : older;
  if (value === undefined || (annotation === 'whitelist-source-range' && value === '')) return undefined;
  return parseNetworks(value) === undefined ? fault(annotation, 'is no list of addresses and networks') : undefined;
};

const denyList: Check = ({ raw }) => {
  const value = raw('denylist-source-range');
  return value === undefined || parseNetworks(value) !== undefined ? undefined : fault('denylist-source-range', 'is no list of addresses and networks');
};

/** Problem of a reference to an object that must be in the Ingress's own namespace. */
function referenceProblem(text: string, reader: AnnotationReader, settings: ControllerSettings, qualified: boolean): string | undefined {
  const reference = splitReference(text);
  if (reference === undefined || reference.name === '') return 'is not of the form namespace/name';
  const { namespace } = reference;
  if (qualified && namespace === '') return 'is not of the form namespace/name';
  if (namespace !== '' && namespace !== reader.ingress.ref.namespace && !settings.allowCrossNamespace) return elsewhere;
  return undefined;
}

const basicAuth: Check = (reader, { inventory, settings }) => {
  if (reader.text('auth-type') === '') return undefined;
  const secret = reader.text('auth-secret');
  if (secret === '') return fault('auth-type', 'needs auth-secret, which is missing');
  const problem = hasForm(reader.raw('auth-secret') ?? '', basicChars) ? referenceProblem(secret, reader, settings, false) : 'is not of the form namespace/name';
  if (problem !== undefined) return referenceFault('auth-secret', problem, settings);
  const type = reader.text('auth-secret-type');
  if (type !== '' && type !== 'auth-file' && type !== 'auth-map') return fault('auth-secret-type', 'is neither auth-file nor auth-map');
  const reference = splitReference(secret);
  const namespace = reference?.namespace === '' ? reader.ingress.ref.namespace : (reference?.namespace ?? '');
  const keys = inventory.secrets.get(objectKey(namespace, reference?.name ?? ''))?.keys;
  const broken = type !== 'auth-map' && keys !== undefined && keys.size > 0 && !keys.has('auth');
  return broken ? fault('auth-secret', 'names a Secret without the key auth') : undefined;
};

/** `CODE... DURATION`. Source: ValidCacheDuration in internal/ingress/annotations/authreq/main.go of the controller. */
function isCacheDuration(text: string): boolean {
  let seen = false;
  for (const word of text.split(' ')) {
    if (/^\d{3}$/.test(word) && seen) return false;
    if (/^\d+(?:ms|[smhdwMy])$/.test(word)) seen = true;
  }
  return seen;
}

const authHeaders: Check = (reader, { inventory, settings }) => {
  const map = hasForm(reader.raw('auth-proxy-set-headers') ?? '', basicChars) ? reader.text('auth-proxy-set-headers') : '';
  if (map === '') return undefined;
  const problem = referenceProblem(map, reader, settings, true);
  if (problem !== undefined) return referenceFault('auth-proxy-set-headers', problem, settings);
  const [namespace = '', name = ''] = map.split('/');
  const names = [...(inventory.configMaps.get(objectKey(namespace, name))?.data.keys() ?? [])];
  return names.every(isHeaderName) ? undefined : fault('auth-proxy-set-headers', 'names a ConfigMap with a key that is no header name');
};

/** The order of the checks matters: characters that auth-cache-duration may not hold switch the whole group off, and then nothing denies. */
const externalAuth: Check = (reader, { inventory, settings }) => {
  const url = reader.text('auth-url');
  if (url === '') return undefined;
  if (parseUrl(url) === undefined) return fault('auth-url', 'is no URL');
  const method = reader.raw('auth-method') ?? '';
  if (method !== '' && !hasForm(method, httpMethod)) return fault('auth-method', 'is no HTTP method');
  const duration = reader.raw('auth-cache-duration') ?? '';
  if (!extendedChars.test(duration)) return undefined;
  if (!parseList(duration).every(isCacheDuration)) return fault('auth-cache-duration', 'is no list of status codes and durations');
  const headers = reader.raw('auth-response-headers') ?? '';
  if (!hasForm(headers, headerList) || !parseList(headers).every(isHeaderName)) return fault('auth-response-headers', 'is no list of header names');
  return authHeaders(reader, { inventory, settings });
};

const backendTls: Check = (reader, { settings }) => {
  const secret = reader.text('proxy-ssl-secret');
  const problem = secret === '' ? undefined : referenceProblem(secret, reader, settings, true);
  return problem === undefined ? undefined : referenceFault('proxy-ssl-secret', problem, settings);
};

const headerValue = /^[\w :;.,\\/"'?!(){}[\]@<>=\-+*#$&`|~^%]+$/;

const customHeaders: Check = (reader, { inventory, settings }) => {
  const map = hasForm(reader.raw('custom-headers') ?? '', basicChars) ? reader.text('custom-headers') : '';
  if (map === '') return undefined;
  const [namespace = '', name = '', ...rest] = map.split('/');
  if (namespace === '' || name === '' || rest.length > 0) return fault('custom-headers', 'is not of the form namespace/name');
  const found = inventory.configMaps.get(objectKey(namespace, name));
  const allowed = new Set(settings.globalAllowedResponseHeaders);
  for (const [header, value] of found?.data ?? []) {
    if (!isHeaderName(header) || !headerValue.test(value)) return fault('custom-headers', 'names a ConfigMap with an unusable header');
    if (settings.configMap !== undefined && !allowed.has(header)) return fault('custom-headers', 'sets a header that global-allowed-response-headers of the controller does not list');
  }
  return undefined;
};

const fastcgi: Check = (reader) => {
  const map = reader.text('fastcgi-params-configmap');
  const reference = splitReference(map);
  return map === '' || (reference !== undefined && (reference.name !== '' || !['', reader.ingress.ref.namespace].includes(reference.namespace))) ? undefined : fault('fastcgi-params-configmap', 'is not of the form namespace/name');
};

const checks: readonly Check[] = [allowList, denyList, basicAuth, externalAuth, backendTls, customHeaders, fastcgi];

/** Why nginx answers 503 on the paths of the Ingress; undefined when it serves them. */
export function locationFault(reader: AnnotationReader, context: DenyContext): Fault | undefined {
  if (reader.ingress.annotations.size === 0) return undefined;
  for (const check of checks) {
    const found = check(reader, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Keys of a Secret (namespace/name); undefined where it is not given, or without its data. */
function keysOf(secret: string, { secrets }: Inventory): ReadonlySet<string> | undefined {
  const [namespace = '', name = ''] = secret.split('/');
  const keys = secrets.get(objectKey(namespace, name))?.keys;
  return keys?.size === 0 ? undefined : keys;
}

const holdsCertificate = (keys: ReadonlySet<string>): boolean => keys.has('tls.crt') && keys.has('tls.key');

/** Whether a Secret (namespace/name) has a certificate and no authority, which switches client certificates off. */
export function lacksAuthority(secret: string, inventory: Inventory): boolean {
  const keys = keysOf(secret, inventory);
  return keys !== undefined && !keys.has('ca.crt') && holdsCertificate(keys);
}

/**
 * Why nginx answers 403 on the hosts of the Ingress. A Secret with a certificate and no ca.crt switches client certificates off instead.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/authtls/main.go
 */
export function hostFault(reader: AnnotationReader, { inventory, settings }: DenyContext): Fault | undefined {
  const secret = reader.text('auth-tls-secret');
  if (secret === '') return undefined;
  const problem = referenceProblem(secret, reader, settings, true);
  if (problem !== undefined) return referenceFault('auth-tls-secret', problem, settings);
  const keys = keysOf(secret, inventory);
  const usable = keys === undefined || keys.has('ca.crt') || holdsCertificate(keys);
  return usable ? undefined : fault('auth-tls-secret', 'names a Secret without ca.crt');
}

/** The Ingress compares the name in a certificate that nginx never asks for. */
export function asksForMissingName(reader: AnnotationReader, { inventory }: DenyContext): boolean {
  const secret = reader.text('auth-tls-secret');
  return secret !== '' && reader.text('auth-tls-match-cn') !== '' && (reader.text('auth-tls-verify-client') === 'off' || lacksAuthority(secret, inventory));
}
