import { aboutAnnotation, aboutIngress, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import { CATCH_ALL, type Location, type Server } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { AnnotationUse, HttpsRedirectIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';
import { parseBoolean } from '../nginx/values.ts';
import { readWithoutRules } from './without-rules.ts';

const lua = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/lua_ingress.lua';

export const codes = defineCodes({
  'https-redirect/unusable-boolean': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" is no boolean: the controller takes its default, {taken}.',
    why: 'ingress-nginx knows 1, t, T, true, True, TRUE and their opposites; for any other text the ConfigMap or the built-in default counts.',
    do: 'Correct the value and convert again, or remove the annotation.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/rewrite/main.go',
  },
  'https-redirect/no-tls': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on host {host}: no Ingress of the host has a tls section.',
    why: 'ssl-redirect redirects only hosts that have an entry for a certificate; the host is served over plain HTTP, and the conversion keeps that.',
    do: 'Add a tls section and convert again, or set force-ssl-redirect, if plain HTTP should not be served.',
    source: lua,
  },
  'https-redirect/no-host': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on a rule without a host.',
    why: 'ssl-redirect looks for the certificate of the requested host, and a rule without a host answers for names that have none; the conversion serves it over plain HTTP as before.',
    do: 'Name the host in the rule, or set force-ssl-redirect, if plain HTTP should not be served.',
    source: lua,
  },
  'https-redirect/forced': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" has no effect: the redirect to HTTPS is forced.',
    why: 'force-ssl-redirect, on the Ingress or in the ConfigMap, goes before ssl-redirect.',
    do: 'Remove the one of the two that is not meant.',
    source: lua,
  },
  'https-redirect/off': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" has no effect: it is what ingress-nginx does anyway.',
    why: 'Nothing else switches on what the annotation switches off here.',
    do: 'Remove {annotation}.',
    source: lua,
  },
  'https-redirect/exempt-path': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on path {path}: such paths are never redirected to HTTPS.',
    why: 'The path begins with an entry of no-tls-redirect-locations, by default /.well-known/acme-challenge.',
    do: 'Nothing: the conversion does not redirect {path} either.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#no-tls-redirect-locations',
  },
  'https-redirect/no-redirect': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: no path of the Ingress is redirected to HTTPS.',
    why: 'It only says how the Location of that redirect is written.',
    do: 'Remove {annotation}.',
    source: lua,
  },
  'https-redirect/forwarded-proto': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Requests that a load balancer marks with X-Forwarded-Proto: https are redirected to HTTPS all the same.',
    why: 'With use-forwarded-headers ingress-nginx believes that header and does not redirect; a route decides by the listener the request came in on, so TLS that ends before the Gateway makes an endless redirect.',
    do: 'Let the load balancer pass TLS through or reach the HTTPS listener; otherwise set ssl-redirect to "false" and convert again.',
    source: lua,
  },
});

type Key = 'ssl-redirect' | 'force-ssl-redirect' | 'preserve-trailing-slash';

/** One of the three booleans: what counts, and the annotation it is from. */
interface Switch {
  readonly value: boolean;
  readonly present: PresentAnnotation | undefined;
}

function readSwitch(present: PresentAnnotation | undefined, otherwise: boolean, findings: Finding[]): Switch {
  if (present === undefined) return { value: otherwise, present: undefined };
  const value = parseBoolean(present.raw);
  if (value !== undefined) return { value, present };
  const { ingress, key, raw } = present;
  findings.push(raise(codes, 'https-redirect/unusable-boolean', aboutAnnotation(ingress, key), { annotation: key, value: raw, taken: `${otherwise}` }));
  return { value: otherwise, present: undefined };
}

function usesOf(switches: readonly Switch[]): readonly AnnotationUse[] {
  return switches.flatMap(({ value, present }) => (value && present !== undefined ? [{ ingress: present.ingress, key: present.key }] : []));
}

/** Whether the Ingress path, not the request's, begins with one of the listed texts (isLocationInLocationList in the controller's template.go). */
function isExempt(path: string, settings: ControllerSettings): boolean {
  return settings.noTlsRedirectLocations.some((prefix) => prefix !== '' && path.startsWith(prefix));
}

interface Reading {
  readonly ssl: Switch;
  readonly force: Switch;
  readonly slash: Switch;
}

