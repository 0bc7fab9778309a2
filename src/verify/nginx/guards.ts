import type { Guard, ProbeRequest } from '../outcome.ts';
import { CATCH_ALL, type EffectiveConfiguration, type Location, type Server } from '../../nginx/configuration.ts';
import { extendedChars, urlChars } from '../../nginx/forms.ts';
import { parseNetworks } from '../../nginx/networks.ts';
import { splitReference, type AnnotationReader } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { hasForm, parseBoolean, parseInteger, parseList } from '../../nginx/values.ts';
import { authTarget } from './auth-target.ts';
import { firewall } from './firewall.ts';
import { readerOf } from './read.ts';

function addressLists(reader: AnnotationReader, settings: ControllerSettings): readonly Guard[] {
  const own = reader.raw('allowlist-source-range') ?? '';
  const allowed = own === '' ? (reader.raw('whitelist-source-range') ?? '') : own;
  const denied = reader.raw('denylist-source-range') ?? '';
  const allow = allowed === '' ? settings.allowListSourceRange : (parseNetworks(allowed) ?? []);
  const listed = denied === '' ? settings.denyListSourceRange : (parseNetworks(denied) ?? []);
  // A list of the location, whichever, replaces the one of all locations.
  const deny = listed.length === 0 && allow.length === 0 ? settings.blockCidrs : listed;
  return [
    ...(deny.length > 0 ? [{ kind: 'address-list', detail: `deny ${deny.join(',')}` } as const] : []),
    ...(allow.length > 0 ? [{ kind: 'address-list', detail: `allow ${allow.join(',')}` } as const] : []),
  ];
}

/** The realm `off` is a word of nginx and switches the check off. */
function basicAuth(reader: AnnotationReader): readonly Guard[] {
  const type = reader.text('auth-type');
  const reference = splitReference(reader.text('auth-secret'));
  if (type === '' || reference === undefined || reader.text('auth-realm') === 'off') return [];
  const namespace = reference.namespace === '' ? reader.ingress.ref.namespace : reference.namespace;
  return [{ kind: 'basic-auth', detail: `${type.includes('digest') ? 'digest ' : ''}${namespace}/${reference.name}` }];
}

/** Values that make the controller leave external authentication out altogether. */
function failsOpen(reader: AnnotationReader): boolean {
  const redirect = reader.raw('auth-request-redirect') ?? '';
  const cookie = reader.raw('auth-always-set-cookie') ?? '';
  const unusable = redirect !== '' && !hasForm(redirect, urlChars);
  return unusable || (cookie !== '' && parseBoolean(cookie) === undefined) || !extendedChars.test(reader.raw('auth-cache-duration') ?? '');
}

/** Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/authreq/main.go */
function externalAuth(reader: AnnotationReader, request: ProbeRequest, configuration: EffectiveConfiguration): readonly Guard[] {
  const { settings } = configuration;
  const own = failsOpen(reader) ? '' : reader.text('auth-url');
  const exempt = parseBoolean(reader.raw('enable-global-auth') ?? '') === false;
  const url = own === '' && !exempt ? settings.globalAuthUrl : own;
  return url === '' ? [] : [{ kind: 'external-auth', detail: authTarget(url, request, configuration) }];
}

/**
 * Headers that take their value from the answer of the authentication service, or have none.
 * Source: buildAuthResponseHeaders in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go
 */
function identity(reader: AnnotationReader, { raw }: ControllerSettings): readonly Guard[] {
  const own = reader.text('auth-url') !== '' && !failsOpen(reader);
  const names = own ? (reader.raw('auth-response-headers') ?? '') : (raw.get('global-auth-response-headers') ?? '');
  return parseList(names).map((name) => ({ kind: 'identity', detail: name.toLowerCase() }));
}

type ByHost = ReadonlyMap<string, AnnotationReader>;
const certificateReaders = new WeakMap<EffectiveConfiguration, ByHost>();

function hasAuthority(reader: AnnotationReader, { withoutAuthority }: EffectiveConfiguration): boolean {
  const secret = reader.text('auth-tls-secret');
  return secret !== '' && withoutAuthority?.has(secret) !== true;
}

/** By host, the first Ingress with an authority for client certificates that has a path there; the last one where none has. */
function readersByHost(configuration: EffectiveConfiguration): ByHost {
  const found = new Map<string, AnnotationReader>();
  for (const ingress of configuration.ingresses) {
    const reader = readerOf(ingress, configuration.settings);
    for (const { host, paths } of ingress.rules) {
      const name = host === '' ? CATCH_ALL : host;
      const former = found.get(name);
      if (paths.length > 0 && (former === undefined || !hasAuthority(former, configuration))) found.set(name, reader);
    }
  }
  return found;
}

