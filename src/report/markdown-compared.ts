import { requestCounts } from './counts.ts';
import type { Report, ReportContext, Verified } from './define.ts';
import { causesOf, type ComparedCause } from './compared.ts';
import { code } from './markdown-text.ts';
import type { Verdict } from './words.ts';

/** Causes shown before the rest is only counted. */
const causesShown = 30;

/** What decides the exit code of verify. */
export function comparedVerdict(verified: Verified, { failed }: ReportContext): Verdict {
  const { explained, unexplained } = requestCounts(verified);
  const because = `${unexplained} unexplained and ${explained} explained differences`;
  return { word: failed ? 'FAIL' : explained + unexplained === 0 ? 'OK' : 'PASS', because };
}

function causeOf({ cause, count, line, curl, explained }: ComparedCause): readonly string[] {
  const names = explained ? cause.split(', ').map(code).join(', ') : `unexplained: ${code(cause)}`;
  return [`- ${names} × ${count}`, `  - ${code(line)}`, `  - ${code(curl)}`];
}

/** Each cause with its smallest request, and how to repeat it. */
export function comparedSection(report: Report, verified: Verified, { failOn }: ReportContext): readonly string[] {
  const differences = causesOf(report, verified, failOn);
  if (differences.length === 0) return ['## Every request goes where it went', ''];
  const more = differences.length - causesShown;
  return ['## Requests that are answered differently', '', ...differences.slice(0, causesShown).flatMap(causeOf), ...(more > 0 ? [`- and ${more} more causes`] : []), ''];
}
