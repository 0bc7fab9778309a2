import type { EffectiveConfiguration } from '../../src/nginx/configuration.ts';
import type { ProbeOutcome } from '../../src/verify/outcome.ts';
import { excluded, type Verdict } from '../traffic/verdict.ts';

/**
 * Services that some location speaks gRPC to, or TLS, and another plain HTTP. nginx keeps one pool of open connections for all locations and finds
 * them by address alone, so that a request may get a connection of the other protocol: it fails or hangs, depending on what was asked before.
 * Source: ngx_http_upstream_get_keepalive_peer in https://github.com/nginx/nginx/blob/release-1.27.1/src/http/modules/ngx_http_upstream_keepalive_module.c
 */
function mixedServices({ servers, settings }: EffectiveConfiguration): ReadonlySet<string> {
  const spoken = new Map<string, Set<string>>();
  for (const { backend, ingress } of servers.flatMap(({ locations }) => locations)) {
    if (backend.kind !== 'service') continue;
    const protocol = (ingress?.annotations.get(`${settings.annotationsPrefix}/backend-protocol`) ?? 'HTTP').trim().toUpperCase();
    for (const { namespace, name } of [backend, ...(backend.upstream.canary === undefined ? [] : [backend.upstream.canary.backend])]) {
      const service = `${namespace}/${name}`;
      spoken.set(service, (spoken.get(service) ?? new Set()).add(protocol));
    }
  }
  return new Set([...spoken].flatMap(([service, protocols]) => (protocols.size > 1 ? [service] : [])));
}

/** Leaves out what fails for that reason; whatever is answered by the application is judged. */
export function leaveMixed(configuration: EffectiveConfiguration): (outcome: ProbeOutcome, ask: () => Promise<Verdict>) => Promise<Verdict> {
  const mixed = mixedServices(configuration);
  return async (outcome, ask) => {
    if (outcome.kind !== 'forwarded' || !outcome.backends.some(({ namespace, name }) => mixed.has(`${namespace}/${name}`))) return await ask();
    const verdict = await ask().catch(() => undefined);
    const failed = verdict === undefined || (verdict.kind === 'differs' && verdict.aspects.includes('echo: evaluator true, real false'));
    return failed ? excluded('nginx reuses a connection that speaks another protocol') : verdict;
  };
}
