import { aboutAnnotation, defineCodes, raise } from '../diagnostics/finding.ts';
import type { Location, Server } from '../nginx/configuration.ts';
import { namedService } from '../nginx/named-service.ts';
import { defineFamily, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';
import { normaliseText } from '../nginx/values.ts';

const template = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl';

export const codes = defineCodes({
  'upstream-vhost/empty': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: it is empty.',
    why: 'ingress-nginx then sends the Host header of the request on.',
    do: 'Remove {annotation}.',
    source: template,
  },
  'upstream-vhost/same-host': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" has no effect: it is the Host header of the request.',
    why: 'Without the annotation nginx and the gateway send that header on as well.',
    do: 'Remove {annotation}.',
    source: template,
  },
  'upstream-vhost/variables-filled-in': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" becomes the fixed host "{host}" for path {path}.',
    why: 'nginx fills the variables in from the Ingress, so they are the same for every request of a path; the hostname of a URLRewrite filter is fixed text.',
    do: 'Change the hostname in the route when the Service is renamed.',
    source: template,
  },
});

/** Variables that stand for the Host header as sent; `$host` is lower-cased and without the port, which backends hardly tell apart. */
const clientHost: ReadonlySet<string> = new Set(['$host', '$http_host', '$best_http_host', '${host}', '${http_host}', '${best_http_host}']);

/** Values of the variables that nginx.tmpl sets from the Ingress for each location; undefined for all others. */
function variableOf(name: string, location: Location, server: Server): string | undefined {
  switch (name) {
    case 'namespace':
      return location.ingress?.ref.namespace;
    case 'ingress_name':
      return location.ingress?.ref.name;
    case 'service_name':
      return namedService(location, server)?.service;
    case 'service_port':
      return namedService(location, server)?.port;
    default:
      return undefined;
  }
}

const variable = /\$(?:\{([a-z0-9_]+)\}|([a-z0-9_]+))/gi;

function fillIn(text: string, location: Location, server: Server): string {
  return text.replace(variable, (whole, braced: string | undefined, plain: string | undefined) => variableOf(braced ?? plain ?? '', location, server) ?? whole);
}

function readHost(present: PresentAnnotation): FamilyReading {
  const { ingress, key, raw } = present;
  const about = aboutAnnotation(ingress, key);
  const text = normaliseText(raw);
  if (text === '') return { inert: [key], findings: [raise(codes, 'upstream-vhost/empty', about, { annotation: key })] };
  if (clientHost.has(text)) return { inert: [key], findings: [raise(codes, 'upstream-vhost/same-host', about, { annotation: key, value: text })] };
  const from = [{ ingress, key }];
  if (!text.includes('$')) return { intents: [{ kind: 'upstream-host', from, host: text }] };
  const forLocation = (location: Location, server: Server): LocationReading => {
    const host = fillIn(text, location, server);
    const intents = [{ kind: 'upstream-host', from, host }] as const;
    if (host.includes('$') || location.automatic) return { intents };
    return { intents, findings: [raise(codes, 'upstream-vhost/variables-filled-in', about, { annotation: key, value: text, host, path: location.path })] };
  };
  return { forLocation };
}

export const upstreamVhost = defineFamily({
  id: 'upstream-vhost',
  keys: ['upstream-vhost'],
  codes,
  intents: ['upstream-host'],
  docs: {
    nginx: 'The Host header that backends receive instead of the one of the request. Variables are filled in, such as $service_name and $namespace. X-Forwarded-Host keeps the host of the request.',
    gateway: 'HTTPRoute `URLRewrite` filter: hostname.',
    loss: 'A hostname of a route has no port, and variables that differ from request to request cannot be expressed. Not every gateway sets X-Forwarded-Host.',
  },
  read: ({ get }) => {
    const present = get('upstream-vhost');
    return present === undefined ? {} : readHost(present);
  },
});
