import type { BackendRef, GatewayObject, HeaderMatch, JsonObject, PathMatch, PathModifier, RouteFilter, RouteRetry, RouteTimeouts } from '../model/gateway.ts';
import type { ServiceBackend } from '../nginx/configuration.ts';
import type { PolicyFragment } from './lowered.ts';

/** A branch of a rule that takes requests with these headers before the rule itself (canary by header or cookie, refused clients). */
export interface DraftBranch {
  readonly suffix: string;
  readonly headers: readonly HeaderMatch[];
  readonly backendRefs: readonly BackendRef[];
  /** Set: the branch refuses its requests, for this reason, with `response` where the target has one. */
  readonly closedBy?: string;
  readonly response?: DraftResponse | undefined;
}

/** Entries of one list of a header filter. Source: maxItems of set, add and remove, https://gateway-api.sigs.k8s.io/reference/spec/#httpheaderfilter */
export const maximumHeaders = 16;

/** Header filters hold each name once. */
export interface HeaderDraft {
  readonly set: Map<string, string>;
  readonly add: Map<string, string>;
  readonly remove: Set<string>;
}

/** A filter of the target that answers by itself, and the object it names. */
export interface DraftResponse {
  readonly filter: RouteFilter;
  readonly extension: GatewayObject;
}

export interface DraftAppRoot {
  readonly path: string;
  readonly statusCode: number;
  readonly httpsFirst: boolean;
  /** The redirects of a target that can answer with a whole address; absent: the core filter, which keeps the query. */
  readonly answers?: Readonly<Record<'http' | 'https', DraftResponse>>;
}

/** Requests of other methods, or of the refused ones, get `response`, or a rule that forwards nothing. */
export interface DraftMethodGuard {
  /** Where in the configuration of nginx it stands, as plan/standing.ts counts. */
  readonly standing: number;
  readonly allowed: readonly string[] | undefined;
  readonly refused: readonly string[];
  readonly response: DraftResponse | undefined;
}

/**
 * One location's rule while its intents are lowered. The only mutable object of the stage: lowerings write to it,
 * `lower.ts` freezes it into LoweredRules.
 */
export interface RuleDraft {
  requestHeaders: HeaderDraft;
  responseHeaders: HeaderDraft;
  urlRewrite: { hostname?: string; path?: PathModifier };
  /** Set: the rule answers itself and forwards nothing. */
  redirect: Extract<RouteFilter, { type: 'RequestRedirect' }>['requestRedirect'] | undefined;
  /** Set: the rule answers itself and forwards nothing. */
  response: DraftResponse | undefined;
  methodGuards: DraftMethodGuard[];
  /** Set: plain HTTP gets `response`, or a rule that forwards nothing, for the reason `code`. */
  plainHttp: { readonly response: DraftResponse | undefined; readonly code: string; readonly standing: number } | undefined;
  /** Single paths of the host with rules of their own: a redirect, an answer, or one that forwards nothing for the reason `code`. */
  pathAnswers: { readonly name: string; readonly matches: readonly PathMatch[]; readonly redirect: RuleDraft['redirect']; readonly response?: DraftResponse | undefined; readonly code: string }[];
  /** Filters beside the ones above: CORS, RequestMirror, ExtensionRef. */
  filters: RouteFilter[];
  backendRefs: BackendRef[];
  branches: DraftBranch[];
  timeouts: RouteTimeouts | undefined;
  retry: RouteRetry | undefined;
  sessionPersistence: JsonObject | undefined;
  routeKind: 'HTTPRoute' | 'GRPCRoute';
  policies: PolicyFragment[];
  extensions: GatewayObject[];
  /** Objects that stand on their own (BackendTLSPolicy, a target's Backend); equal names of one kind are one object. */
  objects: GatewayObject[];
  routeAnnotations: Map<string, string>;
  /** Request headers, in lower case, that somebody behind the listener sets: what clients send by these names has to go before that. */
  identityHeaders: Set<string>;
  /** Plain HTTP gets this redirect instead of the rule. */
  httpsRedirect: { readonly statusCode: number; readonly standing: number } | undefined;
}

/** A request must pass both. */
function joinGuards(one: DraftMethodGuard, { allowed, refused, response, standing }: DraftMethodGuard): DraftMethodGuard {
  const both = one.allowed === undefined || allowed === undefined ? (one.allowed ?? allowed) : one.allowed.filter((method) => allowed.includes(method));
  const none = [...new Set([...one.refused, ...refused])].sort();
  return { allowed: both?.filter((method) => !none.includes(method)), refused: none, response: one.response ?? response, standing };
}

/** What refuses methods up to a place in the configuration, as one guard; undefined for nothing. */
export function guardUpTo({ methodGuards }: Pick<RuleDraft, 'methodGuards'>, last: number): DraftMethodGuard | undefined {
  const [guard, ...others] = methodGuards.filter(({ standing }) => standing <= last);
  return guard === undefined ? undefined : others.reduce(joinGuards, guard);
}

/** nginx answers all requests of the location by itself. */
export function answersFirst({ redirect, response }: Pick<RuleDraft, 'redirect' | 'response'>): boolean {
  return redirect !== undefined || response !== undefined;
}

/** What the intents of a whole host ask for, besides its rules. Mutable like the draft of a rule. */
export interface HostDraft {
  /** Answer to exactly `/`, before everything else. */
  appRoot: DraftAppRoot | undefined;
  /** Other names that redirect here. */
  redirectsFrom: { readonly hostname: string; readonly statusCode: number }[];
  /** TLS of the host is never opened: no HTTPS listener, but a TLS listener and a TLSRoute when there is a backend for it. */
  passthrough: { readonly backend: ServiceBackend | undefined } | undefined;
  /** The target's own policies on the HTTPS listeners of the host. */
  listenerPolicies: PolicyFragment[];
  /** ConfigMap with the authority of client certificates, which the Gateway of the host has to ask for. */
  clientAuthority: { readonly namespace: string; readonly name: string } | undefined;
  /** Headers that only nginx may set: taken out of every request that is forwarded. */
  distrustedHeaders: readonly string[];
  /** tls.options of the HTTPS listeners of the host. */
  listenerOptions: JsonObject | undefined;
  gatewayAnnotations: Map<string, string>;
  objects: GatewayObject[];
}
