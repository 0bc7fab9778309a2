import type { Guard, ProbeOutcome, ProbeRequest, WeightedBackend } from '../outcome.ts';
import { refusesHost, type EffectiveConfiguration, type Location, type Server } from '../../nginx/configuration.ts';
import type { AnnotationReader } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { isBlocked } from './blocked.ts';
import { backendsOf } from './canary.ts';
import { corsHeaders } from './cors.ts';
import { errorPagesOf, errorPagesText, fallbackOf } from './error-pages.ts';
import { expand, variablesOf } from './expand.ts';
import { findLocation } from './find-location.ts';
import { guardsOf, lacksName } from './guards.ts';
import { headerRewritesOf } from './header-rewrites.ts';
import { limitsOf } from './limits.ts';
import { appRootRedirect, clientHost, fixedRedirect, httpsRedirect, slashRedirect, wwwRedirect } from './redirects.ts';
import { breaksHandshake } from './handshake.ts';
import { asWritten, readTarget, type RequestTarget } from './request-target.ts';
import { rewriteOf, withQuery } from './rewrite.ts';
import type { Place } from './place.ts';
import { findServer } from './servers.ts';
import type { Surroundings } from './surroundings.ts';
import { upstreamOf } from './upstream.ts';
import { readerOf } from './read.ts';
import { addressGuards, runControllerSnippet, runLocationSnippet, runServerSnippet, snippetEffects } from './snippets/acting.ts';
import { settleAnswers } from './snippets/answered.ts';

const none: ReadonlyMap<string, string> = new Map();
/** Source: ngx_http_validate_host in https://github.com/nginx/nginx/blob/release-1.27.1/src/http/ngx_http_request.c */
const hostName = /^[^\u0000-\u0020/\u007f]+$/;
const answered = (status: number, responseHeaders = none): ProbeOutcome => ({ kind: 'answered', status, responseHeaders });

/** A request that has got as far as a location that may answer. */
interface Arrival {
  readonly request: ProbeRequest;
  readonly target: RequestTarget;
  readonly server: Server;
  readonly location: Location;
  readonly reader: AnnotationReader | undefined;
  readonly settings: ControllerSettings;
  readonly configuration: EffectiveConfiguration;
  readonly surroundings: Surroundings;
}

/** An answer that nginx makes itself, or what a default backend makes of it. `reader`: of the location whose own list counts. */
function ownAnswer(arrival: Omit<Arrival, 'server' | 'location'>, status: number, { headers = none, guards = [], fromBackend = false }: { readonly headers?: ReadonlyMap<string, string> | undefined; readonly guards?: readonly Guard[]; readonly fromBackend?: boolean } = {}): ProbeOutcome {
  const { request, target, reader, settings, surroundings } = arrival;
  const pages = errorPagesOf(reader, settings, surroundings);
  if (pages?.statuses.includes(status) !== true || (fromBackend && pages.ownOnly)) return answered(status, headers);
  const { by } = pages;
  if (typeof by === 'number') return answered(by, headers);
  const backends = [{ ...by, share: 1 }];
  return { kind: 'forwarded', backends, target: withQuery('/', target.query), host: clientHost(request, settings), requestHeaders: none, responseHeaders: none, guards, limits: [] };
}

/** Services that may get a request, with the way they are spoken to; the status that is answered where there is none. */
function destinations({ request, server, location, reader, settings, surroundings }: Arrival): readonly WeightedBackend[] | 404 | 503 {
  const { backend } = location;
  // Where the Service of the path cannot be used, that of default-backend takes its place: getBackendServers of the controller, measured.
  const fallback = backend.kind === 'none' && backend.status === 503 ? fallbackOf(reader, surroundings) : undefined;
  if (backend.kind === 'none' && fallback === undefined) return backend.status;
  const backends = backend.kind === 'service' ? backendsOf(request, backend, settings) : fallback === undefined ? [] : [{ ...fallback, share: 1 }];
  const upstream = upstreamOf(reader, request, server, settings, surroundings);
  return upstream === undefined ? backends : backends.map((one) => ({ ...one, upstream }));
}

