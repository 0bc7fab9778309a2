import type { Outcome } from '../diagnostics/ledger.ts';
import { severityOf, type Severity } from '../diagnostics/finding.ts';
import type { Report, SourceStatus, Verified } from './define.ts';

export interface StatusCounts extends Readonly<Record<SourceStatus, number>> {
  readonly ingresses: number;
}

export function statusCounts(report: Report): StatusCounts {
  const counts = { ingresses: report.sources.length, converted: 0, partial: 0, refused: 0, skipped: 0 };
  for (const source of report.sources) counts[source.status] += 1;
  return counts;
}

export function annotationCounts(report: Report): Readonly<Record<Outcome, number>> {
  const counts = { translated: 0, approximated: 0, lost: 0, inert: 0, unknown: 0 };
  for (const entry of report.annotations) counts[entry.outcome] += 1;
  return counts;
}

/** Accepted findings are not counted: they no longer ask for anything. */
export function severityCounts(report: Report): Readonly<Record<Severity | 'accepted', number>> {
  const counts = { error: 0, warning: 0, info: 0, accepted: 0 };
  for (const { finding, accepted } of report.findings) counts[accepted ? 'accepted' : severityOf(finding.entry)] += 1;
  return counts;
}

/** Requests that were compared, by what came out. */
export function requestCounts({ requests, equal, divergences }: Verified): { readonly compared: number; readonly equal: number; readonly explained: number; readonly unexplained: number } {
  const unexplained = divergences.filter(({ explainedBy }) => explainedBy.length === 0).length;
  return { compared: requests, equal, explained: divergences.length - unexplained, unexplained };
}
