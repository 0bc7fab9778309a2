import type { ProbeRequest } from '../verify/outcome.ts';

/** Names and standing of a certificate. Contents beyond that are nobody's business here. */
export interface Certificate {
  /** DNS names, sorted; the common name where there are none. */
  readonly names: readonly string[];
  /** `trusted`, or why a client with the usual certificate authorities refuses it. */
  readonly trust: string;
}

/** `unreachable`: no connection. `handshake`: no TLS. `reset`, `malformed`: no HTTP answer. */
export type Failure = 'unreachable' | 'handshake' | 'reset' | 'timeout' | 'malformed';

/** What one address did with a request. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Location and the chosen headers, by lower-case name; of cookies the names alone. */
      readonly headers: ReadonlyMap<string, string>;
      readonly certificate: Certificate | undefined;
      /** SHA-256 of the body, if it was asked for. */
      readonly bodyHash: string | undefined;
    }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly detail: string };

export type Side = 'before' | 'after';

/** A request that the two addresses answer differently. */
export interface Difference {
  readonly request: ProbeRequest;
  readonly before: Answer;
  readonly after: Answer;
  /** `failure KIND` (of one side), `status`, `location`, `header NAME`, `certificate`, `certificate-trust`, `body`. */
  readonly differs: readonly string[];
  /** Codes of findings that say so; empty: unexplained. */
  readonly explainedBy: readonly string[];
}

/** A port that was given up. */
export interface Outage {
  readonly side: Side;
  readonly scheme: ProbeRequest['scheme'];
  readonly why: string;
}

/** What came of one run. */
export interface ProbeResult {
  /** Requests that were sent to both addresses. */
  readonly sent: number;
  readonly equal: number;
  /** Neither address answered: nothing is known. */
  readonly unanswered: number;
  /** Planned, but not sent: the port was given up, or the run was stopped. */
  readonly left: number;
  readonly differences: readonly Difference[];
  readonly outages: readonly Outage[];
}
