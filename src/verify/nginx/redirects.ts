import type { ProbeOutcome, ProbeRequest } from '../outcome.ts';
import type { EffectiveConfiguration, Location, Server, ServerAlias } from '../../nginx/configuration.ts';
import type { AnnotationReader } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { pathWithCapture } from '../../nginx/forms.ts';
import { parseBoolean, parseInteger } from '../../nginx/values.ts';
import { expand, variablesOf } from './expand.ts';
import { bytesOf, escapePath, type RequestTarget } from './request-target.ts';
import { isPlain } from './rewrite.ts';
import { readerOf } from './read.ts';
import { losesRedirects } from './redirect-group.ts';
import { findServer } from './servers.ts';

const redirected = (status: number, location: string): ProbeOutcome => ({ kind: 'redirected', status, location });

/** The name nginx puts into a Location that it makes absolute: lower case, no final dot, no port. */
const nameOf = ({ host }: ProbeRequest): string => host.toLowerCase().replace(/\.$/, '');

const cut = (target: string): string => (target.endsWith('/') ? target.slice(0, -1) : target);

/** A query, a space or an escape makes the controller ignore the value. */
function appRoot(reader: AnnotationReader): string {
  const raw = reader.raw('app-root') ?? '';
  return pathWithCapture.test(raw) && raw.startsWith('/') ? reader.text('app-root') : '';
}

/** The redirect of `/` before any location is looked for; the location with the longest path that asks for one decides. */
export function appRootRedirect(request: ProbeRequest, server: Server, path: string, settings: ControllerSettings): ProbeOutcome | undefined {
  if (path !== '/') return undefined;
  for (const location of server.locations) {
    const root = location.ingress === undefined || isPlain(location) ? '' : appRoot(readerOf(location.ingress, settings));
    if (root !== '') return redirected(302, `${request.scheme}://${request.host}${expand(root, [], variablesOf(request, location, server))}`);
  }
  return undefined;
}

/** The annotation only ever adds to the ConfigMap: absolute_redirect in nginx.tmpl. */
const isRelative = (reader: AnnotationReader | undefined, settings: ControllerSettings): boolean =>
  (reader?.isTrue('relative-redirects') === true && !losesRedirects(reader)) || parseBoolean(settings.raw.get('relative-redirects') ?? '') === true;

/** nginx adds the final slash of the location's name. */
export function slashRedirect(request: ProbeRequest, { path, ingress }: Location, { query }: RequestTarget, settings: ControllerSettings): ProbeOutcome {
  const relative = escapePath(bytesOf(path)) + (query === undefined || query === '' ? '' : `?${query}`);
  const reader = ingress === undefined ? undefined : readerOf(ingress, settings);
  return redirected(301, isRelative(reader, settings) ? relative : `${request.scheme}://${nameOf(request)}${relative}`);
}

/** Statuses for which nginx's `return` takes a text as the address; for others it is the body. */
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function codeOf(raw: string | undefined, otherwise: number, largest: number): number {
  const code = parseInteger(raw ?? '') ?? otherwise;
  return code < 300 || code > largest ? otherwise : code;
}

/** permanent-redirect and temporal-redirect; the second wins. */
export function fixedRedirect(request: ProbeRequest, location: Location, reader: AnnotationReader, settings: ControllerSettings): ProbeOutcome | undefined {
  const temporal = reader.text('temporal-redirect');
  const url = temporal === '' ? reader.text('permanent-redirect') : temporal;
  if (url === '' || isPlain(location) || losesRedirects(reader)) return undefined;
  const code = temporal === '' ? codeOf(reader.raw('permanent-redirect-code'), 301, 308) : codeOf(reader.raw('temporal-redirect-code'), 302, 307);
  if (!redirects.has(code)) return { kind: 'answered', status: code, responseHeaders: new Map() };
  return redirected(code, url.startsWith('/') && !isRelative(reader, settings) ? `${request.scheme}://${nameOf(request)}${url}` : url);
}

