import { requestCounts } from './counts.ts';
import type { Report, ReportContext, Verified } from './define.ts';
import { causesOf, type ComparedCause } from './compared.ts';
import { differenceHeadings, verifiedText } from './divergences.ts';
import { unreadLines } from './findings-text.ts';
import { styleOf, type Style } from './style.ts';
import { targetOf, unreadText } from './words.ts';

function causeLines({ cause, count, line, curl, fails }: ComparedCause, style: Style): readonly string[] {
  const paint = fails ? style.error : style.warning;
  return [`  ${paint(cause)}${style.faint(`  x${count}`)}`, `    ${line}`, `    ${style.faint(curl)}`];
}

function section(title: string, causes: readonly ComparedCause[], style: Style): readonly string[] {
  return causes.length === 0 ? [] : ['', style.strong(title), ...causes.flatMap((cause) => causeLines(cause, style))];
}

function judgement(verified: Verified, { failed }: ReportContext, style: Style): string {
  const { unexplained, explained } = requestCounts(verified);
  if (failed) return `${style.error('FAIL')}  ${unexplained > 0 ? `${unexplained} differences that nothing explains` : 'findings that fail the run explain some differences'}`;
  return explained + unexplained === 0 ? `${style.good('OK')}  every request goes where it went` : `${style.good('PASS')}  every difference is explained`;
}

/** What was not read is not compared: the verdict says so. */
function verdict(report: Report, verified: Verified, context: ReportContext, style: Style): string {
  return [judgement(verified, context, style), unreadText(report)].filter((part) => part !== undefined).join(', ');
}

/** The comparison for people. Lines are not wrapped: each is one request, to be searched for and copied. */
export function renderVerified(report: Report, verified: Verified, context: ReportContext): string {
  const style = styleOf(context.colour);
  const causes = causesOf(report, verified, context.failOn);
  const explained = causes.filter((cause) => cause.explained);
  const failing = explained.filter(({ fails }) => fails);
  const first = [...failing, ...explained][0]?.cause.split(', ', 1)[0];
  const lines = [
    verdict(report, verified, context, style),
    ...unreadLines(report, style, context.width),
    ...section(differenceHeadings.unexplained, causes.filter((cause) => !cause.explained), style),
    ...section(differenceHeadings.failing, failing, style),
    ...section(differenceHeadings.explained, explained.filter(({ fails }) => !fails), style),
    '',
    `Compared     ${verifiedText(verified)}`,
    `Target       ${targetOf(report)}`,
    ...(causes.length === 0 ? [] : ['ADDRESS      the address of ingress-nginx or of the gateway, in the curl commands']),
    ...(first === undefined ? [] : [`Next         ${context.program} explain ${first}`]),
  ];
  return `${lines.join('\n')}\n`;
}
