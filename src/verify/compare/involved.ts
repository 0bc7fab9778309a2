import type { Ingress } from '../../model/ingress.ts';
import type { ObjectRef } from '../../model/object.ts';
import { CATCH_ALL, type EffectiveConfiguration, type Location, type Server } from '../../nginx/configuration.ts';
import { findLocation } from '../nginx/find-location.ts';
import { readTarget } from '../nginx/request-target.ts';
import type { Place } from '../nginx/place.ts';
import { findServer } from '../nginx/servers.ts';
import type { ProbeRequest } from '../outcome.ts';

/** Objects that have to do with a request, by how near they are. */
export interface Involved {
  /** Of the location that nginx chose. */
  readonly location: ReadonlySet<ObjectRef>;
  /** Of the server that answers in nginx. */
  readonly own: ReadonlySet<ObjectRef>;
  /** Of every server that could take the host on either side. */
  readonly host: ReadonlySet<ObjectRef>;
  /** Those servers. */
  readonly servers: readonly Server[];
  /** The one that answers in nginx. */
  readonly server: Server | undefined;
  readonly chosen: Location | undefined;
  /** The host is that of a server, or of a redirect between the names with and without `www.`, and no name that a wildcard covers. */
  readonly named: boolean;
  /** The host has no certificate of its own: over TLS it may be left to a listener that covers it, or to none. */
  readonly defaultCertificate: boolean;
  /** No Ingress names the host, and none answers for all hosts. */
  readonly unknownHost: boolean;
}

function upstreamCanary({ backend }: Location): Ingress | undefined {
  return backend.kind === 'service' ? backend.upstream.canary?.ingress : undefined;
}

/** Who names a host in a rule, canaries included. */
function ingressesByHost({ ingresses }: EffectiveConfiguration): ReadonlyMap<string, readonly Ingress[]> {
  const byHost = new Map<string, Ingress[]>();
  for (const ingress of ingresses) {
    for (const host of new Set(ingress.rules.map((rule) => (rule.host === '' ? CATCH_ALL : rule.host)))) {
      const known = byHost.get(host);
      if (known === undefined) byHost.set(host, [ingress]);
      else known.push(ingress);
    }
  }
  return byHost;
}

function refsOf(server: Server, stating: readonly Ingress[]): readonly ObjectRef[] {
  const ingresses = [...server.ingresses, ...stating, ...server.aliases.map(({ ingress }) => ingress), ...server.locations.flatMap((location) => [location.ingress, upstreamCanary(location)])];
  return ingresses.filter((ingress) => ingress !== undefined).map(({ ref }) => ref);
}

/** Servers of names that cover the host, and the catch-all: a gateway may choose among them in another way. */
function serversFor(configuration: EffectiveConfiguration, host: string, byHost: ReadonlyMap<string, Server>): readonly Server[] {
  const servers: (Server | undefined)[] = [byHost.get(host)];
  const answering = findServer(configuration, host);
  if (answering !== undefined) servers.push(answering.kind === 'server' ? answering.server : byHost.get(answering.to));
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) servers.push(byHost.get(`*${host.slice(dot)}`));
  servers.push(byHost.get(CATCH_ALL));
  return [...new Set(servers)].filter((server) => server !== undefined);
}

/** Whose annotations decide at a location. */
function nearLocation(location: Location | undefined): ReadonlySet<ObjectRef> {
  const near = location === undefined ? [] : [location.ingress, upstreamCanary(location)];
  return new Set(near.filter((ingress) => ingress !== undefined).map(({ ref }) => ref));
}

/** What has to do with one request; made for the few that diverge. With a place, as if the request ended there. */
export type Involvement = (request: ProbeRequest, at?: Place) => Involved;

function locate(server: Server | undefined, { target }: ProbeRequest): Location | undefined {
  const path = readTarget(target)?.path;
  const found = server !== undefined && path !== undefined ? findLocation(server, path) : undefined;
  return found?.kind === 'location' || found?.kind === 'slash' ? found.location : undefined;
}

export function createInvolvement(configuration: EffectiveConfiguration): Involvement {
  const byHost = new Map(configuration.servers.map((server) => [server.host, server]));
  const stating = ingressesByHost(configuration);
  const refs = new Map<Server, readonly ObjectRef[]>();
  const known = (server: Server): readonly ObjectRef[] => {
    let found = refs.get(server);
    if (found === undefined) refs.set(server, (found = refsOf(server, stating.get(server.host) ?? [])));
    return found;
  };
  return (request, at) => {
    const host = request.host.toLowerCase();
    const answering = findServer(configuration, host);
    const server = at?.server ?? (answering?.kind === 'server' ? answering.server : answering === undefined ? undefined : byHost.get(answering.to));
    const chosen = at === undefined ? locate(answering?.kind === 'server' ? answering.server : undefined, request) : at.location ?? locate(at.server, request);
    const servers = serversFor(configuration, host, byHost);
    return {
      location: nearLocation(chosen),
      own: new Set(server === undefined ? [] : known(server)),
      host: new Set(servers.flatMap(known)),
      servers,
      server,
      chosen,
      named: answering?.kind === 'www' || answering?.server.host === host,
      unknownHost: answering === undefined,
      defaultCertificate: server === undefined || server.tls.certificate.kind === 'default',
    };
  };
}