/** The scheme the client is taken to have used. */
export function clientScheme(request: ProbeRequest, settings: ControllerSettings): string {
  return (settings.useForwardedHeaders ? request.headers.get('x-forwarded-proto') : undefined) ?? request.scheme;
}

/** The host the client is taken to have asked for. */
export function clientHost(request: ProbeRequest, settings: ControllerSettings): string {
  const forwarded = settings.useForwardedHeaders ? request.headers.get('x-forwarded-host') : undefined;
  return forwarded?.split(',', 1)[0]?.trim() ?? request.host;
}

/** The wildcard that a name is below. */
const wildcardOf = (name: string): string => name.replace(/^[^.]+/, '*');

/** Secrets are not read, so the tls sections stand for what a certificate is for. */
function isCovered({ name, certificate }: ServerAlias): boolean {
  if (certificate.kind !== 'secret') return false;
  const named = certificate.ingress.tls.filter(({ secretName }) => secretName === certificate.name).flatMap(({ hosts }) => hosts.map((host) => host.toLowerCase()));
  return named.includes(name) || named.includes(wildcardOf(name));
}

/** Otherwise somebody else's name is asked for there, as a gateway may do that gives a request to a wider host. */
function isAnsweredBy(server: Server, name: string, configuration: EffectiveConfiguration): boolean {
  const answering = findServer(configuration, name);
  return answering?.kind === 'server' && answering.server === server;
}

/**
 * A name that is no host has the certificate of its alias, if that is for it, and otherwise that of the wildcard it is below.
 * Source: get_pem_cert_uid in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/certificate.lua
 */
function hasCertificate(request: ProbeRequest, server: Server, configuration: EffectiveConfiguration): boolean {
  const { servers } = configuration;
  const name = nameOf(request);
  const wildcard = wildcardOf(name);
  const own = server.aliases.length === 0 || name === server.host || wildcard === server.host || !isAnsweredBy(server, name, configuration);
  if (own) return server.tls.redirects;
  const isAlias = (text: string): boolean => servers.some(({ aliases }) => aliases.some((alias) => alias.name === text && isCovered(alias)));
  return isAlias(name) || isAlias(wildcard) || servers.some(({ host, tls }) => host === wildcard && tls.redirects);
}

/**
 * The redirect to HTTPS; one final slash of the target is lost on the way, of the query too.
 * Source: redirect_to_https in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/lua_ingress.lua
 */
export function httpsRedirect(request: ProbeRequest, server: Server, location: Location, reader: AnnotationReader | undefined, configuration: EffectiveConfiguration): ProbeOutcome | undefined {
  const { settings } = configuration;
  // The `/` of unknown hosts that no rule makes has none of the settings, not even the global ones. Measured.
  if (location.ingress === undefined || isPlain(location) || clientScheme(request, settings) !== 'http') return undefined;
  if (settings.noTlsRedirectLocations.some((start) => start !== '' && location.path.startsWith(start))) return undefined;
  const flag = (name: 'ssl-redirect' | 'force-ssl-redirect' | 'preserve-trailing-slash', otherwise: boolean): boolean => parseBoolean(reader?.raw(name) ?? '') ?? otherwise;
  const forced = flag('force-ssl-redirect', settings.forceSslRedirect);
  if (!forced && !(flag('ssl-redirect', settings.sslRedirect) && hasCertificate(request, server, configuration))) return undefined;
  const target = flag('preserve-trailing-slash', settings.preserveTrailingSlash) ? request.target : cut(request.target);
  const host = clientHost(request, settings).split(':', 1)[0] ?? '';
  return redirected(settings.httpRedirectCode, `https://${host}${target}`);
}

/** The name with or without `www.` sends to the host of the Ingress, with the port in the address. */
export function wwwRedirect(request: ProbeRequest, to: string, settings: ControllerSettings): ProbeOutcome {
  const port = request.scheme === 'https' ? 443 : 80;
  return redirected(settings.httpRedirectCode, `${clientScheme(request, settings)}://${to}:${port}${cut(request.target)}`);
}
