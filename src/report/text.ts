import { messageOf } from '../diagnostics/message.ts';
import type { Finding } from '../diagnostics/finding.ts';
import type { ObjectRef } from '../model/object.ts';
import { annotationCounts, severityCounts, statusCounts } from './counts.ts';
import type { Report, ReportContext, Reporter } from './define.ts';
import { groupByCode, implicitPrefix, type FindingGroup } from './groups.ts';
import { styleOf, type Style } from './style.ts';
import { labelled, wrapText } from './wrap.ts';

/** Places listed under one code before the rest is only counted: the report stays readable for hundreds of Ingresses. */
const placesShown = 5;

interface Writer {
  readonly lines: string[];
  readonly style: Style;
  readonly width: number;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const named = (ref: ObjectRef): string => (ref.namespace === '' ? ref.name : `${ref.namespace}/${ref.name}`);

function placeOf(finding: Finding): string {
  const parts: string[] = [];
  if (finding.origin !== undefined) {
    const at = finding.origin.source.locate(finding.origin.path);
    parts.push(`${at.file}:${at.line}:${at.column}`);
  }
  if (finding.object !== undefined) parts.push(named(finding.object));
  if (finding.annotation !== undefined) parts.push(finding.annotation);
  return parts.join('  ');
}

/** Findings of one code whose sentences are equal share one text and list only their places. */
function writeGroup(out: Writer, group: FindingGroup, paint: (text: string) => string): void {
  out.lines.push(`  ${paint(group.code)}${group.findings.length > 1 ? out.style.faint(`  x${group.findings.length}`) : ''}`);
  const first = group.findings[0];
  if (first === undefined) return;
  const message = messageOf(first.finding);
  out.lines.push(...labelled(4, '', message.what, out.width), ...labelled(4, 'why: ', message.why, out.width), ...labelled(4, 'do:  ', message.todo, out.width));
  for (const { finding } of group.findings.slice(0, placesShown)) {
    const place = placeOf(finding);
    if (place !== '') out.lines.push(...labelled(4, 'at:  ', place, out.width).map((line) => out.style.faint(line)));
  }
  const more = group.findings.length - placesShown;
  if (more > 0) out.lines.push(out.style.faint(`         and ${more} more`));
}

function writeSection(out: Writer, title: string, groups: readonly FindingGroup[], paint: (text: string) => string): void {
  if (groups.length === 0) return;
  out.lines.push('', out.style.strong(title));
  for (const group of groups) writeGroup(out, group, paint);
}

/** One line a code: nothing here asks for work. */
function writeNotes(out: Writer, groups: readonly FindingGroup[]): void {
  if (groups.length === 0) return;
  out.lines.push('', out.style.strong('For your information'));
  for (const { code, findings } of groups) {
    const first = findings[0];
    if (first === undefined) continue;
    const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
    const place = placeOf(first.finding).split('  ')[0] ?? '';
    out.lines.push(...labelled(2, '- ', `${messageOf(first.finding).what}${more} [${code}${place === '' ? '' : `, ${place}`}]`, out.width));
  }
}

function writeImplicit(out: Writer, groups: readonly FindingGroup[], context: ReportContext): void {
  if (groups.length === 0) return;
  const names = groups.map((group) => group.code.slice(implicitPrefix.length)).join(', ');
  out.lines.push('', out.style.strong('What nginx did unasked and the target does not do the same way'));
  out.lines.push(...wrapText(`${names}. Each is explained by '${context.program} explain ${implicitPrefix}NAME'.`, out.width - 2).map((line) => `  ${line}`));
}

function verdict(report: Report, context: ReportContext, style: Style): string {
  const { error, warning } = severityCounts(report);
  if (context.failed) {
    return `${style.error('FAIL')}  ${plural(error, 'error')}, ${plural(warning, 'warning')} (--fail-on ${context.failOn})`;
  }
  const read = report.counts.unreadable > 0 ? `, ${plural(report.counts.unreadable, 'document')} unreadable` : '';
  if (error + warning === 0 && read === '') return `${style.good('OK')}  nothing to do`;
  return `${style.good('PASS')}  ${plural(error, 'error')}, ${plural(warning, 'warning')}${read}`;
}

function writeCounts(out: Writer, report: Report): void {
  const status = statusCounts(report);
  const annotations = annotationCounts(report);
  const accepted = severityCounts(report).accepted;
  const written = [...report.written].map(([kind, count]) => `${count} ${kind}`).join(', ');
  const line = (label: string, text: string): void => void out.lines.push(...labelled(0, label.padEnd(13), text, out.width));
  out.lines.push('');
  line('Ingresses', `${status.ingresses}: ${status.converted} converted, ${status.partial} partial, ${status.refused} refused, ${status.skipped} skipped`);
  line('Annotations', Object.entries(annotations).map(([outcome, count]) => `${count} ${outcome}`).join(', '));
  if (accepted > 0) line('Accepted', plural(accepted, 'finding'));
  line('Written', written === '' ? 'nothing' : written);
  line('Target', `${[report.target.name, report.target.version].filter((part) => part !== '').join(' ')}, Gateway API ${report.target.gatewayApiVersion} (${report.target.channel} channel)`);
}

function nextStep(report: Report, context: ReportContext, groups: readonly FindingGroup[]): string {
  const first = groups.find((group) => group.severity !== 'info' && !group.code.startsWith(implicitPrefix));
  if (first !== undefined) return `${context.program} explain ${first.code}`;
  if (report.written.size === 0) return `${context.program} convert --help`;
  return context.command === 'audit' ? `${context.program} convert ... | kubectl apply --dry-run=server -f -` : 'kubectl apply --dry-run=server -f -';
}

export const text: Reporter = {
  format: 'text',
  title: 'Text for people',
  report: (report, context) => {
    const out: Writer = { lines: [], style: styleOf(context.colour), width: context.width };
    const groups = groupByCode(report);
    const explicit = groups.filter((group) => !group.code.startsWith(implicitPrefix));
    out.lines.push(verdict(report, context, out.style));
    writeSection(out, 'Must be decided before the switch', explicit.filter((group) => group.severity === 'error'), out.style.error);
    writeSection(out, 'Behaves differently afterwards', explicit.filter((group) => group.severity === 'warning'), out.style.warning);
    writeImplicit(out, groups.filter((group) => group.code.startsWith(implicitPrefix)), context);
    writeNotes(out, explicit.filter((group) => group.severity === 'info'));
    writeCounts(out, report);
    out.lines.push(`Next         ${nextStep(report, context, groups)}`);
    return `${out.lines.join('\n')}\n`;
  },
};
