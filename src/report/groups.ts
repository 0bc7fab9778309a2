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

/** Doubts about the input itself have codes of this family. */
const inputPrefix = 'input/';

/** What a reader wants to know apart: what decides, what was not read as it stands, what changes, what to set up, what nginx did unasked, and what is merely good to know. */
export interface Sections {
  readonly decide: readonly FindingGroup[];
  readonly input: readonly FindingGroup[];
  readonly differs: readonly FindingGroup[];
  readonly setup: readonly FindingGroup[];
  readonly unasked: readonly FindingGroup[];
  readonly notes: readonly FindingGroup[];
}

export function sectionsOf(groups: readonly FindingGroup[]): Sections {
  const unasked = groups.filter(({ code }) => code.startsWith(implicitPrefix));
  const asked = groups.filter(({ code }) => !code.startsWith(implicitPrefix));
  const isSetup = ({ findings: [first] }: FindingGroup): boolean => first?.finding.entry.setup === true;
  const setup = asked.filter((group) => group.severity !== 'error' && isSetup(group));
  const of = (severity: Severity): readonly FindingGroup[] => asked.filter((group) => group.severity === severity && !setup.includes(group));
  const warnings = of('warning');
  const input = warnings.filter(({ code }) => code.startsWith(inputPrefix));
  return { decide: of('error'), input, differs: warnings.filter((group) => !input.includes(group)), setup, unasked, notes: of('info') };
}

/** Findings that say that some of a cluster was not read; of files, every document that could not be read has one. */
export const gaps: ReadonlySet<string> = new Set(['cluster/forbidden', 'cluster/unread', 'cluster/not-found', 'cluster/no-gateway-api']);

/** What was left out, or read with a doubt, of files and of a cluster. */
export function unreadGroups(groups: readonly FindingGroup[]): readonly FindingGroup[] {
  return groups.filter(({ code, severity }) => gaps.has(code) || (severity !== 'info' && code.startsWith(inputPrefix)));
}

/** Headings of the sections, the same in every format for people. */
export const headings: Readonly<Record<keyof Sections, string>> = {
  decide: 'Must be decided before the switch',
  input: 'Left out of the input, or read with a doubt',
  differs: 'Behaves differently afterwards',
  setup: 'To be set up for the switch',
  unasked: 'What nginx did unasked and the target does not do the same way',
  notes: 'For your information',
};
