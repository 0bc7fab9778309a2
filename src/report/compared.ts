import type { Place } from '../model/origin.ts';
import type { FailOn, Report, ReportedDivergence, ReportContext, Verified } from './define.ts';
import { curlCommand, divergenceLine, groupDivergences } from './divergences.ts';
import { failingFindings } from './failing.ts';
import { findingPlace } from './place.ts';

/** Requests that are answered differently for one cause, as every format shows them. */
export interface ComparedCause {
  /** Codes of findings, or what differs. */
  readonly cause: string;
  readonly explained: boolean;
  /** It makes the exit code of verify 1. */
  readonly fails: boolean;
  readonly count: number;
  /** The smallest request that shows it, and how to repeat it. */
  readonly line: string;
  readonly curl: string;
  /** The finding that explains it, or an Ingress of the host. */
  readonly at: Place | undefined;
}

/** What the formats of CI systems show: `verify` is about differences, the findings are the business of convert and audit. */
export function comparedBy(report: Report, context: ReportContext): Verified | undefined {
  return context.command === 'verify' ? report.verified : undefined;
}

/** Codes of findings for which a difference they explain fails the run. */
export function failingCodes(report: Report, failOn: FailOn): ReadonlySet<string> {
  return new Set([...failingFindings(report, failOn)].map(({ code }) => code));
}

function placeOf({ request, explainedBy }: ReportedDivergence, report: Report): Place | undefined {
  const host = request.host.toLowerCase();
  const [code] = explainedBy;
  const found = code === undefined ? undefined : report.findings.find(({ finding }) => finding.code === code && finding.origin !== undefined)?.finding;
  if (found !== undefined) return findingPlace(found);
  const source = report.sources.find(({ ingress }) => ingress?.rules.some((rule) => rule.host === host) === true) ?? report.sources[0];
  return source?.origin.source.locate(source.origin.path);
}

/** Unexplained ones first, then by number. */
export function causesOf(report: Report, verified: Verified, failOn: FailOn): readonly ComparedCause[] {
  const codes = failingCodes(report, failOn);
  return groupDivergences(verified).map(({ cause, explained, count, smallest }) => ({
    cause,
    explained,
    count,
    fails: failOn !== 'never' && (!explained || smallest.explainedBy.some((code) => codes.has(code))),
    line: divergenceLine(smallest),
    curl: curlCommand(smallest),
    at: placeOf(smallest, report),
  }));
}

/** Whether the exit code of verify is 1. */
export function comparisonFails(report: Report, verified: Verified, failOn: FailOn): boolean {
  return causesOf(report, verified, failOn).some(({ fails }) => fails);
}
