import type { EffectiveConfiguration } from '../../nginx/configuration.ts';
import type { ProbeOutcome } from '../outcome.ts';

interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

const keyOf = ({ namespace, name, port }: Named): string => `${namespace}/${name}:${port}`;

/**
 * Whether a request reaches a Service that nginx forwards nothing to. Whatever the way a gateway reads paths and hosts, it leads to rules of the
 * same Ingresses, so nothing explains that.
 */
export function strangers({ servers }: EffectiveConfiguration): (after: ProbeOutcome) => readonly string[] {
  const known = new Set(
    servers.flatMap(({ locations }) =>
      locations.flatMap(({ backend }) => (backend.kind === 'service' ? [keyOf(backend), ...(backend.upstream.canary === undefined ? [] : [keyOf(backend.upstream.canary.backend)])] : [])),
    ),
  );
  return (after) => (after.kind === 'forwarded' && after.backends.some((backend) => backend.name !== '' && !known.has(keyOf(backend))) ? ['stranger'] : []);
}
