import type { AnnotationName } from './annotation-table.ts';
import {
  basicChars,
  charsWithSpace,
  errorCodes,
  errorPage,
  fastcgiIndex,
  hashBy,
  pathWithCapture,
  regexChars,
  serviceName,
  size,
  sslCiphers,
  urlChars,
  urlWithVariables,
} from './forms.ts';
import { parseNetworks } from './networks.ts';
import { splitReference, type AnnotationReader } from './reader.ts';
import { hasForm, isSubjectPattern, parseBoolean, parseInteger } from './values.ts';

/** Whether the controller's validator takes a value; it is never asked about an empty one. */
type Rule = (raw: string, reader: AnnotationReader) => boolean;

const boolean: Rule = (raw) => parseBoolean(raw) !== undefined;
const integer: Rule = (raw) => parseInteger(raw) !== undefined;
const networks: Rule = (raw) => parseNetworks(raw) !== undefined;
const name: Rule = (raw) => regexChars.test(raw.trim());
const form =
  (pattern: RegExp): Rule =>
  (raw) =>
    hasForm(raw, pattern);
/** The rule counts only while the controller gets as far as reading the annotation. */
const when =
  (condition: (reader: AnnotationReader) => boolean, rule: Rule): Rule =>
  (raw, reader) =>
    !condition(reader) || rule(raw, reader);

const load = new Set(['round_robin', 'chash', 'chashsubset', 'sticky_balanced', 'sticky_persistent', 'ewma']);

const basicAuth = (reader: AnnotationReader): boolean => reader.text('auth-type') !== '';
const usableMtlsSecret = (reader: AnnotationReader): boolean => {
  const reference = splitReference(reader.text('auth-tls-secret'));
  return reference !== undefined && reference.namespace !== '' && reference.name !== '';
};
const noTemporalRedirect = (reader: AnnotationReader): boolean => reader.text('temporal-redirect') === '';

/**
 * Annotations whose invalid value costs the whole Ingress.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/annotations.go
 */
const rules = {
  'server-alias': (raw) => raw.split(',').every((alias) => regexChars.test(alias.trim())),
  'upstream-vhost': name,
  'x-forwarded-prefix': form(pathWithCapture),
  'auth-type': form(/basic|digest/),
  'auth-secret-type': when(basicAuth, form(/auth-file|auth-map/)),
  'auth-realm': when((reader) => basicAuth(reader) && reader.text('auth-secret') !== '', (raw) => charsWithSpace.test(raw)),
  'auth-url': form(urlWithVariables),
  'auth-tls-secret': form(basicChars),
  'auth-tls-error-page': when(usableMtlsSecret, form(errorPage)),
  'auth-tls-pass-certificate-to-upstream': when(usableMtlsSecret, boolean),
  'auth-tls-match-cn': when(usableMtlsSecret, isSubjectPattern),
  'client-body-buffer-size': form(size),
  'connection-proxy-header': form(/^(?:close|keep-alive)$/),
  'custom-http-errors': form(errorCodes),
  'default-backend': (raw) => serviceName.test(raw),
  'fastcgi-index': form(fastcgiIndex),
  'fastcgi-params-configmap': form(basicChars),
  'http2-push-preload': boolean,
  'load-balance': (raw) => load.has(raw.trim()),
  'limit-rps': integer,
  'limit-rpm': integer,
  'limit-connections': integer,
  'limit-allowlist': networks,
  'limit-whitelist': when((reader) => (reader.raw('limit-allowlist') ?? '') === '', networks),
  'permanent-redirect': when(noTemporalRedirect, (raw) => urlChars.test(raw)),
  'permanent-redirect-code': when(noTemporalRedirect, integer),
  'temporal-redirect': (raw) => urlChars.test(raw),
  'temporal-redirect-code': when((reader) => !noTemporalRedirect(reader), integer),
  'from-to-www-redirect': boolean,
  'relative-redirects': boolean,
  'ssl-passthrough': boolean,
  'ssl-ciphers': form(sslCiphers),
  'upstream-hash-by': form(hashBy),
  'upstream-hash-by-subset': boolean,
  'upstream-hash-by-subset-size': integer,
  'proxy-ssl-secret': form(basicChars),
  'opentelemetry-operation-name': when((reader) => reader.isTrue('enable-opentelemetry'), form(/^[A-Za-z0-9_-]*$/)),
} as const satisfies Partial<Record<AnnotationName, Rule>>;

const byName: ReadonlyMap<string, Rule> = new Map(Object.entries(rules));

/** Whether the controller drops the Ingress for this annotation (name without prefix). */
export function isFatal(annotation: string, raw: string, reader: AnnotationReader): boolean {
  if (raw === '') return false;
  const rule = byName.get(annotation);
  return rule !== undefined && !rule(raw, reader);
}
