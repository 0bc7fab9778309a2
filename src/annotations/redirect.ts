import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import type { RedirectIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type PresentAnnotation } from './define.ts';
import { readRedirectGroup, type RedirectTarget } from './redirect-group.ts';
import { readWithoutRules } from './without-rules.ts';

const documentation = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#permanent-redirect';
const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/redirect/redirect.go';
const returnDirective = 'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return';

export const codes = defineCodes({
  'redirect/temporal-wins': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: temporal-redirect is set too.',
    why: 'ingress-nginx looks at temporal-redirect first and then at no other target.',
    do: 'Remove the one that is not meant.',
    source,
  },
  'redirect/group-ignored': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: ingress-nginx cannot use {culprit} and ignores the redirect annotations together.',
    why: 'An empty value, or a temporal-redirect that is no http or https URL, makes the controller skip the whole group; requests go to the backend.',
    do: 'Correct or remove {culprit} and convert again if the redirect is wanted.',
    source,
  },
  'redirect/code-out-of-range': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" has no effect: the redirect is sent with {status}.',
    why: 'permanent-redirect takes codes from 300 to 308, temporal-redirect from 300 to 307, and ingress-nginx falls back to 301 and 302.',
    do: 'Remove {annotation}, or set statusCode in the RequestRedirect filter if another code was meant.',
    source,
  },
  'redirect/no-target': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: no {partner} goes with it.',
    why: 'The code is read for the redirect of the same name alone.',
    do: 'Remove {annotation}.',
    source,
  },
  'redirect/code-without-location': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{annotation} "{status}" makes nginx answer without a Location: the URL is the body of the response.',
    why: 'nginx sends a Location with 301, 302, 303, 307 and 308 alone; a gateway redirects for good with the code, or refuses it.',
    do: 'Choose one of 301, 302, 303, 307 and 308 for statusCode of the RequestRedirect filter.',
    source: returnDirective,
  },
  'redirect/target-without-scheme': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{annotation} "{value}" is no URL: browsers are sent to a path of that name on the same host, and so does the conversion.',
    why: 'nginx sends the text as the Location, and a Location without scheme and slash is relative to the requested path; the conversion takes it as relative to /.',
    do: 'Write the whole URL, https:// included, and convert again.',
    source: documentation,
  },
  'redirect/relative': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{annotation} is not carried over: redirects name scheme and host.',
    why: 'With it nginx leaves a relative target relative, and its own redirect from /path to /path/ too; the Location of a RequestRedirect filter is absolute.',
    do: 'Check that clients reach the Gateway under the host name and port they ask for; then both forms lead to the same place.',
    source: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#absolute_redirect',
  },
  'redirect/relative-off': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" has no effect: false is the default, and it cannot undo the ConfigMap.',
    why: 'ingress-nginx only ever switches absolute redirects off with it.',
    do: 'Remove {annotation}.',
    source: documentation,
  },
});

type Key = 'permanent-redirect' | 'permanent-redirect-code' | 'temporal-redirect' | 'temporal-redirect-code' | 'relative-redirects';
const names = ['permanent-redirect', 'permanent-redirect-code', 'temporal-redirect', 'temporal-redirect-code', 'relative-redirects'] as const;
type Input = FamilyInput<Key>;

/** nginx makes a Location of these alone; other codes get the text as the body. */
const locationCodes: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const absolute = /^[a-z][a-z0-9+.-]*:/i;

function about({ ingress, key }: PresentAnnotation): ReturnType<typeof aboutAnnotation> {
  return aboutAnnotation(ingress, key);
}

function intentOf(input: Input, target: RedirectTarget): { readonly intent: RedirectIntent; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const present = input.get(target.name);
  const code = input.get(`${target.name}-code`);
  const from = [present, target.codeCounts ? code : undefined].flatMap((use) => (use === undefined ? [] : [{ ingress: use.ingress, key: use.key }]));
  const local = target.url.startsWith('/') || absolute.test(target.url);
  const location = local ? target.url : `/${target.url}`;
  if (!local && present !== undefined) findings.push(raise(codes, 'redirect/target-without-scheme', about(present), { annotation: present.key, value: target.url }));
  if (!locationCodes.has(target.status) && code !== undefined) {
    findings.push(raise(codes, 'redirect/code-without-location', about(code), { annotation: code.key, status: `${target.status}` }));
  }
  if (code !== undefined && !target.codeCounts) {
    findings.push(raise(codes, 'redirect/code-out-of-range', about(code), { annotation: code.key, value: code.raw, status: `${target.status}` }));
  }
  return { intent: { kind: 'redirect', from, status: target.status, location }, findings };
}

/** Targets and codes that another annotation, or a missing one, makes void. */
function explainUnused(input: Input, target: RedirectTarget | undefined): readonly Finding[] {
  return (['temporal-redirect', 'permanent-redirect'] as const).flatMap((name) => {
    if (name === target?.name) return [];
    const [url, code] = [input.get(name), input.get(`${name}-code`)];
    const lost = url === undefined ? [] : [raise(codes, 'redirect/temporal-wins', about(url), { annotation: url.key })];
    if (code === undefined) return lost;
    const partner = name;
    return [...lost, url === undefined ? raise(codes, 'redirect/no-target', about(code), { annotation: code.key, partner }) : raise(codes, 'redirect/temporal-wins', about(code), { annotation: code.key })];
  });
}

function explainRelative(present: PresentAnnotation | undefined, relative: boolean): readonly Finding[] {
  if (present === undefined) return [];
  if (relative) return [raise(codes, 'redirect/relative', about(present), { annotation: present.key })];
  return [raise(codes, 'redirect/relative-off', about(present), { annotation: present.key, value: present.raw })];
}

function readRedirect(input: Input): FamilyReading {
  const { ingress, settings } = input;
  const present = names.flatMap((name) => input.get(name) ?? []);
  const without = readWithoutRules(ingress, present);
  if (without !== undefined) return without;
  const group = readRedirectGroup(ingress, settings);
  if (group.kind === 'ignored') {
    const culprit = `${settings.annotationsPrefix}/${group.by}`;
    return { inert: present.map(({ key }) => key), findings: present.map((use) => raise(codes, 'redirect/group-ignored', about(use), { annotation: use.key, culprit })) };
  }
  const read = group.target === undefined ? undefined : intentOf(input, group.target);
  const findings = [...(read?.findings ?? []), ...explainUnused(input, group.target), ...explainRelative(input.get('relative-redirects'), group.relative)];
  return { intents: read === undefined ? [] : [read.intent], findings };
}

export const redirect = defineFamily({
  id: 'redirect',
  keys: names,
  codes,
  intents: ['redirect'],
  docs: {
    nginx:
      'Every request for a path of the Ingress is answered with a redirect to one fixed Location: 301 for permanent-redirect, 302 for temporal-redirect, or the code stated beside it. Path and query of the request are never appended, the backend is never asked, and neither authentication nor the redirect to HTTPS comes first. If both are set temporal-redirect counts. Variables such as $request_uri make the controller drop the Ingress.',
    gateway: 'HTTPRoute: `RequestRedirect` with scheme, hostname, port, ReplaceFullPath and statusCode, and no backends.',
    loss: 'RequestRedirect cannot drop or set a query, and Gateway API before 1.5 knows the codes 301 and 302 alone.',
  },
  read: readRedirect,
});