/** What a present switch that asks for no redirect comes to. */
function explainOff({ ssl, force }: Reading, present: PresentAnnotation, server: Server, settings: ControllerSettings): LocationReading {
  const { ingress, key, raw } = present;
  const about = aboutAnnotation(ingress, key);
  const args = { annotation: key, value: raw };
  if (present === ssl.present && force.value) return { intents: [], findings: [raise(codes, 'https-redirect/forced', about, args)] };
  const switchedOff = present === ssl.present ? settings.sslRedirect && server.tls.redirects : settings.forceSslRedirect;
  return switchedOff ? { intents: [], structural: [key] } : { intents: [], findings: [raise(codes, 'https-redirect/off', about, args)] };
}

/** Why a switch that asks for the redirect does not get it. */
function explainMissing({ ingress, key }: PresentAnnotation, location: Location, server: Server, settings: ControllerSettings): Finding {
  const { path } = location;
  const about = aboutAnnotation(ingress, key);
  if (isExempt(path, settings)) return raise(codes, 'https-redirect/exempt-path', about, { annotation: key, path });
  if (server.host === CATCH_ALL) return raise(codes, 'https-redirect/no-host', about, { annotation: key });
  return raise(codes, 'https-redirect/no-tls', about, { annotation: key, host: server.host });
}

/** What the present annotations come to on one location, beside the redirect itself. */
function explain(reading: Reading, location: Location, server: Server, settings: ControllerSettings, redirected: boolean): Required<LocationReading> {
  const findings: Finding[] = [];
  const structural: string[] = [];
  for (const { value, present } of [reading.force, reading.ssl]) {
    if (present === undefined) continue;
    if (value) {
      if (!redirected) findings.push(explainMissing(present, location, server, settings));
      continue;
    }
    const off = explainOff(reading, present, server, settings);
    findings.push(...(off.findings ?? []));
    structural.push(...(off.structural ?? []));
  }
  const slash = reading.slash.present;
  if (slash !== undefined && !redirected) findings.push(raise(codes, 'https-redirect/no-redirect', aboutAnnotation(slash.ingress, slash.key), { annotation: slash.key }));
  return { intents: [], findings, structural };
}

function readRedirect(input: FamilyInput<Key>): FamilyReading {
  const { ingress, settings, get } = input;
  const present = (['ssl-redirect', 'force-ssl-redirect', 'preserve-trailing-slash'] as const).flatMap((name) => get(name) ?? []);
  const without = readWithoutRules(ingress, present);
  if (without !== undefined) return without;
  const findings: Finding[] = [];
  const reading: Reading = {
    ssl: readSwitch(get('ssl-redirect'), settings.sslRedirect, findings),
    force: readSwitch(get('force-ssl-redirect'), settings.forceSslRedirect, findings),
    slash: readSwitch(get('preserve-trailing-slash'), settings.preserveTrailingSlash, findings),
  };
  const { ssl, force, slash } = reading;
  const from = [...usesOf([force, ssl]), ...(slash.present === undefined ? [] : [{ ingress, key: slash.present.key }])];
  const intent: HttpsRedirectIntent = { kind: 'https-redirect', from, status: settings.httpRedirectCode, preserveTrailingSlash: slash.value };
  const trusted = settings.useForwardedHeaders ? [raise(codes, 'https-redirect/forwarded-proto', aboutIngress(ingress), {})] : [];
  const forLocation = (location: Location, server: Server): LocationReading => {
    const byTls = ssl.value && server.tls.redirects && server.host !== CATCH_ALL;
    const redirected = (force.value || byTls) && !isExempt(location.path, settings);
    if (present.length === 0) return redirected ? { intents: [intent], findings: trusted } : { intents: [] };
    const beside = explain(reading, location, server, settings, redirected);
    return redirected ? { ...beside, intents: [intent], findings: [...beside.findings, ...trusted] } : beside;
  };
  return { findings, forLocation };
}

export const httpsRedirect = defineFamily({
  id: 'https-redirect',
  keys: ['ssl-redirect', 'force-ssl-redirect', 'preserve-trailing-slash'],
  codes,
  implicit: true,
  intents: ['https-redirect'],
  docs: {
    nginx:
      'ssl-redirect is on by default: plain HTTP is answered with 308 to HTTPS on every host for which any Ingress has a tls section, even if the Secret is missing. force-ssl-redirect does so on hosts without one too. The Location is https, the host without its port, and the path and query as sent, less one final slash unless preserve-trailing-slash is true. Paths under /.well-known/acme-challenge are exempt when an Ingress path begins so.',
    gateway: 'HTTPRoute: a route on the HTTP listener with a `RequestRedirect` filter (scheme https, statusCode), while the rule itself stays on the HTTPS listener.',
    loss: 'A gateway keeps the final slash, as preserve-trailing-slash would. It looks at the listener, never at X-Forwarded-Proto.',
  },
  read: readRedirect,
});