/**
 * The Host of the backend. With the name of gRPC in lower case the request is passed on with gRPC and its headers are set for HTTP, so that nginx
 * writes the name of its own upstream.
 * Source: buildProxyPass and proxySetHeader in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go
 */
function backendHost({ request, reader, settings, location, server }: Arrival): string {
  const protocol = reader?.text('backend-protocol') ?? '';
  if (/^grpcs?$/i.test(protocol) && protocol !== protocol.toUpperCase()) return 'upstream_balancer';
  const vhost = reader?.text('upstream-vhost') ?? '';
  return vhost === '' ? clientHost(request, settings) : expand(vhost, [], variablesOf(request, location, server));
}

function forward(arrival: Arrival, cors: ReadonlyMap<string, string> | undefined, rewritten: { readonly target: string; readonly prefix: string | undefined } | undefined): ProbeOutcome {
  const { request, target, server, location, reader, settings, surroundings } = arrival;
  const conditions = guardsOf(request, server, location, arrival.configuration, addressGuards(server, location, settings));
  const asked = conditions.some(({ kind, detail }) => kind === 'external-auth' || detail.includes('external-auth '));
  const snippets = settleAnswers(snippetEffects(request, target, server, location, settings), asked);
  const guards = [...snippets.guards, ...conditions];
  const backends = destinations(arrival);
  if (typeof backends === 'number') return ownAnswer(arrival, backends, { headers: cors, guards, fromBackend: backends === 404 });
  const prefix = rewritten?.prefix;
  const pages = errorPagesOf(reader, settings, surroundings);
  return {
    kind: 'forwarded',
    backends,
    target: rewritten?.target ?? request.target,
    host: backendHost(arrival),
    requestHeaders: new Map([...(prefix === undefined ? [] : [['x-forwarded-prefix', prefix] as const]), ...snippets.requestHeaders]),
    responseHeaders: new Map([...(cors ?? none), ...snippets.responseHeaders]),
    guards,
    limits: limitsOf(request, location.ingress, settings),
    headerRewrites: headerRewritesOf(reader, settings),
    errorPages: pages === undefined ? undefined : errorPagesText(pages),
  };
}

/** From the location on: preflight, redirects in the order of the configuration file, then those made by Lua, then the backend. */
function inLocation(arrival: Arrival): ProbeOutcome {
  const { request, target, server, location, reader, settings } = arrival;
  if (location.denied !== undefined) return ownAnswer({ ...arrival, reader: undefined }, location.denied.status);
  const cors = reader === undefined ? undefined : corsHeaders(request, reader);
  if (cors !== undefined && request.method === 'OPTIONS') return answered(204, cors);
  const own = runLocationSnippet(request, target, server, location, settings);
  const answer = own.answer ?? (own.unknown ? undefined : runControllerSnippet('location-snippet', request, target, server, location, settings).answer);
  if (answer !== undefined) return answer;
  const fixed = reader === undefined ? undefined : fixedRedirect(request, location, reader, settings);
  if (fixed !== undefined) return fixed;
  const rewrite = reader === undefined ? undefined : rewriteOf(location, reader, target, variablesOf(request, location, server));
  if (rewrite?.kind === 'away') return { kind: 'redirected', status: 302, location: rewrite.location };
  const https = httpsRedirect(request, server, location, reader, arrival.configuration);
  if (https !== undefined) return https;
  // nginx passes a target without leading slash on, and no server takes such a request line.
  return rewrite?.target.startsWith('/') === false ? answered(400, cors) : forward(arrival, cors, rewrite);
}

/** A host that nobody names, without any Ingress for such hosts: 404 is what the controller's own backend says, 403 what nginx says. */
function unknownHost(asked: Omit<Arrival, 'server' | 'location'>): ProbeOutcome {
  const { path } = asked.target;
  if (path.startsWith('/healthz')) return answered(200);
  return path.startsWith('/nginx_status') ? ownAnswer(asked, 403) : ownAnswer(asked, 404, { fromBackend: true });
}

