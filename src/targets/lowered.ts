import type { Ingress } from '../model/ingress.ts';
import type { BackendRef, GatewayObject, JsonObject, RouteFilter, RouteMatch, RouteRetry, RouteTimeouts } from '../model/gateway.ts';
import type { Origin } from '../model/origin.ts';
import type { StreamService } from '../nginx/configuration.ts';
import type { RuleId } from '../plan/plan.ts';

/**
 * Which listeners of the host a rule serves: `http` the HTTP listener, `https` the HTTPS (TLSRoute: TLS) listeners of its hostnames,
 * `both` all of them. Every listener a rule needs is in `LoweredPlan.listeners`.
 */
export type ListenerScope = 'http' | 'https' | 'both';

/**
 * A rule in the target's words. `emit` only names, groups and splits these. Rules of one host come in the order in which nginx tries
 * them, branches of a canary before the rule itself: rules with equal precedence must keep it.
 */
export interface LoweredRule {
  /** Unique; derived from the plan rule's id with a suffix when one location needs several rules. */
  readonly id: RuleId;
  /** The plan rule it serves, for the ledger's `into`. */
  readonly planRule: RuleId;
  /** Of the route: the host and the aliases a hostname can state; [] for the catch-all. One shared array per host. */
  readonly hostnames: readonly string[];
  /** Where the route object lives. */
  readonly namespace: string;
  readonly routeKind: 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute';
  readonly listeners: ListenerScope;
  /** Empty for TLSRoute, and for a GRPCRoute that takes every method; else the paths of a GRPCRoute are /SERVICE or /SERVICE/METHOD. */
  readonly matches: readonly RouteMatch[];
  readonly filters: readonly RouteFilter[];
  /** Empty for a redirect, and for a closed rule (`closedBy`), which must never forward: see docs/adr/0004-closed-rules.md. */
  readonly backendRefs: readonly BackendRef[];
  readonly timeouts?: RouteTimeouts;
  readonly retry?: RouteRetry;
  readonly sessionPersistence?: JsonObject;
  /** The target's own policies on this rule; fragments of one kind are merged by `mergePolicies`. */
  readonly policies: readonly PolicyFragment[];
  /** Objects an ExtensionRef filter names; same namespace. */
  readonly extensions: readonly GatewayObject[];
  /** Why nothing is forwarded: codes of the findings; empty for open rules. */
  readonly closedBy: readonly string[];
  /** Ingresses whose labels and portable annotations go to the route. */
  readonly ingresses: readonly Ingress[];
  readonly routeAnnotations: ReadonlyMap<string, string>;
  /**
   * Request headers, in lower case, that the target's policies set. What clients send by these names has to be taken out at the Gateway, since the
   * header filters of a rule act later: without that the rule must not forward.
   */
  readonly identityHeaders?: readonly string[];
}

/** Part of a target's policy; one object per kind and target object holds all fragments. */
export interface PolicyFragment {
  readonly apiVersion: string;
  readonly kind: string;
  /** Without targetRefs. Disjoint top-level keys, or equal values: a conflict is a bug of the target. */
  readonly spec: JsonObject;
}

/**
 * The one HTTP listener (no hostname, no certificate), or the HTTPS or TLS listener of one hostname. Unique by protocol and hostname.
 * TLS listeners pass through and have no certificate.
 */
export interface LoweredListener {
  /** '' for a listener without hostname. */
  readonly hostname: string;
  readonly protocol: 'HTTP' | 'HTTPS' | 'TLS';
  readonly certificate: { readonly namespace: string; readonly name: string; readonly origin: Origin } | undefined;
  /** ConfigMap with the authority of the client certificates that are asked for: a setting of the whole Gateway, so only listeners with the same one share it. */
  readonly clientAuthority?: { readonly namespace: string; readonly name: string };
  /** The certificate is the controller's default one: a listener for every host shows the same. */
  readonly isDefault?: boolean;
  /** Namespaces whose routes may attach. */
  readonly namespaces: readonly string[];
  /** tls.options, whose keys are the implementation's. */
  readonly options?: JsonObject;
  /** The target's own policies on this listener. */
  readonly policies: readonly PolicyFragment[];
  /** Annotations of Ingresses that belong on the Gateway (cert-manager). */
  readonly gatewayAnnotations: ReadonlyMap<string, string>;
}

export interface LoweredPlan {
  readonly rules: readonly LoweredRule[];
  readonly listeners: readonly LoweredListener[];
  /** TCP and UDP ports, each a listener with a route; absent: none. */
  readonly streams?: readonly StreamService[];
  /** The target's own policies on the whole Gateway. */
  readonly gatewayPolicies: readonly PolicyFragment[];
  /** Headers, in lower case, that those policies take out of every request before anything else; absent: none. */
  readonly removedHeaders?: readonly string[];
  /** Objects in their final form that stand on their own (BackendTLSPolicy, Backend, EnvoyProxy). */
  readonly objects: readonly GatewayObject[];
  /** parametersRef of the GatewayClass (group, kind, name, namespace), where the target has settings for the whole class. */
  readonly gatewayClassParameters?: JsonObject;
}
