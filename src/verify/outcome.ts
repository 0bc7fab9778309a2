/** One request as a client sends it. Header names are lower case; no body is ever needed. */
export interface ProbeRequest {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** Host header without a port; '' for none. SNI is the same name. */
  readonly host: string;
  /** Request target as sent: raw path and query. */
  readonly target: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Peer address. */
  readonly address: string;
}

/** How a backend is spoken to. */
export interface Upstream {
  readonly protocol: 'http/1' | 'http/2' | 'fastcgi';
  readonly tls: 'none' | 'unverified' | VerifiedTls;
}

/** The certificate of the backend must hold the name and come from the CA in this Secret or ConfigMap, `NAMESPACE/NAME`. */
export interface VerifiedTls {
  readonly name: string;
  readonly ca: string;
}

export interface WeightedBackend {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  /** Share of such requests, 0 to 1; the shares of one outcome sum to 1. */
  readonly share: number;
  /** Absent: HTTP/1.1 without TLS. */
  readonly upstream?: Upstream | undefined;
}

/**
 * What a request must bring to be let in; every entry must be met. Conditions are never judged: a request counts as forwarded, with the guards.
 * Both evaluators write `detail` alike: basic-auth `NAMESPACE/SECRET`; client-certificate `NAMESPACE/SECRET` (no guard where it is optional);
 * external-auth the URL of the service, also where the one that was written leads there through a host of the input; address-list `deny CIDR,CIDR` and `allow CIDR,CIDR`, a guard each; rate-limit `5r/s` and `100r/m`, a guard
 * each; connection-limit `N`; waf `modsecurity`; identity the name of a request header, a guard each, that the authentication service alone can set: what the client
 * sends by that name never arrives.
 */
export interface Guard {
  readonly kind: 'basic-auth' | 'external-auth' | 'client-certificate' | 'address-list' | 'rate-limit' | 'connection-limit' | 'identity' | 'waf' | 'unknown';
  /** Names the protection: Secret, URL, CIDRs, rate. Equal text is an equal guard. */
  readonly detail: string;
}

/**
 * What bounds a request that is let in. Values: `8388608` bytes of its body, or seconds such as `60s`; `none` where it is said that nothing does.
 * Read and send timeouts run between two bytes, the request timeout over the whole. `tries` are `3 after error, 503`, the first one counted:
 * `error` is a pod that cannot be reached or that breaks off or stays silent; `none` is one try. Rates are guards.
 */
export interface Limit {
  readonly kind: 'body-size' | 'connect-timeout' | 'read-timeout' | 'send-timeout' | 'request-timeout' | 'tries';
  readonly value: string;
  /** Somebody wrote it: an annotation, the controller's ConfigMap, a field. Otherwise it is a default of nginx. */
  readonly asked: boolean;
}

/** What happens to a request. */
export type ProbeOutcome =
  | {
      readonly kind: 'forwarded';
      readonly backends: readonly WeightedBackend[];
      /** Path and query the backend receives. */
      readonly target: string;
      /** Host header the backend receives. */
      readonly host: string;
      /** Headers set on the way, by lower-case name; only those that annotations or filters ask for. */
      readonly requestHeaders: ReadonlyMap<string, string>;
      readonly responseHeaders: ReadonlyMap<string, string>;
      readonly guards: readonly Guard[];
      /** One for each kind at most. Those nobody states and no default gives are missing. */
      readonly limits: readonly Limit[];
      /** Parts of headers of the answer that are replaced: `FROM -> TO` by `location`, `set-cookie domain` and `set-cookie path`. Absent: none. */
      readonly headerRewrites?: ReadonlyMap<string, string> | undefined;
      /** Who answers in place of which statuses: `404, 503 by NAMESPACE/SERVICE`, or `by 404`; `own 503 by ...` leaves answers of the backend alone. Absent: nobody. */
      readonly errorPages?: string | undefined;
    }
  | { readonly kind: 'redirected'; readonly status: number; readonly location: string }
  /** Answered without a backend: refusals, 404, preflights (204). */
  | { readonly kind: 'answered'; readonly status: number; readonly responseHeaders: ReadonlyMap<string, string> };

/** A request whose outcome differs, and the findings that say so. */
export interface Divergence {
  readonly request: ProbeRequest;
  readonly before: ProbeOutcome;
  readonly after: ProbeOutcome;
  /** What differs, in the words of `compareOutcomes`. */
  readonly aspects: readonly string[];
  /** Codes of findings about an Ingress, rule or annotation involved; empty: unexplained, a bug. */
  readonly explainedBy: readonly string[];
}
