import type { RouteMatch } from '../model/gateway.ts';
import type { PlanHost } from '../plan/plan.ts';
import { beforeAppRoot, inServerBlock } from '../plan/standing.ts';
import { addSlashRules, assembleRule, behindGuard, derivedId, httpsRedirectRules, noAnnotations, none, pathAnswerRules, plainHttpRules, redirectRule, responseRule } from './assemble.ts';
import { guardUpTo, type HostDraft } from './draft.ts';
import { isOmitted } from './path-forms.ts';
import { backendRef, namespaceOf, type DraftedRule } from './lower-rule.ts';
import type { ListenerScope, LoweredRule } from './lowered.ts';

/** All that decides which rules a host gets. */
export interface HostParts {
  readonly host: PlanHost;
  readonly draft: HostDraft;
  readonly rules: readonly DraftedRule[];
  /** The host has an HTTPS listener. */
  readonly https: boolean;
  /** Hostnames that have rules of their own. */
  readonly taken: ReadonlySet<string>;
}

const wholeHost: readonly RouteMatch[] = [{ path: { type: 'PathPrefix', value: '/' } }];
const rootOnly: readonly RouteMatch[] = [{ path: { type: 'Exact', value: '/' } }];

/** Frame of a rule that belongs to the host, not to one location. */
function hostFrame({ host, rules }: HostParts, listeners: ListenerScope): Parameters<typeof redirectRule>[0] | undefined {
  const [first] = rules;
  const planRule = first?.context.rule.id ?? host.rules[0]?.id;
  if (planRule === undefined) return undefined;
  const { ingresses } = host.server;
  const namespace = ingresses[0]?.ref.namespace ?? (first === undefined ? '' : namespaceOf(first.context));
  return { planRule, hostnames: host.hostnames, namespace, listeners, ingresses, routeAnnotations: first?.draft.routeAnnotations ?? noAnnotations };
}

/** One redirect for the whole host when every rule of it redirects to HTTPS, the one left out too; undefined when some rule does not. */
export function hostRedirectStatus({ host, rules }: Pick<HostParts, 'host' | 'rules'>): number | undefined {
  if (host.rules.some((rule) => isOmitted(rule) && rule.intents.every(({ kind }) => kind !== 'https-redirect'))) return undefined;
  const status = rules[0]?.draft.httpsRedirect?.statusCode;
  return rules.every(({ draft }) => draft.plainHttp === undefined && draft.httpsRedirect?.statusCode === status && guardUpTo(draft, draft.httpsRedirect?.standing ?? 0) === undefined) ? status : undefined;
}

function httpsRedirects(parts: HostParts): readonly LoweredRule[] {
  const status = hostRedirectStatus(parts);
  const frame = hostFrame(parts, 'http');
  if (status !== undefined && frame !== undefined) {
    return [redirectRule(frame, derivedId(frame.planRule, 'host-https-redirect'), wholeHost, { scheme: 'https', statusCode: status })];
  }
  return parts.rules.flatMap((rule) => {
    const { httpsRedirect } = rule.draft;
    if (parts.draft.appRoot?.httpsFirst === false && isRoot(rule)) return [];
    return httpsRedirect === undefined || rule.draft.plainHttp !== undefined ? [] : httpsRedirectRules(rule, httpsRedirect);
  });
}

const isRootMatch = ({ path }: RouteMatch): boolean => path.type === 'Exact' && path.value === '/';
const isRoot = ({ context }: DraftedRule): boolean => isRootMatch({ path: context.path.match });

