import { aboutAnnotation, defineCodes, raise } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { CATCH_ALL, type EffectiveConfiguration, type Server } from '../nginx/configuration.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';
import { readRedirectGroup } from './redirect-group.ts';
import { parseBoolean } from '../nginx/values.ts';
import { readWithoutRules } from './without-rules.ts';

const documentation = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#redirect-fromto-www';
const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/nginx.go';

export const codes = defineCodes({
  'www-redirect/off': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" has no effect.',
    why: 'False is the default, and another Ingress of the host can still ask for the redirect.',
    do: 'Remove {annotation}.',
    source: documentation,
  },
  'www-redirect/group-ignored': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: ingress-nginx cannot use {culprit} and ignores the redirect annotations together.',
    why: 'An empty value, or a temporal-redirect that is no http or https URL, makes the controller skip the whole group.',
    do: 'Correct or remove {culprit} and convert again if the redirect is wanted.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/redirect/redirect.go',
  },
  'www-redirect/name-in-use': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on host {host}: an Ingress serves {twin} itself.',
    why: 'ingress-nginx adds the redirecting host only if no rule names it.',
    do: 'Remove {annotation}, or the rules for {twin} if it should redirect.',
    source,
  },
  'www-redirect/no-name': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on a rule without a host.',
    why: 'Without a host there is no name to put www. before.',
    do: 'Remove {annotation}, or name the host in the rule.',
    source,
  },
  'www-redirect/wildcard': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} on the wildcard host {host} cannot work: the controller writes the server name {twin}, which nginx refuses.',
    why: 'nginx allows an asterisk at the ends of a name alone, and one bad name stops every reload of the controller, so no later change of any Ingress has reached nginx.',
    do: 'Remove {annotation}, and compare what nginx serves today with the manifests before you cut over.',
    source: 'https://nginx.org/en/docs/http/server_names.html#wildcard_names',
  },
  'www-redirect/no-path': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on host {host}: the Ingress serves no path there.',
    why: 'ingress-nginx takes the annotation from the paths of a rule, and this Ingress has none on the host or loses them all to older Ingresses.',
    do: 'Move {annotation} to the Ingress that serves {host}.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
});

const hostsOf = new WeakMap<EffectiveConfiguration, ReadonlySet<string>>();

function servesHost(configuration: EffectiveConfiguration, host: string): boolean {
  let hosts = hostsOf.get(configuration);
  if (hosts === undefined) hostsOf.set(configuration, (hosts = new Set(configuration.servers.map((server) => server.host))));
  return hosts.has(host);
}

const ownersOf = new WeakMap<Server, ReadonlySet<Ingress>>();

/** Whether the Ingress serves a path of a rule on the host. Worked out once per host: a host can have thousands of Ingresses. */
function servesPath(server: Server, ingress: Ingress): boolean {
  let owners = ownersOf.get(server);
  if (owners === undefined) {
    const explicit = server.locations.filter((location) => !location.automatic);
    ownersOf.set(server, (owners = new Set(explicit.flatMap((location) => location.ingress ?? []))));
  }
  return owners.has(ingress);
}

function readServer(present: PresentAnnotation, status: number, server: Server, configuration: EffectiveConfiguration): LocationReading {
  const { ingress, key } = present;
  const { host } = server;
  const about = aboutAnnotation(ingress, key);
  const twin = host.startsWith('www.') ? host.slice('www.'.length) : `www.${host}`;
  if (host === CATCH_ALL) return { intents: [], findings: [raise(codes, 'www-redirect/no-name', about, { annotation: key })] };
  if (!servesPath(server, ingress)) return { intents: [], findings: [raise(codes, 'www-redirect/no-path', about, { annotation: key, host })] };
  if (host.startsWith('*.')) return { intents: [], findings: [raise(codes, 'www-redirect/wildcard', about, { annotation: key, host, twin })] };
  if (servesHost(configuration, twin)) return { intents: [], findings: [raise(codes, 'www-redirect/name-in-use', about, { annotation: key, host, twin })] };
  return { intents: [{ kind: 'www-redirect', from: [{ ingress, key }], status, fromHost: twin }] };
}

function readWww({ ingress, settings, get }: FamilyInput<'from-to-www-redirect'>): FamilyReading {
  const present = get('from-to-www-redirect');
  if (present === undefined) return {};
  const { key, raw } = present;
  const about = aboutAnnotation(ingress, key);
  const without = readWithoutRules(ingress, [present]);
  if (without !== undefined) return without;
  if (parseBoolean(raw) === false) return { inert: [key], findings: [raise(codes, 'www-redirect/off', about, { annotation: key, value: raw })] };
  const group = readRedirectGroup(ingress, settings);
  if (group.kind === 'ignored') {
    const culprit = `${settings.annotationsPrefix}/${group.by}`;
    return { inert: [key], findings: [raise(codes, 'www-redirect/group-ignored', about, { annotation: key, culprit })] };
  }
  return { forServer: (server, configuration) => readServer(present, settings.httpRedirectCode, server, configuration) };
}

export const wwwRedirect = defineFamily({
  id: 'www-redirect',
  keys: ['from-to-www-redirect'],
  codes,
  intents: ['www-redirect'],
  docs: {
    nginx:
      'Adds a host that redirects: www.HOST for a rule of HOST, or HOST for a rule of www.HOST. It answers every path with 308 to the rule\'s host, with the port always written out and one final slash cut. Any Ingress of the host may ask for it; it is left out if some rule names the other host. It is served with the certificate of the host only if that certificate covers it.',
    gateway: 'HTTPRoute for the other hostname with a `RequestRedirect` filter (hostname, statusCode), and listeners for it.',
    loss: 'A gateway leaves out the default port and keeps the final slash. The HTTPS listener of the other name needs a certificate that covers it.',
  },
  read: readWww,
});
