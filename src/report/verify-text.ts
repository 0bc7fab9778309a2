import { requestCounts } from './counts.ts';
import type { Report, ReportContext, Verified } from './define.ts';
import { curlCommand, divergenceLine, groupDivergences, verifiedText, type DivergenceGroup } from './divergences.ts';
import { unreadLines } from './findings-text.ts';
import { styleOf, type Style } from './style.ts';
import { targetOf, unreadText } from './words.ts';

function groupLines({ cause, count, smallest, explained }: DivergenceGroup, style: Style): readonly string[] {
  const paint = explained ? style.warning : style.error;
  return [`  ${paint(cause)}${style.faint(`  x${count}`)}`, `    ${divergenceLine(smallest)}`, `    ${style.faint(curlCommand(smallest))}`];
}

function section(title: string, groups: readonly DivergenceGroup[], style: Style): readonly string[] {
  return groups.length === 0 ? [] : ['', style.strong(title), ...groups.flatMap((group) => groupLines(group, style))];
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
  const groups = groupDivergences(verified);
  const first = groups.find(({ explained }) => explained)?.smallest.explainedBy[0];
  const lines = [
    verdict(report, verified, context, style),
    ...unreadLines(report, style, context.width),
    ...section('Differs, and nothing explains it', groups.filter(({ explained }) => !explained), style),
    ...section('Differs, and findings say so', groups.filter(({ explained }) => explained), style),
    '',
    `Compared     ${verifiedText(verified)}`,
    `Target       ${targetOf(report)}`,
    ...(groups.length === 0 ? [] : ['ADDRESS      the address of ingress-nginx or of the gateway, in the curl commands']),
    ...(first === undefined ? [] : [`Next         ${context.program} explain ${first}`]),
  ];
  return `${lines.join('\n')}\n`;
}
