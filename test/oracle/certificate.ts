import { CATCH_ALL, type EffectiveConfiguration } from '../../src/nginx/configuration.ts';
import type { ProbeRequest } from '../../src/verify/outcome.ts';
import type { Answer } from '../traffic/send.ts';
import type { Pair } from '../traffic/verdict.ts';
import { isSupplied, secretOf } from './world/certificates.ts';

/** Secret whose certificate nginx shows for the name of a request; undefined where the configuration does not say, as for aliases. */
function expected({ servers }: EffectiveConfiguration, { host }: ProbeRequest): string | undefined {
  const name = host.toLowerCase();
  const wildcard = name.replace(/^[^.]+/, '*');
  const server = servers.find((one) => one.host === name) ?? servers.find((one) => one.host === wildcard);
  if (server === undefined || server.host === CATCH_ALL || servers.some(({ aliases }) => aliases.some((alias) => alias.name === name))) return undefined;
  const { certificate } = server.tls;
  return certificate.kind === 'default' ? 'default' : `${certificate.namespace}/${certificate.name}`;
}

/** Whether the certificate is that of the Secret; Secrets the input gives itself rarely hold one. */
export function certificateAspects(configuration: EffectiveConfiguration, request: ProbeRequest, { certificate }: Answer): readonly Pair[] {
  const wanted = certificate === undefined ? undefined : expected(configuration, request);
  return wanted === undefined || (wanted !== 'default' && !isSupplied(wanted)) ? [] : [['certificate', wanted, secretOf(certificate ?? '')]];
}
