import type { BackendRef, GatewayObject, HeaderMatch, JsonObject, PathModifier, RouteFilter, RouteRetry, RouteTimeouts } from '../model/gateway.ts';
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
  routeAnnotations: Map<string, string>;
  gatewayAnnotations: Map<string, string>;
  /** Plain HTTP gets this redirect instead of the rule. */
  httpsRedirect: { readonly statusCode: number } | undefined;
  /** The rewrite as nginx has it, for targets that can use capture groups; see `path-forms.ts`. */
  rewriteTarget: string | undefined;
}
