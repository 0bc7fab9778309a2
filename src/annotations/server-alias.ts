import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import { CATCH_ALL, type EffectiveConfiguration, type Server, type ServerAlias } from '../nginx/configuration.ts';
import { wildcardOf } from '../nginx/certificates.ts';
import { isHostname } from '../nginx/naming.ts';
import { defineFamily, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';

const documentation = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#server-alias';
const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go';
const serverNames = 'https://nginx.org/en/docs/http/server_names.html';

export const codes = defineCodes({
  'server-alias/empty': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: it names no host.',
    why: 'ingress-nginx splits the value at commas and skips empty parts.',
    do: 'Remove {annotation}.',
    source: documentation,
  },
  'server-alias/regex': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Alias {alias} of host {host} is not carried over: it is a regular expression.',
    why: 'Hostnames of routes and listeners are exact names or start with `*.`; requests for names that only the expression matches get 404 from the gateway.',
    do: 'List the real names in {annotation}, or one wildcard name that covers them, and convert again.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#hostname',
  },
  'server-alias/not-a-hostname': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Alias {alias} of host {host} is not carried over: it is no name a route can have.',
    why: 'nginx also takes names that end in `.*`, start with a dot, hold an underscore or capitals, or are addresses; the Gateway API takes lower-case DNS names and `*.` before one alone.',
    do: 'List the real names in {annotation} in lower case and convert again.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#hostname',
  },
  'server-alias/name-in-use': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Alias {alias} of host {host} has no effect: the name is taken.',
    why: 'ingress-nginx removes an alias that some rule has as its host, and gives one that two hosts want to the first of them in the alphabet.',
    do: 'Remove {alias} from {annotation}.',
    source,
  },
  'server-alias/other-ingress': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on host {host}: Ingress {other} already gives the host its aliases.',
    why: 'ingress-nginx takes the aliases of a host from the first Ingress that has any, and never joins two lists.',
    do: 'Put all aliases of {host} on one Ingress.',
    source,
  },
  'server-alias/certificate': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Alias {alias} of host {host} is served with the certificate of {host}, and plain HTTP redirects to HTTPS.',
    why: 'ingress-nginx does both only if the certificate names the alias; otherwise it shows its default certificate and keeps plain HTTP. The conversion never reads certificates.',
    do: 'Check that the certificate of {host} covers {alias}.',
    source: serverNames,
  },
  'server-alias/certificate-of-another-host': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Alias {alias} of host {host} is served over plain HTTP, which nginx redirects to HTTPS.',
    why: 'ingress-nginx shows the certificate of {other} for it, and redirects because there is one: that of a wildcard host it is below, or of the last of several hosts with the alias. {host} has none, and a route has one way with plain HTTP for all its names.',
    do: 'Give {host} a tls section with a certificate for {alias}, or name {alias} in a rule, and convert again.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/certificate.lua',
  },
});

/** Whose certificate nginx shows for the alias of a host that has none. */
function certificateFrom({ name, certificate }: ServerAlias, { servers }: EffectiveConfiguration): string | undefined {
  if (certificate.kind === 'secret') return `Ingress ${certificate.ingress.ref.namespace}/${certificate.ingress.ref.name}`;
  return servers.find(({ host, tls }) => tls.redirects && host === wildcardOf(name))?.host;
}

function readAlias(present: PresentAnnotation, own: ServerAlias, server: Server, configuration: EffectiveConfiguration): readonly Finding[] {
  const { ingress, key } = present;
  const { host } = server;
  const { name: alias } = own;
  const about = aboutAnnotation(ingress, key);
  const args = { annotation: key, alias, host };
  if (alias.startsWith('~')) return [raise(codes, 'server-alias/regex', about, args)];
  if (!isHostname(alias)) return [raise(codes, 'server-alias/not-a-hostname', about, args)];
  if (server.tls.redirects) return [raise(codes, 'server-alias/certificate', about, { alias, host })];
  const other = certificateFrom(own, configuration);
  return other === undefined ? [] : [raise(codes, 'server-alias/certificate-of-another-host', about, { alias, host, other })];
}

function readServer(present: PresentAnnotation, stated: readonly string[], server: Server, configuration: EffectiveConfiguration): LocationReading {
  const { ingress, key } = present;
  const about = aboutAnnotation(ingress, key);
  const speaker = server.aliases[0]?.ingress;
  const { host } = server;
  if (speaker !== undefined && speaker !== ingress) {
    const other = `${speaker.ref.namespace}/${speaker.ref.name}`;
    return { intents: [], findings: [raise(codes, 'server-alias/other-ingress', about, { annotation: key, host, other })] };
  }
  const kept = new Map(server.aliases.map((alias) => [alias.name, alias]));
  const findings = stated.flatMap((alias) => {
    const own = kept.get(alias);
    if (own !== undefined) return host === CATCH_ALL ? [] : readAlias(present, own, server, configuration);
    return [raise(codes, 'server-alias/name-in-use', about, { annotation: key, alias, host })];
  });
  return { intents: [], findings, structural: kept.size > 0 ? [key] : [] };
}

/** Names know no letter case; expressions do. */
const plainName = (alias: string): string => (alias.startsWith('~') ? alias : alias.toLowerCase());

function readAliases(present: PresentAnnotation): FamilyReading {
  const { ingress, key, raw } = present;
  const stated = [...new Set(raw.split(',').map((alias) => plainName(alias.trim())))].filter((alias) => alias !== '').sort();
  if (stated.length === 0) return { inert: [key], findings: [raise(codes, 'server-alias/empty', aboutAnnotation(ingress, key), { annotation: key })] };
  return { forServer: (server, configuration) => readServer(present, stated, server, configuration) };
}

export const serverAlias = defineFamily({
  id: 'server-alias',
  keys: ['server-alias'],
  codes,
  serverScope: 'any',
  intents: [],
  shapes: ['server-alias'],
  docs: {
    nginx:
      'More names for every host of the Ingress: exact ones, *.NAME for any number of labels, or ~REGEX. The names get all paths of the host, of every Ingress. The first Ingress of a host that has aliases counts. A name that some rule uses as its host is dropped from the list.',
    gateway: 'HTTPRoute `hostnames` and one listener per name.',
    loss: 'Regular expressions, names that end in .* and names that start with a dot have no equal in the Gateway API.',
  },
  read: ({ get }) => {
    const present = get('server-alias');
    return present === undefined ? {} : readAliases(present);
  },
});
