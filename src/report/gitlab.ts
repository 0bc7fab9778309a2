import { severityOf, type Finding, type Severity } from '../diagnostics/finding.ts';
import { messageOf } from '../diagnostics/message.ts';
import type { Reporter } from './define.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { pathOf, positionOf } from './place.ts';
import { visible } from './visible.ts';

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/** Where findings about the run as a whole are listed: each entry must have a path. */
const noDocument = 'command-line';

function entryOf(finding: Finding, fingerprint: string | undefined): object {
  const at = positionOf(finding);
  const { what, todo } = messageOf(finding);
  return {
    description: visible(`${what} ${todo}`),
    check_name: finding.code,
    fingerprint,
    severity: severities[severityOf(finding.entry)],
    location: { path: at === undefined ? noDocument : pathOf(at.file), lines: { begin: at?.line ?? 1 } },
  };
}

export const gitlab: Reporter = {
  format: 'gitlab',
  title: 'GitLab code quality',
  report: (report) => {
    // Numbered among all findings: accepting one must not rename another.
    const fingerprints = fingerprintsOf(report.findings.map(({ finding }) => finding));
    const entries = report.findings.filter(({ accepted }) => !accepted).map(({ finding }) => entryOf(finding, fingerprints.get(finding)));
    return `${JSON.stringify(entries, undefined, 2)}\n`;
  },
};
