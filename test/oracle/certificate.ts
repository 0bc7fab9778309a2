import { CATCH_ALL, type EffectiveConfiguration, type Server } from '../../src/nginx/configuration.ts';
import type { ProbeRequest } from '../../src/verify/outcome.ts';
import type { Answer } from '../traffic/send.ts';
import type { Pair } from '../traffic/verdict.ts';
import { isSupplied, secretOf } from './world/certificates.ts';

function serverOf({ servers }: EffectiveConfiguration, { host }: ProbeRequest): Server | undefined {
  const name = host.toLowerCase();
  return servers.find((one) => one.host === name) ?? servers.find((one) => one.host === name.replace(/^[^.]+/, '*'));
}

function isAssumed(configuration: EffectiveConfiguration, request: ProbeRequest): boolean {
  const server = serverOf(configuration, request);
  const certificate = server?.tls.certificate;
  if (certificate?.kind === 'default') return certificate.reason === 'host-not-listed';
  return certificate !== undefined && !certificate.ingress.tls.some(({ hosts }) => hosts.some((host) => host.toLowerCase() === server?.host));
}

/** Secret whose certificate nginx shows for the name of a request; undefined where the configuration does not say, as for aliases. */
function expected(configuration: EffectiveConfiguration, request: ProbeRequest): string | undefined {
  const server = serverOf(configuration, request);
  if (server === undefined || server.host === CATCH_ALL || configuration.servers.some(({ aliases }) => aliases.some((alias) => alias.name === request.host.toLowerCase()))) return undefined;
  const { certificate } = server.tls;
  return certificate.kind === 'default' ? 'default' : `${certificate.namespace}/${certificate.name}`;
}

/** Whether the certificate is that of the Secret; Secrets the input gives itself rarely hold one. */
export function certificateAspects(configuration: EffectiveConfiguration, request: ProbeRequest, { certificate }: Answer): readonly Pair[] {
  const wanted = certificate === undefined ? undefined : expected(configuration, request);
  // Certificates are not read: which of those that an Ingress names covers a host that its tls section does not list is an assumption, and told.
  if (isAssumed(configuration, request)) return [];
  return wanted === undefined || (wanted !== 'default' && !isSupplied(wanted)) ? [] : [['certificate', wanted, secretOf(certificate ?? '')]];
}
