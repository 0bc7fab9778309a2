import { defineCodes, raise, type Finding, type Subject } from '../../diagnostics/finding.ts';
import type { PathModifier } from '../../model/gateway.ts';
import type { Intent, RedirectIntent } from '../../plan/intents.ts';
import { standingOf } from '../../plan/standing.ts';
import type { Profile } from '../profile.ts';
import { codes } from '../codes.ts';
import type { HostContext, Lower, LowerHost, LoweringContext, Verdict } from '../define.ts';
import type { DraftAppRoot, DraftResponse } from '../draft.ts';
import type { RulePath } from '../paths.ts';
import { authorityOf, redirectTo, replacedPrefix } from './redirect-address.ts';
import { respondTo } from './refusals.ts';
import { splitUrlTarget } from '../rewrite-target.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';
import { rewriteCodes } from './rewrite.ts';

export const redirectCodes = defineCodes({
  'redirect/query-kept': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The redirect of {key} keeps the query of the request, which nginx drops.',
    why: 'RequestRedirect always appends the query; the Gateway API cannot leave it out.',
    do: 'Check that {location} does not mind query parameters.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httprequestredirectfilter',
  },
  'redirect/unsayable': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The redirect of {key} to {location} is lost, and its rule is closed.',
    why: 'RequestRedirect takes a scheme, a host, a port and a path: {reason}.',
    do: 'Redirect to an address without it, or let an application answer the path.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httprequestredirectfilter',
  },
  'redirect/path-as-sent': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The redirect of {key} keeps the path as the client wrote it.',
    why: 'nginx decodes the path before it writes it into the address, so that /a%7Cb becomes /a|b; a gateway leaves escapes, and repeated slashes, as they are.',
    do: 'Nothing: clients reach the same page.',
    source: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_uri',
  },
  'redirect/status': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The redirect of {key} answers {status} instead of {wanted}.',
    why: 'RequestRedirect.statusCode takes 301 and 302, and 303, 307 and 308 from Gateway API 1.5 on.',
    do: 'Choose a newer --gateway-api-version if it helps, and check that clients repeat the right method.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httprequestredirectfilter',
  },
  'redirect/location-differs': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{from} redirects to {host} with the path as it is and without a port.',
    why: 'nginx writes the port into the address and cuts one slash from its end.',
    do: 'Nothing: clients reach the same page.',
  },
});

/** Nearest status the version can say. */
export function sayableStatus(wanted: number, profile: Profile): number {
  if (wanted === 301 || wanted === 302) return wanted;
  if ((wanted === 303 || wanted === 307 || wanted === 308) && profile.supports('redirect-303-307-308')) return wanted;
  return wanted === 308 || wanted < 301 ? 301 : 302;
}

/** A fixed address as an answer with that Location: it keeps no query of the request, and may have one, or any scheme, itself. */
export function redirectAnswer(intent: Intent, { location, follows, status }: Pick<RedirectIntent, 'location' | 'follows' | 'status'>, context: LoweringContext): DraftResponse | undefined {
  if (follows !== undefined || location.includes('$') || !/^[a-z][a-z0-9+.-]*:\/\/./iu.test(location)) return undefined;
  return respondTo(intent, { status, body: '', contentType: '', headers: [{ name: 'Location', value: location }] }, context)?.response;
}

export const lowerRedirect: Lower<'redirect'> = (intent, draft, context) => {
  // Of two redirects on one location the temporal one wins (nginx-measured); its family hands over only that one.
  const subject = subjectOf(intent, context);
  const key = keyOf(intent);
  const { location, follows } = intent;
  const answer = redirectAnswer(intent, intent, context);
  if (answer !== undefined) {
    draft.response = answer;
    return { kind: 'exact' };
  }
  const redirect = redirectTo(location, follows, context.path.match);
  if ('reason' in redirect) return { kind: 'closed', findings: [raise(redirectCodes, 'redirect/unsayable', subject, { key, location, reason: redirect.reason })] };
  const statusCode = sayableStatus(intent.status, context.profile);
  draft.redirect = { ...redirect, statusCode };
  return redirectVerdict(intent, intent, statusCode, subject);
};

/** What of a redirect the filter says in another way. */
export function redirectVerdict(intent: Intent, { location, follows, decodes, status }: Pick<RedirectIntent, 'location' | 'follows' | 'decodes' | 'status'>, statusCode: number, subject: Subject): Verdict {
  const key = keyOf(intent);
  const findings: Finding[] = [];
  if (follows === undefined || follows === 'path') findings.push(raise(redirectCodes, 'redirect/query-kept', subject, { key, location }));
  if (decodes === true) findings.push(raise(redirectCodes, 'redirect/path-as-sent', subject, { key }));
  if (statusCode !== status) findings.push(raise(redirectCodes, 'redirect/status', subject, { key, status: String(statusCode), wanted: String(status) }));
  const [first, ...others] = findings;
  return first === undefined ? { kind: 'exact' } : { kind: 'approximate', findings: [first, ...others] };
}

