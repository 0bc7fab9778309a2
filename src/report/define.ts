import type { Fidelity, Finding } from '../diagnostics/finding.ts';
import type { LedgerEntry } from '../diagnostics/ledger.ts';
import type { GatewayObject } from '../model/gateway.ts';
import type { Ingress } from '../model/ingress.ts';
import type { ObjectRef } from '../model/object.ts';
import type { Origin } from '../model/origin.ts';

/** The least that ends a run with exit code 1 (--fail-on). */
export type FailOn = 'security' | 'lossy' | 'unknown' | 'any' | 'never';

export type SourceStatus = 'converted' | 'partial' | 'refused' | 'skipped';

export interface SourceReport {
  readonly ref: ObjectRef;
  readonly origin: Origin;
  readonly ingress: Ingress | undefined;
  readonly status: SourceStatus;
  readonly reason: string | undefined;
  readonly produced: readonly ObjectRef[];
}

export interface ReportedFinding {
  readonly finding: Finding;
  /** It does not fail the run. */
  readonly accepted: boolean;
  /** `name`: by --accept, the configuration or the Ingress. `baseline`: it was there before. `defaults`: by --defaults ignore. Only set when accepted. */
  readonly acceptedBy?: 'name' | 'baseline' | 'defaults';
}

export interface ReportedAnnotation extends LedgerEntry {
  /** `HTTPRoute ns/name rule`, for what was written. */
  readonly into: readonly string[];
}

/** One path as nginx serves it, and the rules that were written for it. */
export interface ServedLocation {
  /** '' for the host-less server, which takes every host nobody else names. */
  readonly host: string;
  readonly path: string;
  /** What nginx compares the path with. */
  readonly match: 'exact' | 'prefix' | 'regex';
  /** The `/` that nginx adds to every host. */
  readonly automatic: boolean;
  /** `NAMESPACE/SERVICE:PORT`; '' when nothing is forwarded. */
  readonly backend: string;
  /** What nginx answers instead of forwarding, if it does not forward. */
  readonly status: number | undefined;
  /** The Ingress only takes a part of this location's traffic (canary). */
  readonly canary: boolean;
  /** Kinds of the intents that annotations of this location ask for, sorted. */
  readonly asks: readonly string[];
  readonly rules: readonly WrittenRule[];
}

/** A rule of a route that was written: `route.spec.rules[index]`. */
export interface WrittenRule {
  readonly route: GatewayObject;
  readonly index: number;
  /** Codes of the findings for which it forwards nothing; empty for open rules. */
  readonly closedBy: readonly string[];
}

export interface SupportCell {
  readonly fidelity: Fidelity;
  /** Field that takes the place, or why there is none. */
  readonly how: string;
}

/** What the target of the run can express. */
export interface SupportMatrix {
  readonly title: string;
  readonly intents: ReadonlyMap<string, SupportCell>;
  readonly defaults: ReadonlyMap<string, SupportCell>;
  /** How many Ingresses ask for an intent; those nobody asks for are missing. */
  readonly used: ReadonlyMap<string, number>;
}

/** What long reports show beside the findings; made only when a format asks for it. */
export interface ReportDetail {
  /** In the order in which they are written. */
  readonly objects: readonly GatewayObject[];
  readonly locations: ReadonlyMap<Ingress, readonly ServedLocation[]>;
  /** Labels of Namespace objects in the input, by name. */
  readonly namespaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly matrix: SupportMatrix;
}

/** How a backend is spoken to; where it is absent in HTTP/1.1 without TLS. */
export interface ReportedUpstream {
  readonly protocol: string;
  readonly tls: string | { readonly name: string; readonly ca: string };
}

/** What became of a request: forwarded (backends, target, host, headers, guards, limits), redirected (status, location) or answered (status). */
export interface ReportedOutcome {
  readonly kind: 'forwarded' | 'redirected' | 'answered';
  /** 0: no listener takes the connection. */
  readonly status?: number;
  readonly location?: string;
  readonly backends?: readonly { readonly namespace: string; readonly name: string; readonly port: number; readonly share: number; readonly upstream?: ReportedUpstream | undefined }[];
  readonly target?: string;
  readonly host?: string;
  readonly requestHeaders?: ReadonlyMap<string, string>;
  readonly responseHeaders?: ReadonlyMap<string, string>;
  readonly guards?: readonly { readonly kind: string; readonly detail: string }[];
  readonly limits?: readonly { readonly kind: string; readonly value: string; readonly asked: boolean }[];
  readonly headerRewrites?: ReadonlyMap<string, string> | undefined;
  readonly errorPages?: string | undefined;
}

/** A request that nginx and the routes answer differently. */
export interface ReportedDivergence {
  readonly request: { readonly method: string; readonly scheme: 'http' | 'https'; readonly host: string; readonly target: string; readonly headers: ReadonlyMap<string, string> };
  readonly before: ReportedOutcome;
  readonly after: ReportedOutcome;
  /** What differs, such as `path` or `guard-lost basic-auth`. */
  readonly aspects: readonly string[];
  /** Codes of the findings that say so; empty: unexplained. */
  readonly explainedBy: readonly string[];
}

/** What a comparison of nginx with the routes gave. */
export interface Verified {
  readonly requests: number;
  readonly equal: number;
  readonly divergences: readonly ReportedDivergence[];
}

/** Everything a report says, before any format. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: { readonly name: string; readonly version: string; readonly gatewayApiVersion: string; readonly channel: string };
  readonly sources: readonly SourceReport[];
  readonly annotations: readonly ReportedAnnotation[];
  /** Sorted: severity, code, object. */
  readonly findings: readonly ReportedFinding[];
  readonly counts: { readonly documents: number; readonly unrelated: number; readonly unreadable: number };
  /** Objects written, by kind. */
  readonly written: ReadonlyMap<string, number>;
  /** Absent when nothing was compared. */
  readonly verified?: Verified;
  readonly detail?: () => ReportDetail;
}

export interface ReportContext {
  readonly colour: boolean;
  /** Characters a line may hold. */
  readonly width: number;
  /** `convert`, `audit` or `verify`. */
  readonly command: string;
  /** How the tool was called: `gwmigrate` or `kubectl gwmigrate`. */
  readonly program: string;
  readonly failOn: FailOn;
  readonly failed: boolean;
}

/** One report format: one file, one registry line. Pure. */
export interface Reporter {
  readonly format: string;
  readonly title: string;
  readonly report: (report: Report, context: ReportContext) => string;
}
