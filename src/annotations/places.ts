import type { Ingress } from '../model/ingress.ts';
import type { EffectiveConfiguration, Location, Server } from '../nginx/configuration.ts';

export interface Place {
  readonly location: Location;
  readonly server: Server;
}

/** Where the annotations of an Ingress act. */
export interface Places {
  /** Locations it owns. */
  readonly own: ReadonlyMap<Ingress, readonly Place[]>;
  /** Locations whose upstream it is the canary of. */
  readonly canary: ReadonlyMap<Ingress, readonly Place[]>;
  /** Servers of its rules' hosts, in the order of its rules. */
  readonly serversOf: (ingress: Ingress) => readonly Server[];
}

function push(map: Map<Ingress, Place[]>, ingress: Ingress, place: Place): void {
  const list = map.get(ingress);
  if (list === undefined) map.set(ingress, [place]);
  else list.push(place);
}

/** One pass over all locations; asking afterwards costs a map look-up. */
export function indexPlaces(configuration: EffectiveConfiguration): Places {
  const own = new Map<Ingress, Place[]>();
  const canary = new Map<Ingress, Place[]>();
  const byHost = new Map<string, Server>();
  for (const server of configuration.servers) {
    byHost.set(server.host, server);
    for (const location of server.locations) {
      const place = { location, server };
      if (location.ingress !== undefined) push(own, location.ingress, place);
      const attached = location.backend.kind === 'service' ? location.backend.upstream.canary?.ingress : undefined;
      if (attached !== undefined) push(canary, attached, place);
    }
  }
  const serversOf = (ingress: Ingress): readonly Server[] => {
    const servers = new Set<Server>();
    for (const { host } of ingress.rules) {
      const server = byHost.get(host === '' ? '_' : host);
      if (server !== undefined) servers.add(server);
    }
    return [...servers];
  };
  return { own, canary, serversOf };
}
