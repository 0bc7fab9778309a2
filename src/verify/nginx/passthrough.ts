import { CATCH_ALL, type EffectiveConfiguration, type ServiceBackend } from '../../nginx/configuration.ts';
import type { ProbeOutcome, ProbeRequest } from '../outcome.ts';
import { readerOf } from './read.ts';

const none: ReadonlyMap<string, string> = new Map();

/** Backends of hosts whose TLS is handed on unopened, by exact name. */
function passedOn({ servers, settings }: EffectiveConfiguration): ReadonlyMap<string, ServiceBackend> {
  const backends = new Map<string, ServiceBackend>();
  if (settings.sslPassthrough === false) return backends;
  for (const { host, ingresses, locations } of servers) {
    if (host === CATCH_ALL || host.startsWith('*.')) continue;
    const root = locations.find(({ path, pathType }) => path === '/' && pathType === 'Prefix')?.backend;
    if (root?.kind !== 'service' || !ingresses.some((ingress) => readerOf(ingress, settings).isTrue('ssl-passthrough'))) continue;
    backends.set(host, root);
  }
  return backends;
}

/**
 * What happens to a TLS connection before nginx: with the annotation it goes to the Service of `/` as it is, so no other annotation counts.
 * Where the controller's flag is not known it is taken as set, since somebody asks for it.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go (getBackendServers, SSLPassthrough)
 */
export function passThrough(configuration: EffectiveConfiguration): (request: ProbeRequest) => ProbeOutcome | undefined {
  const backends = passedOn(configuration);
  return ({ scheme, host, target }) => {
    const backend = scheme === 'https' ? backends.get(host.toLowerCase()) : undefined;
    if (backend === undefined) return undefined;
    const { namespace, name, port } = backend;
    return { kind: 'forwarded', backends: [{ namespace, name, port, share: 1 }], target, host, requestHeaders: none, responseHeaders: none, guards: [], limits: [] };
  };
}
