import { aboutAnnotation, defineCodes, raise } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { refusesHost, type Server } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { hasVariable } from './captures.ts';
import { defineFamily, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';
import { normaliseText } from '../nginx/values.ts';
import { firstAnswer } from './snippets/first-answer.ts';
import { readWithoutRules } from './without-rules.ts';

const template = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl';

export const codes = defineCodes({
  'app-root/not-a-path': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" has no effect: ingress-nginx takes only a path that starts with a slash.',
    why: 'A whole URL, a path without its slash, a query or a space makes the controller ignore it.',
    do: 'Correct the value and convert again if / should redirect, or remove it; use permanent-redirect for another host.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/rewrite/main.go',
  },
  'app-root/variable': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{annotation} "{value}" holds an nginx variable: / of the host is not redirected.',
    why: 'nginx expands the variable for each request; a RequestRedirect filter sends a fixed path.',
    do: 'Write a fixed path into the annotation and convert again.',
    source: template,
  },
  'app-root/shadowed': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on host {host}: Ingress {other} redirects / first.',
    why: 'nginx tests the app roots of a host in the order of its locations, the longest path first, and the first one answers.',
    do: 'Remove {annotation}, and keep app-root on one Ingress per host.',
    source: template,
  },
  'app-root/host-refused': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on host {host}: nginx answers every request of it with 403.',
    why: 'Where the authority for client certificates cannot be used, the controller writes nothing but the refusal into the server block.',
    do: 'Correct the annotations about client certificates of the host and convert again.',
    source: template,
  },
  'app-root/answered-before': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on host {host}: the server-snippet of Ingress {other} answers every request before it.',
    why: 'The text of server-snippet stands before the redirect of / in the server block, and a return that every request meets ends there.',
    do: 'Remove {annotation}, or the return from the server-snippet if / should redirect.',
    source: template,
  },
});

/** RegexPathWithCapture of the controller, and a slash first as url.ParseRequestURI wants it. */
const pathForm = /^\/[-._~a-zA-Z0-9/:$]*$/;

/** The path, or undefined when the controller ignores the text. `$1` to `$9` are empty: the test of `/` has no groups. */
function readPath(raw: string): string | undefined {
  return pathForm.test(raw) ? normaliseText(raw).replace(/\$[1-9]/g, '') : undefined;
}

const winners = new WeakMap<Server, Ingress>();

/** The Ingress whose app root nginx tests first. Worked out once per host: a host can have thousands of Ingresses. */
function winnerOn(server: Server, key: string): Ingress | undefined {
  const known = winners.get(server);
  if (known !== undefined) return known;
  const winner = server.locations.find(({ ingress }) => {
    const raw = ingress?.annotations.get(key);
    return raw !== undefined && readPath(raw) !== undefined;
  })?.ingress;
  if (winner !== undefined) winners.set(server, winner);
  return winner;
}

function readRoot(present: PresentAnnotation, settings: ControllerSettings): FamilyReading {
  const { ingress, key, raw } = present;
  const about = aboutAnnotation(ingress, key);
  const path = readPath(raw);
  if (path === undefined) return { inert: [key], findings: [raise(codes, 'app-root/not-a-path', about, { annotation: key, value: raw })] };
  if (hasVariable(path)) return { findings: [raise(codes, 'app-root/variable', about, { annotation: key, value: raw })] };
  const forServer = (server: Server): LocationReading => {
    if (server.locations.some(refusesHost)) return { intents: [], findings: [raise(codes, 'app-root/host-refused', about, { annotation: key, host: server.host })] };
    const before = firstAnswer(server, settings);
    if (before?.to === 'all') {
      const { namespace, name } = before.annotation.ingress.ref;
      return { intents: [], findings: [raise(codes, 'app-root/answered-before', about, { annotation: key, host: server.host, other: `${namespace}/${name}` })] };
    }
    const winner = winnerOn(server, key);
    if (winner === undefined) return { intents: [] };
    if (winner === ingress) return { intents: [{ kind: 'app-root', from: [{ ingress, key }], path, ...(before === undefined ? {} : { httpsFirst: true }) }] };
    const other = `${winner.ref.namespace}/${winner.ref.name}`;
    return { intents: [], findings: [raise(codes, 'app-root/shadowed', about, { annotation: key, host: server.host, other })] };
  };
  return { forServer };
}

export const appRoot = defineFamily({
  id: 'app-root',
  keys: ['app-root'],
  codes,
  serverScope: 'any',
  intents: ['app-root'],
  docs: {
    nginx:
      'A request for exactly / of the host is answered with 302 to this path on the same scheme and host; the query is dropped. It comes before everything but a server-snippet: before the redirect to HTTPS, authentication and limits, and before any other Ingress that has / of the host.',
    gateway: 'HTTPRoute: a rule with an Exact match of / and a `RequestRedirect` filter (ReplaceFullPath, status 302).',
    loss: 'A gateway keeps the query of the request in the redirect.',
  },
  read: ({ ingress, settings, get }) => {
    const present = get('app-root');
    if (present === undefined) return {};
    return readWithoutRules(ingress, [present]) ?? readRoot(present, settings);
  },
});
