import { CATCH_ALL, type Location, type Server } from '../../nginx/configuration.ts';
import { namedService } from '../../nginx/named-service.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { siblingsOf } from '../siblings.ts';
import type { Surroundings } from './define.ts';

/**
 * Variables that the template sets in each location, from the Ingress and its rule.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl (`set $namespace` and below)
 */
function ofTemplate(location: Location, server: Server): readonly (readonly [string, string])[] {
  const { ingress, path } = location;
  if (ingress === undefined) return [];
  const own = [['namespace', ingress.ref.namespace], ['ingress_name', ingress.ref.name], ['location_path', path]] as const;
  const named = namedService(location, server);
  return named === undefined ? own : [...own, ['service_name', named.service], ['service_port', named.port]];
}

/** One name that is no pattern: then every request of the server has it, since nginx picks servers by the name of the request. */
function ofServer({ host, aliases }: Server): readonly (readonly [string, string])[] {
  if (host === CATCH_ALL || host.startsWith('*')) return [];
  return aliases.length === 0 ? [['host', host], ['server_name', host]] : [['server_name', host]];
}

function speaksGrpc({ ingress }: Location, settings: ControllerSettings): boolean {
  return ingress !== undefined && /^grpcs?$/i.test(siblingsOf(ingress, settings)('backend-protocol')?.raw.trim() ?? '');
}

/** What is fixed at a location before any request comes. */
export function surroundingsOf(block: Surroundings['block'], location: Location, server: Server, settings: ControllerSettings): Surroundings {
  const constants = new Map(block === 'location' ? [...ofServer(server), ...ofTemplate(location, server)] : ofServer(server));
  const wholeHost = server.locations.length === 1 && location.path === '/' && location.match.kind === 'prefix';
  return { block, wholeHost, constants, grpc: speaksGrpc(location, settings), defaultType: settings.raw.get('default-type') ?? 'text/html' };
}