/** The whole host may refuse: an authority for client certificates that cannot be read, or a name that nobody can show. */
function refusesAll(request: ProbeRequest, server: Server, configuration: EffectiveConfiguration): boolean {
  return server.locations.some(refusesHost) || lacksName(request, server, configuration);
}

/** Answers of the server block, in its order: the text of the Ingress, app-root, the text of the ConfigMap; then locations of both texts. With a location, what answers before any. */
function inServer(request: ProbeRequest, target: RequestTarget, server: Server, settings: ControllerSettings, location: Location | undefined): ProbeOutcome | undefined {
  const own = runServerSnippet(request, target, server, settings);
  const before = own.answer ?? (location === undefined ? appRootRedirect(request, server, target.path, settings) : undefined);
  if (before !== undefined || own.unknown) return before;
  const common = runControllerSnippet('server-snippet', request, target, server, undefined, settings);
  if (common.answer !== undefined || common.unknown || location !== undefined) return common.answer;
  const located = runServerSnippet(request, target, server, settings, 'location');
  return located.answer ?? (located.unknown ? undefined : runControllerSnippet('server-snippet', request, target, server, undefined, settings, 'location').answer);
}

/** @param forced the location that answers, in place of the one that nginx chooses */
function atServer(asked: Omit<Arrival, 'location'>, forced: Location | undefined): ProbeOutcome {
  const { request, target, server, settings, configuration } = asked;
  if (isBlocked(request, settings)) return ownAnswer(asked, 403);
  if (refusesAll(request, server, configuration)) return ownAnswer(asked, 403);
  const first = inServer(request, target, server, settings, forced);
  if (first !== undefined) return first;
  const found = forced === undefined ? findLocation(server, target.path) : ({ kind: 'location', location: forced } as const);
  if (found.kind === 'none') return ownAnswer(asked, 404);
  if (found.kind === 'own') return answered(found.status);
  if (found.kind === 'slash') return slashRedirect(request, found.location, target, settings);
  const { location } = found;
  return inLocation({ ...asked, location, reader: location.ingress === undefined ? undefined : readerOf(location.ingress, settings) });
}

/**
 * What ingress-nginx does with a request. It reads the annotations of the Ingress that owns the location by itself and shares nothing
 * with the families, so that a mistake there shows as a divergence.
 *
 * The order is that of nginx's phases: server-snippet, redirect of `/` (app-root), exact locations of the server-snippet, 301 to the path with a slash, 503 of a denied location, preflight,
 * configuration-snippet, fixed redirects, rewrite to another site, HTTPS, default backend, and then what guards the backend. Requests have no body, so the size
 * limit never answers; endpoints are taken to exist.
 * Source: https://nginx.org/en/docs/dev/development_guide.html#http_phases and nginx.tmpl of the controller.
 *
 * @param at who would answer, in place of the server and the location that nginx chooses
 */
export function evaluateNginx(configuration: EffectiveConfiguration, request: ProbeRequest, surroundings: Surroundings = {}, at?: Place): ProbeOutcome {
  const { settings } = configuration;
  if (at === undefined && breaksHandshake(configuration, request)) return answered(0);
  const target = at?.asWritten === true ? asWritten(request.target) : readTarget(request.target);
  if (target === undefined || !hostName.test(request.host)) return answered(400);
  if (request.method === 'TRACE') return answered(405);
  const asked = { request, target, reader: undefined, settings, configuration, surroundings };
  const answering = at === undefined ? findServer(configuration, request.host) : ({ kind: 'server', server: at.server } as const);
  if (answering === undefined) return unknownHost(asked);
  if (answering.kind === 'www') return wwwRedirect(request, answering.to, settings);
  return atServer({ ...asked, server: answering.server }, at?.location);
}
