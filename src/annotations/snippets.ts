import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Server } from '../nginx/configuration.ts';
import { parseBoolean } from '../nginx/values.ts';
import type { SnippetIntent } from '../plan/intents.ts';
import { isCanary } from './canary.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';
import { readExternalAuth } from './external-auth-value.ts';
import { onlyRecords } from './modsecurity.ts';
import { withoutAuthentication } from './no-auth-locations.ts';
import { serverSnippetOf } from './snippets/server.ts';
import { presentOf, siblingsOf } from './siblings.ts';
import { codes } from './snippets/codes.ts';
import { readAtLocation } from './snippets/place.ts';
import { scanOf } from './snippets/read.ts';
import { textOfAnnotation, type SnippetText } from './snippets/text.ts';
import { lostLog, lostText } from './snippets/whole.ts';

const keys = ['configuration-snippet', 'server-snippet', 'auth-snippet', 'stream-snippet', 'modsecurity-snippet'] as const;
type Input = FamilyInput<(typeof keys)[number]>;

type Simple = 'snippets/not-allowed' | 'snippets/assumed-active' | 'snippets/empty' | 'snippets/auth-without-url' | 'snippets/modsecurity-off';
const say = (code: Simple, { ingress, key }: PresentAnnotation): Finding => raise(codes, code, aboutAnnotation(ingress, key), { annotation: key });

/** Blank, or comments alone; ModSecurity has a language of its own. */
function isEmpty({ key, raw }: PresentAnnotation): boolean {
  if (raw.trim() === '' || key.endsWith('/modsecurity-snippet')) return raw.split('\n').every((line) => /^\s*(?:#.*)?$/.test(line));
  const { directives, complete } = scanOf(raw);
  return complete && directives.length === 0;
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go (buildModSecurityForLocation) */
function modsecurityOn({ ingress, settings }: Input): boolean {
  const own = parseBoolean(siblingsOf(ingress, settings)('enable-modsecurity')?.raw ?? '');
  return own ?? parseBoolean(settings.raw.get('enable-modsecurity') ?? '') === true;
}

function hasOwnCheck({ ingress, settings, inventory }: Input): boolean {
  return readExternalAuth({ ingress, settings, inventory, get: siblingsOf(ingress, settings) }).kind === 'protected';
}

/** The host's server-snippet as this Ingress sees it: its own, or another's. */
function readHost({ settings }: Input, annotation: PresentAnnotation, server: Server): LocationReading {
  const { ingress, key } = annotation;
  const speaker = serverSnippetOf(server, settings);
  if (speaker === undefined) return { intents: [] };
  const about = aboutAnnotation(ingress, key);
  const owner = speaker.ingress;
  if (owner !== ingress) {
    const args = { annotation: key, host: server.host, other: `${owner.ref.namespace}/${owner.ref.name}` };
    return { intents: [], findings: [raise(codes, 'snippets/host-taken', about, args)] };
  }
  if (server.locations.some((location) => location.ingress === ingress)) return { intents: [] };
  return { intents: [], findings: [raise(codes, 'snippets/only-on-others', about, { annotation: key, host: server.host, ingress: ingress.ref.name })] };
}

const asText = (annotation: PresentAnnotation | undefined): SnippetText | undefined => (annotation === undefined ? undefined : textOfAnnotation(annotation));

function readActive(input: Input, active: ReadonlySet<string>): FamilyReading {
  const { settings, get } = input;
  const of = (name: (typeof keys)[number]): PresentAnnotation | undefined => {
    const annotation = get(name);
    return annotation !== undefined && active.has(annotation.key) ? annotation : undefined;
  };
  const findings: Finding[] = [];
  const intents: SnippetIntent[] = [];
  const [configuration, server, auth, stream, modsecurity] = keys.map(of);
  if (stream !== undefined) intents.push(...lostText(stream, 'stream'));
  if (modsecurity !== undefined) {
    if (modsecurityOn(input)) intents.push(...(onlyRecords(input.ingress, settings) ? [lostLog(modsecurity)] : lostText(modsecurity, 'modsecurity')));
    else findings.push(say('snippets/modsecurity-off', modsecurity));
  }
  const checked = auth !== undefined && hasOwnCheck(input) ? lostText(auth, 'auth') : [];
  if (auth !== undefined && checked.length === 0) findings.push(say('snippets/auth-without-url', auth));
  if (settings.allowSnippets === undefined) {
    for (const annotation of presentOf([configuration, server, stream])) findings.push(say('snippets/assumed-active', annotation));
    if (auth !== undefined && checked.length > 0) findings.push(say('snippets/assumed-active', auth));
  }
  const own = asText(configuration);
  return {
    intents,
    findings,
    forLocation: (location, host) => {
      const reading = readAtLocation(location, host, settings, { server: asText(serverSnippetOf(host, settings)), own });
      return checked.length === 0 || withoutAuthentication(location, settings) ? reading : { ...reading, intents: [...reading.intents, ...checked] };
    },
    forUnowned: (location, host) => {
      const speaker = serverSnippetOf(host, settings);
      return speaker?.ingress === input.ingress ? readAtLocation(location, host, settings, { server: asText(speaker), own: undefined }) : { intents: [] };
    },
    ...(server === undefined ? {} : { forServer: (host: Server) => readHost(input, server, host) }),
  };
}

export const snippets = defineFamily({
  id: 'snippets',
  keys,
  codes,
  // A server-snippet acts on the paths of all Ingresses of its host, also of those that have none.
  implicit: true,
  intents: ['address-list', 'fixed-response', 'https-redirect', 'method-guard', 'path-answer', 'plain-http', 'redirect', 'request-headers', 'response-headers', 'snippet'],
  docs: {
    nginx:
      'Adds raw nginx configuration: to every location of the Ingress, to the server block of its hosts, to the authentication sub-request, to the stream block, or to the rules of ModSecurity. The controller has to allow it.',
    gateway:
      'The Gateway API has no place for configuration of one proxy. Directives of known meaning become what annotations become: header filters, redirects, matches on the method, closed rules.',
    loss: 'Every other directive is named with its line and not carried over. If one can refuse a request, or this tool does not know it, the rules it acts on are closed.',
  },
  read: (input) => {
    const { settings, get } = input;
    const present = presentOf(keys.map(get));
    const empty = present.filter(isEmpty);
    const filled = present.filter((annotation) => !empty.includes(annotation));
    const findings = empty.map((annotation) => say('snippets/empty', annotation));
    if (settings.allowSnippets === false) return { findings: [...findings, ...filled.map((annotation) => say('snippets/not-allowed', annotation))] };
    const { forLocation, ...everywhere } = readActive(input, new Set(filled.map(({ key }) => key)));
    // What stands on the locations that a canary is attached to is said by their own Ingress.
    const reading = isCanary(input.ingress, settings) || forLocation === undefined ? everywhere : { ...everywhere, forLocation };
    return { ...reading, findings: [...findings, ...(reading.findings ?? [])] };
  },
});