/**
 * The Ingress whose client certificates count for the host; a canary's count too.
 * Source: getBackendServers in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
 */
function clientCertificateReader({ host }: Server, configuration: EffectiveConfiguration): AnnotationReader | undefined {
  let byHost = certificateReaders.get(configuration);
  if (byHost === undefined) certificateReaders.set(configuration, (byHost = readersByHost(configuration)));
  return byHost.get(host);
}

/** Why no request of the scheme has a client certificate: it is plain HTTP, or nginx asks for none. */
function asksForNone(scheme: ProbeRequest['scheme'], reader: AnnotationReader, configuration: EffectiveConfiguration): boolean {
  return scheme === 'http' || reader.text('auth-tls-verify-client') === 'off' || !hasAuthority(reader, configuration);
}

/** Whether the host compares the name in a certificate that a request like this one never shows. */
export function lacksName({ scheme }: ProbeRequest, server: Server, configuration: EffectiveConfiguration): boolean {
  const reader = clientCertificateReader(server, configuration);
  return reader !== undefined && reader.text('auth-tls-secret') !== '' && reader.text('auth-tls-match-cn') !== '' && asksForNone(scheme, reader, configuration);
}

/** Nothing is asked of clients over plain HTTP, nor where a certificate is optional. */
function clientCertificate({ scheme }: ProbeRequest, server: Server, configuration: EffectiveConfiguration): readonly Guard[] {
  const reader = clientCertificateReader(server, configuration);
  if (reader === undefined || asksForNone(scheme, reader, configuration) || reader.text('auth-tls-verify-client').startsWith('optional')) return [];
  return [{ kind: 'client-certificate', detail: reader.text('auth-tls-secret') }];
}

function limits(reader: AnnotationReader): readonly Guard[] {
  const exempt = parseNetworks(reader.raw('limit-allowlist') ?? reader.raw('limit-whitelist') ?? '') ?? [];
  const except = exempt.length === 0 ? '' : ` except ${exempt.join(',')}`;
  const limit = (name: 'limit-rps' | 'limit-rpm' | 'limit-connections', kind: Guard['kind'], unit: string): readonly Guard[] => {
    const value = parseInteger(reader.raw(name) ?? '') ?? 0;
    return value > 0 ? [{ kind, detail: `${value}${unit}${except}` }] : [];
  };
  return [...limit('limit-rps', 'rate-limit', 'r/s'), ...limit('limit-rpm', 'rate-limit', 'r/m'), ...limit('limit-connections', 'connection-limit', '')];
}

const kindsOf = (guards: readonly Guard[]): number => new Set(guards.map(({ kind }) => kind)).size;

/**
 * With `satisfy: any` one of the checks is enough: they are one condition. The lists of addresses are one check, and one that only refuses is passed by
 * nobody: measured, who is not on it still needs the password, and who is on it gets in with it.
 * Source: ngx_http_core_access_phase in https://github.com/nginx/nginx/blob/release-1.26.3/src/http/ngx_http_core_module.c
 */
function joined(guards: readonly Guard[]): readonly Guard[] {
  if (kindsOf(guards) < 2) return guards;
  const checks = guards.filter(({ kind, detail }) => kind !== 'address-list' || !detail.startsWith('deny '));
  if (kindsOf(checks) < 2) return checks;
  return [{ kind: 'unknown', detail: `any of ${checks.map(({ kind, detail }) => `${kind} ${detail}`).join(', ')}` }];
}

/**
 * What a request must bring to reach the backend of a location. `ofSnippets`: addresses that texts let in. Paths under no-auth-locations are told by the path of the Ingress, not of
 * the request.
 */
export function guardsOf(request: ProbeRequest, server: Server, location: Location, configuration: EffectiveConfiguration, ofSnippets: readonly Guard[]): readonly Guard[] {
  const { settings } = configuration;
  const certificate = clientCertificate(request, server, configuration);
  if (location.ingress === undefined) return [...certificate, ...ofSnippets];
  const reader = readerOf(location.ingress, settings);
  const exempt = settings.noAuthLocations.some((start) => start !== '' && location.path.startsWith(start));
  const asked = exempt ? [] : externalAuth(reader, request, configuration);
  const known = asked.length === 0 ? [] : identity(reader, settings);
  const access = [...ofSnippets, ...addressLists(reader, settings), ...(exempt ? [] : basicAuth(reader)), ...asked];
  return [...certificate, ...firewall(reader, settings), ...limits(reader), ...known, ...(reader.text('satisfy') === 'any' ? joined(access) : access)];
}
