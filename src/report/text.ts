import { messageOf } from '../diagnostics/message.ts';
import { annotationCounts, severityCounts, statusCounts } from './counts.ts';
import type { Report, ReportContext, ReportedFinding, Reporter } from './define.ts';
import { verifiedText } from './divergences.ts';
import { placeOf, writeSection, type Writer } from './findings-text.ts';
import { groupByCode, headings, implicitPrefix, sectionsOf, type FindingGroup } from './groups.ts';
import { styleOf, type Style } from './style.ts';
import { renderVerified } from './verify-text.ts';
import { plural, targetOf, verdictOf } from './words.ts';
import { labelled, wrapText } from './wrap.ts';

/** One line a code: nothing here asks for work. */
function writeNotes(out: Writer, groups: readonly FindingGroup[]): void {
  if (groups.length === 0) return;
  out.lines.push('', out.style.strong(headings.notes));
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
  out.lines.push('', out.style.strong(headings.unasked));
  out.lines.push(...wrapText(`${names}. Each is explained by '${context.program} explain ${implicitPrefix}NAME'.`, out.width - 2).map((line) => `  ${line}`));
}

function verdict(report: Report, context: ReportContext, style: Style): string {
  const { word, because } = verdictOf(report, context);
  return `${(word === 'FAIL' ? style.error : style.good)(word)}  ${because}`;
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
  const by = (who: ReportedFinding['acceptedBy']): number => report.findings.filter(({ acceptedBy }) => acceptedBy === who).length;
  const why = [[by('baseline'), 'in the baseline'], [by('defaults'), 'nginx defaults (--defaults ignore)']] as const;
  if (accepted > 0) line('Accepted', [plural(accepted, 'finding'), ...why.filter(([count]) => count > 0).map(([count, what]) => `${count} of them ${what}`)].join(', '));
  line('Written', written === '' ? 'nothing' : written);
  if (report.verified !== undefined) line('Verified', verifiedText(report.verified));
  line('Target', targetOf(report));
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
    if (context.command === 'verify' && report.verified !== undefined) return renderVerified(report, report.verified, context);
    const out: Writer = { lines: [], style: styleOf(context.colour), width: context.width };
    const groups = groupByCode(report);
    const sections = sectionsOf(groups);
    out.lines.push(verdict(report, context, out.style));
    writeSection(out, headings.decide, sections.decide, out.style.error);
    writeSection(out, headings.input, sections.input, out.style.warning);
    writeSection(out, headings.differs, sections.differs, out.style.warning);
    writeSection(out, headings.setup, sections.setup, out.style.warning);
    writeImplicit(out, sections.unasked, context);
    writeNotes(out, sections.notes);
    writeCounts(out, report);
    out.lines.push(`Next         ${nextStep(report, context, groups)}`);
    return `${out.lines.join('\n')}\n`;
  },
};
