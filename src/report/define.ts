import type { Finding } from '../diagnostics/finding.ts';
import type { LedgerEntry } from '../diagnostics/ledger.ts';
import type { Ingress } from '../model/ingress.ts';
import type { ObjectRef } from '../model/object.ts';
import type { Origin } from '../model/origin.ts';

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
  /** Named by --accept: it does not fail the run. */
  readonly accepted: boolean;
}

export interface ReportedAnnotation extends LedgerEntry {
  /** `HTTPRoute ns/name rule`, for what was written. */
  readonly into: readonly string[];
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
}

export interface ReportContext {
  readonly colour: boolean;
  /** Characters a line may hold. */
  readonly width: number;
  /** `convert` or `audit`. */
  readonly command: string;
  /** How the tool was called: `gwmigrate` or `kubectl gwmigrate`. */
  readonly program: string;
  readonly failOn: string;
  readonly failed: boolean;
}

/** One report format: one file, one registry line. Pure. */
export interface Reporter {
  readonly format: string;
  readonly title: string;
  readonly report: (report: Report, context: ReportContext) => string;
}
