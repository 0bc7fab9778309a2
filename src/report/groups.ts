import { severityOf, type Severity } from '../diagnostics/finding.ts';
import type { Report, ReportedFinding } from './define.ts';

/** Findings of one code: the user does one thing about all of them. */
export interface FindingGroup {
  readonly code: string;
  readonly severity: Severity;
  readonly findings: readonly ReportedFinding[];
}

/** Implicit behaviour of nginx has codes of this family: shown together, never one by one. */
export const implicitPrefix = 'default/';

/** Keeps the order of the report's findings; accepted ones are left out. */
export function groupByCode(report: Report): readonly FindingGroup[] {
  const groups = new Map<string, ReportedFinding[]>();
  for (const reported of report.findings) {
    if (reported.accepted) continue;
    const list = groups.get(reported.finding.code);
    if (list === undefined) groups.set(reported.finding.code, [reported]);
    else list.push(reported);
  }
  return [...groups].map(([code, findings]) => {
    const first = findings[0];
    return { code, severity: first === undefined ? 'info' : severityOf(first.finding.entry), findings };
  });
}