/** Path of a redirect, from what the rewrite of the path comes to. */
function pathModifierOf({ match, rewrite }: RulePath): { readonly path?: PathModifier } | undefined {
  switch (rewrite.kind) {
    case 'none':
      return {};
    case 'full':
      return { path: { type: 'ReplaceFullPath', replaceFullPath: rewrite.value } };
    case 'prefix':
      return { path: replacedPrefix(rewrite.value, match) };
    case 'capture':
    case 'impossible':
      return undefined;
  }
}

export const lowerRewriteRedirect: Lower<'rewrite-redirect'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  const key = keyOf(intent);
  const { target } = intent;
  const closed = (reason: string): Verdict => ({
    kind: 'closed',
    findings: [raise(redirectCodes, 'redirect/unsayable', subject, { key, location: target, reason })],
  });
  const url = splitUrlTarget(target);
  const authority = authorityOf(url?.base ?? target);
  if ('reason' in authority) return closed(authority.reason);
  if (target.includes('?') || target.includes('#')) return closed('the address has a query or a fragment');
  const path = pathModifierOf(context.path);
  if (path === undefined) {
    const args = { key, target, path: context.rule.location.path };
    return { kind: 'closed', findings: [raise(rewriteCodes, 'rewrite/capture-groups', subject, args)] };
  }
  draft.redirect = { ...authority, ...path, statusCode: 302 };
  return { kind: 'exact' };
};

export const lowerHttpsRedirect: Lower<'https-redirect'> = (intent, draft, context) => {
  const statusCode = sayableStatus(intent.status, context.profile);
  draft.httpsRedirect = { statusCode, standing: standingOf(intent) };
  if (statusCode === intent.status) return { kind: 'exact' };
  const args = { wanted: String(intent.status), status: String(statusCode), missing: context.profile.missing('redirect-303-307-308') };
  // ssl-redirect is on by default: without an annotation there is one fact about the run, not one about each Ingress.
  const subject = intent.from.length === 0 ? {} : subjectOf(intent, context);
  return { kind: 'approximate', findings: [raise(codes, 'https-redirect/status', subject, args)] };
};

/** nginx names scheme and host of the request in the address, so that one answer serves one name over one scheme. */
function appRootAnswers(path: string, statusCode: number, { host, respond }: HostContext): DraftAppRoot['answers'] {
  const [hostname, ...others] = host.hostnames;
  const namespace = host.server.ingresses[0]?.ref.namespace;
  if (hostname === undefined || others.length > 0 || hostname.startsWith('*') || namespace === undefined) return undefined;
  const answer = (scheme: string): DraftResponse | undefined => respond?.({ status: statusCode, body: '', contentType: '', headers: [{ name: 'Location', value: `${scheme}://${hostname}${path}` }] }, namespace);
  const [http, https] = [answer('http'), answer('https')];
  return http === undefined || https === undefined ? undefined : { http, https };
}

/** The family hands over fixed paths alone. */
export const lowerAppRoot: LowerHost<'app-root'> = (intent, draft, context) => {
  const statusCode = 302;
  const answers = appRootAnswers(intent.path, statusCode, context);
  draft.appRoot = { path: intent.path, statusCode, httpsFirst: intent.httpsFirst === true, ...(answers === undefined ? {} : { answers }) };
  if (answers !== undefined) return { kind: 'exact' };
  const args = { key: keyOf(intent), location: intent.path };
  return { kind: 'approximate', findings: [raise(redirectCodes, 'redirect/query-kept', subjectOf(intent, {}), args)] };
};

export const lowerWwwRedirect: LowerHost<'www-redirect'> = (intent, draft, context) => {
  const statusCode = sayableStatus(intent.status, context.profile);
  const { fromHost } = intent;
  const { host } = context.host.server;
  draft.redirectsFrom.push({ hostname: fromHost, statusCode });
  const differs = raise(redirectCodes, 'redirect/location-differs', subjectOf(intent, {}), { from: fromHost, host });
  if (statusCode === intent.status) return { kind: 'approximate', findings: [differs] };
  const args = { key: keyOf(intent), status: String(statusCode), wanted: String(intent.status) };
  return { kind: 'approximate', findings: [differs, raise(redirectCodes, 'redirect/status', subjectOf(intent, {}), args)] };
};
