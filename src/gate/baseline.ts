import { raise, type Finding } from '../diagnostics/finding.ts';
import { compareFindings } from '../diagnostics/order.ts';
import type { Report, ReportedFinding } from '../report/define.ts';
import { failingFindings } from '../report/failing.ts';
import { fingerprintsOf } from '../report/fingerprint.ts';
import type { BaselineEntry } from './baseline-file.ts';
import { codes } from './codes.ts';
import { isOver } from './days.ts';

export interface BaselineOptions {
  readonly entries: readonly BaselineEntry[];
  /** Take in what is new and drop what is gone, before the report is held against it. */
  readonly update: boolean;
  /** YYYY-MM-DD. */
  readonly today: string | undefined;
}

export interface BaselineResult {
  readonly report: Report;
  /** What the file holds after the run. */
  readonly entries: readonly BaselineEntry[];
}

/** Codes shown of the entries that are no longer needed. */
const examplesShown = 3;

function entryOf(finding: Finding, fingerprint: string): BaselineEntry {
  const { code, object, annotation } = finding;
  const name = object === undefined ? '' : `${object.namespace === '' ? '' : `${object.namespace}/`}${object.name}`;
  return { fingerprint, code, object: name, annotation: annotation ?? '' };
}

function unusedFinding(unused: readonly BaselineEntry[]): readonly Finding[] {
  if (unused.length === 0) return [];
  const names = unused.slice(0, examplesShown).map(({ code, object, fingerprint }) => [code === '' ? fingerprint : code, object].filter((part) => part !== '').join('@'));
  const more = unused.length > examplesShown ? ', ...' : '';
  return [raise(codes, 'baseline/unused', {}, { count: String(unused.length), examples: `${names.join(', ')}${more}` })];
}

function expiredFinding(finding: Finding, entry: BaselineEntry): Finding {
  const { object, origin, annotation } = finding;
  return raise(codes, 'baseline/expired', { object, origin, annotation }, { code: finding.code, expires: entry.expires ?? '' });
}

/**
 * Lets the findings of a baseline pass and leaves the others. It opens no rule: a baseline says that a loss was known, not that anybody
 * decided to live with it (docs/adr/0008-gate.md). Everything that could fail a run under some --fail-on is held against it,
 * so that one file serves every level.
 */
export function holdAgainst(report: Report, options: BaselineOptions): BaselineResult {
  const { today } = options;
  const fingerprints = fingerprintsOf(report.findings.map(({ finding }) => finding));
  const countable = failingFindings(report, 'any');
  const old = new Map(options.entries.map((entry) => [entry.fingerprint, entry]));
  const current = new Map<string, BaselineEntry>();
  const expired: Finding[] = [];
  const findings = report.findings.map((reported): ReportedFinding => {
    const { finding } = reported;
    const fingerprint = fingerprints.get(finding) ?? '';
    if (!countable.has(finding)) return reported;
    const known = old.get(fingerprint);
    if (known === undefined && !options.update) return reported;
    const entry = { ...known, ...entryOf(finding, fingerprint) };
    current.set(fingerprint, entry);
    if (!isOver(entry.expires, today)) return { finding, accepted: true, acceptedBy: 'baseline' };
    expired.push(expiredFinding(finding, entry));
    return reported;
  });
  const unused = options.update ? [] : options.entries.filter(({ fingerprint }) => !current.has(fingerprint));
  const added = [...expired, ...unusedFinding(unused)].map((finding): ReportedFinding => ({ finding, accepted: false }));
  const all = added.length === 0 ? findings : [...findings, ...added].sort((a, b) => compareFindings(a.finding, b.finding));
  return { report: { ...report, findings: all }, entries: options.update ? [...current.values()] : options.entries };
}