/** app-root answers exactly `/` before everything else, the redirect to HTTPS included, unless that stands in the server block before it. */
function appRootRules(parts: HostParts, open: ListenerScope): readonly LoweredRule[] {
  const { appRoot } = parts.draft;
  if (appRoot?.httpsFirst === true && !parts.https) return none;
  const frame = appRoot === undefined ? undefined : hostFrame(parts, appRoot.httpsFirst ? 'https' : open);
  if (appRoot === undefined || frame === undefined) return none;
  const { answers } = appRoot;
  const id = derivedId(frame.planRule, 'app-root');
  const [drafted] = parts.rules;
  const guard = drafted === undefined ? undefined : guardUpTo(drafted.draft, beforeAppRoot);
  if (answers !== undefined) {
    const schemes = frame.listeners === 'both' ? (['http', 'https'] as const) : [frame.listeners];
    return schemes.flatMap((scheme) => {
      const own = schemes.length === 1 ? id : derivedId(id, scheme);
      const framed = { ...frame, listeners: scheme };
      return behindGuard(guard, framed, own, rootOnly, (matches) => [responseRule(framed, own, matches, answers[scheme])]);
    });
  }
  const redirect = { path: { type: 'ReplaceFullPath', replaceFullPath: appRoot.path }, statusCode: appRoot.statusCode } as const;
  return behindGuard(guard, frame, id, rootOnly, (matches) => [redirectRule(frame, id, matches, redirect)]);
}

function twinRedirects(parts: HostParts, open: ListenerScope): readonly LoweredRule[] {
  const frame = hostFrame(parts, open);
  if (frame === undefined) return none;
  return parts.draft.redirectsFrom
    .filter(({ hostname }) => !parts.taken.has(hostname))
    .map(({ hostname, statusCode }) => {
      const to = { hostname: parts.host.server.host, statusCode };
      return redirectRule({ ...frame, hostnames: [hostname] }, derivedId(frame.planRule, `from-${hostname}`), wholeHost, to);
    });
}

function tlsRules({ host, draft, rules }: HostParts): readonly LoweredRule[] {
  const backend = draft.passthrough?.backend;
  const drafted = rules.find(({ context }) => context.rule.location.path === '/') ?? rules[0];
  if (backend === undefined || drafted === undefined || host.hostnames.length === 0) return none;
  const namespace = namespaceOf(drafted.context);
  const { id, location } = drafted.context.rule;
  return [
    {
      id: derivedId(id, 'tls'),
      planRule: id,
      // nginx hands on TLS for the host itself, and opens that of aliases.
      hostnames: host.hostnames.slice(0, 1),
      namespace,
      routeKind: 'TLSRoute',
      listeners: 'https',
      matches: none,
      filters: none,
      backendRefs: [backendRef(backend, namespace)],
      policies: none,
      extensions: none,
      closedBy: none,
      ingresses: location.ingress === undefined ? none : [location.ingress],
      routeAnnotations: drafted.draft.routeAnnotations,
    },
  ];
}

/** Where a rule is served: over HTTPS alone when plain HTTP is redirected; undefined when nothing is left to serve. */
function scopeOf({ draft }: DraftedRule, https: boolean): ListenerScope | undefined {
  if (draft.plainHttp !== undefined || draft.httpsRedirect !== undefined) return https ? 'https' : undefined;
  return https ? 'both' : 'http';
}

/** Single paths stand in the server-snippet, and the redirect to the final slash in front of what a location does; what plain HTTP gets from there is met before any path is looked for. */
function answerScope({ context }: DraftedRule, https: boolean): ListenerScope | undefined {
  const toHttps = context.rule.intents.some((intent) => (intent.kind === 'https-redirect' || intent.kind === 'plain-http') && inServerBlock(intent));
  if (toHttps) return https ? 'https' : undefined;
  return https ? 'both' : 'http';
}

/** All rules of a host, most special first where the order matters. */
export function rulesOfHost(parts: HostParts): readonly LoweredRule[] {
  const open = parts.https ? 'both' : 'http';
  const rules: LoweredRule[] = [...appRootRules(parts, open)];
  const rootTaken = rules.length > 0;
  for (const drafted of parts.rules) {
    const answered = answerScope(drafted, parts.https);
    if (answered !== undefined) rules.push(...pathAnswerRules(drafted, answered).filter(({ matches }) => !(rootTaken && matches.every(isRootMatch))));
    rules.push(...plainHttpRules(drafted));
    if (rootTaken && isRoot(drafted)) continue;
    const scope = scopeOf(drafted, parts.https);
    if (scope !== undefined) rules.push(...assembleRule(drafted, scope));
    if (answered !== undefined) rules.push(...addSlashRules(drafted, answered));
  }
  rules.push(...httpsRedirects(parts), ...tlsRules(parts), ...twinRedirects(parts, open));
  return rules;
}
