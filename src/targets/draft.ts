import type { BackendRef, GatewayObject, HeaderMatch, JsonObject, PathModifier, RouteFilter, RouteRetry, RouteTimeouts } from '../model/gateway.ts';
import type { ServiceBackend } from '../nginx/configuration.ts';
import type { PolicyFragment } from './lowered.ts';

/** A branch of a rule that takes requests with these headers before the rule itself (canary by header or cookie). */
export interface DraftBranch {
  readonly suffix: string;
  readonly headers: readonly HeaderMatch[];
  readonly backendRefs: readonly BackendRef[];
}

/**
 * One location's rule while its intents are lowered. The only mutable object of the stage: lowerings write to it,
 * `lower.ts` freezes it into LoweredRules.
 */
export interface RuleDraft {
  requestHeaders: { set: Map<string, string>; remove: Set<string> };
  responseHeaders: { set: Map<string, string>; remove: Set<string> };
  urlRewrite: { hostname?: string; path?: PathModifier };
  /** Set: the rule answers itself and forwards nothing. */
  redirect: Extract<RouteFilter, { type: 'RequestRedirect' }>['requestRedirect'] | undefined;
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
  /** Plain HTTP gets this redirect instead of the rule. */
  httpsRedirect: { readonly statusCode: number } | undefined;
}

/** What the intents of a whole host ask for, besides its rules. Mutable like the draft of a rule. */
export interface HostDraft {
  /** Answer to exactly `/`, before everything else. */
  appRoot: { readonly path: string; readonly statusCode: number } | undefined;
  /** Other names that redirect here. */
  redirectsFrom: { readonly hostname: string; readonly statusCode: number }[];
  /** TLS of the host is never opened: no HTTPS listener, but a TLS listener and a TLSRoute when there is a backend for it. */
  passthrough: { readonly backend: ServiceBackend | undefined } | undefined;
  /** The target's own policies on the HTTPS listeners of the host. */
  listenerPolicies: PolicyFragment[];
  /** tls.options of the HTTPS listeners of the host. */
  listenerOptions: JsonObject | undefined;
  gatewayAnnotations: Map<string, string>;
  objects: GatewayObject[];
}
