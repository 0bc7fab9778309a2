import { compareText } from '../model/object.ts';
import { curlCommand, differenceHeadings } from '../report/divergences.ts';
import { styleOf, type Style } from '../report/style.ts';
import { visible } from '../report/visible.ts';
import { addressText } from './address.ts';
import type { Answer, Difference } from './answer.ts';
import type { ProbeReport } from './report.ts';

const part = (answer: Answer, differs: string): string => {
  if (answer.kind === 'failed') return `${answer.failure} (${answer.detail})`;
  if (differs.startsWith('header ')) return answer.headers.get(differs.slice(7)) ?? 'none';
  if (differs === 'location') return answer.headers.get('location') ?? 'none';
  if (differs === 'certificate') return answer.certificate?.names.join(' ') || 'no name';
  if (differs === 'certificate-trust') return answer.certificate?.trust ?? 'none';
  if (differs === 'body') return answer.bodyHash?.slice(0, 12) ?? 'none';
  const location = answer.headers.get('location');
  return location === undefined ? String(answer.status) : `${answer.status} to ${location}`;
};

/** A failure is one side's: the other one has a status. */
const sideText = (answer: Answer, differs: readonly string[]): string => differs.map((name) => part(answer, name)).join(', ');

/** `GET http://shop.example.com/API/x   before: 200   after: 404   because regex-host/order` */
export function differenceLine({ request, before, after, differs, explainedBy }: Difference): string {
  const { method, scheme, host, target, headers } = request;
  const sent = [...headers].map(([name, value]) => ` [${name}: ${value}]`).join('');
  const cause = explainedBy.length === 0 ? `unexplained: ${differs.join(', ')}` : `because ${explainedBy.join(', ')}`;
  return visible(`${method} ${scheme}://${host}${target}${sent}   before: ${sideText(before, differs)}   after: ${sideText(after, differs)}   ${cause}`);
}

interface Group {
  readonly cause: string;
  readonly members: readonly Difference[];
}

/** By findings, or by what differs where none announced it; the largest first. */
function groupsOf(differences: readonly Difference[]): readonly Group[] {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    const { differs, explainedBy } = difference;
    const cause = (explainedBy.length > 0 ? explainedBy : differs).join(', ');
    const known = groups.get(cause);
    if (known === undefined) groups.set(cause, [difference]);
    else known.push(difference);
  }
  return [...groups].map(([cause, members]) => ({ cause, members })).sort((a, b) => b.members.length - a.members.length || compareText(a.cause, b.cause));
}

/** The first request of a group stands for it; every one is in the JSON report. */
function section(title: string, differences: readonly Difference[], paint: (text: string) => string, style: Style): readonly string[] {
  if (differences.length === 0) return [];
  const lines = groupsOf(differences).flatMap(({ cause, members }) => {
    const [first] = members;
    return [`  ${paint(cause)}${style.faint(`  x${members.length}`)}`, ...(first === undefined ? [] : [`    ${differenceLine(first)}`, `    ${style.faint(curlCommand(first))}`])];
  });
  return ['', style.strong(title), ...lines];
}

function verdict({ result, failed }: ProbeReport, style: Style): string {
  const unexplained = result.differences.filter(({ explainedBy }) => explainedBy.length === 0).length;
  if (result.outages.length > 0 || result.left > 0) return `${style.error('STOP')}  not everything could be asked: what follows is a part`;
  if (failed) return `${style.error('FAIL')}  ${unexplained > 0 ? `${unexplained} ${unexplained === 1 ? 'difference' : 'differences'} that nothing explains` : 'findings that fail the run explain some differences'}`;
  if (result.sent === result.unanswered) return `${style.warning('NONE')}  no request was answered`;
  return result.differences.length === 0 ? `${style.good('OK')}  both addresses answer alike` : `${style.good('PASS')}  every difference is explained`;
}

/** The comparison for people. Lines are not wrapped: each is one request, to be searched for and copied. */
export function renderProbeText(report: ProbeReport, colour: boolean): string {
  const style = styleOf(colour);
  const { result, before, after } = report;
  const explained = result.differences.filter(({ explainedBy }) => explainedBy.length > 0);
  const failing = explained.filter(({ explainedBy }) => explainedBy.some((code) => report.failing.has(code)));
  const unexplained = result.differences.filter(({ explainedBy }) => explainedBy.length === 0);
  const addresses = { before, after };
  const lines = [
    verdict(report, style),
    ...result.outages.map(({ side, scheme, why }) => `  the ${side === 'before' ? 'old' : 'new'} address ${addresses[side].host} does not answer on port ${addresses[side].ports[scheme] ?? ''} (${scheme}): ${why}`),
    ...section(differenceHeadings.unexplained, unexplained, style.error, style),
    ...section(differenceHeadings.failing, failing, style.error, style),
    ...section(differenceHeadings.explained, explained.filter((difference) => !failing.includes(difference)), style.warning, style),
    '',
    `Sent         ${result.sent} ${result.sent === 1 ? 'request' : 'requests'} to each address: ${result.equal} equal, ${explained.length} explained, ${unexplained.length} unexplained, ${result.unanswered} unanswered by both`,
    ...(result.left === 0 ? [] : [`Not sent     ${result.left}`]),
    `Before       ${addressText(before)}`,
    `After        ${addressText(after)}`,
    ...(result.differences.length === 0 ? [] : ['ADDRESS      either of them, in the curl commands']),
  ];
  return `${lines.join('\n')}\n`;
}
