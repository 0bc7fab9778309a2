import type { Finding, Risk, Fidelity } from '../diagnostics/finding.ts';
import type { FailOn, Report } from './define.ts';

const failing: Readonly<Record<FailOn, (fidelity: Fidelity, risk: Risk, unknown: boolean) => boolean>> = {
  security: (fidelity, risk) => risk === 'security' && fidelity !== 'exact',
  lossy: (fidelity, risk) => fidelity === 'lost' || (risk === 'security' && fidelity !== 'exact'),
  unknown: (fidelity, risk, unknown) => unknown || fidelity === 'lost' || (risk === 'security' && fidelity !== 'exact'),
  any: (fidelity, _risk, unknown) => unknown || fidelity !== 'exact',
  never: () => false,
};

/** The findings for which the run ends with exit code 1. */
export function failingFindings(report: Pick<Report, 'annotations' | 'findings'>, failOn: FailOn): ReadonlySet<Finding> {
  const unknown = new Set(report.annotations.filter((entry) => entry.outcome === 'unknown').flatMap((entry) => entry.findings));
  const fails = failing[failOn];
  return new Set(
    report.findings
      .filter(({ finding, accepted }) => !accepted && fails(finding.entry.fidelity, finding.entry.risk, unknown.has(finding)))
      .map(({ finding }) => finding),
  );
}
