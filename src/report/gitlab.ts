import { severityOf, type Finding, type Severity } from '../diagnostics/finding.ts';
import { messageOf } from '../diagnostics/message.ts';
import { sha256 } from '../model/digest.ts';
import type { Reporter } from './define.ts';
import { comparedBy, causesOf, type ComparedCause } from './compared.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { findingPlace, pathOf } from './place.ts';
import { visible } from './visible.ts';

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/** Where findings about the run as a whole are listed: each entry must have a path. */
const noDocument = 'command-line';

function entryOf(finding: Finding, fingerprint: string | undefined): object {
  const at = findingPlace(finding);
  const { what, todo } = messageOf(finding);
  return {
    description: visible(`${what} ${todo}`),
    check_name: finding.code,
    fingerprint,
    severity: severities[severityOf(finding.entry)],
    location: { path: at === undefined ? noDocument : pathOf(at.file), lines: { begin: at?.line ?? 1 } },
  };
}

/** One entry a cause: what it is stays the same while requests come and go. */
function causeEntry({ cause, explained, count, line, fails, at }: ComparedCause): object {
  return {
    description: `${count} ${count === 1 ? 'request' : 'requests'} answered differently, such as ${line}`,
    check_name: explained ? 'verify/explained' : 'verify/unexplained',
    fingerprint: sha256(JSON.stringify(['verify', explained, cause])).slice(0, 32),
    severity: severities[fails ? 'error' : 'info'],
    location: { path: at === undefined ? noDocument : pathOf(at.file), lines: { begin: at?.line ?? 1 } },
  };
}

export const gitlab: Reporter = {
  format: 'gitlab',
  title: 'GitLab code quality',
  report: (report, context) => {
    const compared = comparedBy(report, context);
    if (compared !== undefined) return `${JSON.stringify(causesOf(report, compared, context.failOn).map(causeEntry), undefined, 2)}\n`;
    // Numbered among all findings: accepting one must not rename another.
    const fingerprints = fingerprintsOf(report.findings.map(({ finding }) => finding));
    const entries = report.findings.filter(({ accepted }) => !accepted).map(({ finding }) => entryOf(finding, fingerprints.get(finding)));
    return `${JSON.stringify(entries, undefined, 2)}\n`;
  },
};
