import { messageOf } from '../diagnostics/message.ts';
import { annotationCounts, requestCounts, severityCounts, statusCounts } from './counts.ts';
import type { ReportedFinding, Reporter, Report, ReportContext } from './define.ts';
import { comparedBy } from './compared.ts';
import { comparedSection, comparedVerdict } from './markdown-compared.ts';
import { groupByCode, headings, implicitPrefix, sectionsOf, type FindingGroup } from './groups.ts';
import { ingressTable } from './markdown-ingresses.ts';
import { table } from './markdown-table.ts';
import { code, sentence } from './markdown-text.ts';
import { findingPlace, placePath } from './place.ts';
import { nameOf, plural, targetOf, verdictOf } from './words.ts';

/** Places listed under one code before the rest is only counted: GitHub refuses step summaries over 1 MiB. */
const placesShown = 10;

function placeOf({ finding }: ReportedFinding): string {
  const at = findingPlace(finding);
  const parts = [
    ...(finding.object === undefined ? [] : [code(nameOf(finding.object))]),
    ...(finding.annotation === undefined ? [] : [code(finding.annotation)]),
    ...(at === undefined ? [] : [code(placePath(at))]),
  ];
  return parts.join(' ');
}

/** Places of one code; a finding that says something else than the first says it at its place. */
function places(findings: readonly ReportedFinding[]): readonly string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const said = messageOf(first.finding).what;
  const shown = findings.slice(0, placesShown).map((reported) => {
    const { finding } = reported;
    return [placeOf(reported), ...(messageOf(finding).what === said ? [] : [sentence(finding.entry.what, finding)])].filter((part) => part !== '').join(' — ');
  });
  const lines = shown.filter((line) => line !== '').map((line) => `- ${line}`);
  return findings.length > placesShown ? [...lines, `- and ${findings.length - placesShown} more`] : lines;
}

function group({ code: name, findings }: FindingGroup): readonly string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { entry } = first.finding;
  const at = places(findings);
  const count = findings.length > 1 ? ` × ${findings.length}` : '';
  return [
    `### ${code(name)}${count}`,
    '',
    sentence(entry.what, first.finding),
    '',
    `**Why:** ${sentence(entry.why, first.finding)}  `,
    `**Do:** ${sentence(entry.do, first.finding)}`,
    '',
    ...(at.length === 0 ? [] : [...at, '']),
  ];
}

function section(title: string, groups: readonly FindingGroup[]): readonly string[] {
  return groups.length === 0 ? [] : [`## ${title}`, '', ...groups.flatMap(group)];
}

function unasked(groups: readonly FindingGroup[], context: ReportContext): readonly string[] {
  if (groups.length === 0) return [];
  const lines = groups.flatMap(({ code: name, findings }) => findings.slice(0, 1).map(({ finding }) => `- ${code(name)}: ${sentence(finding.entry.what, finding)}`));
  return [`## ${headings.unasked}`, '', ...lines, '', `Each is explained by ${code(`${context.program} explain ${implicitPrefix}NAME`)}.`, ''];
}

function notes(groups: readonly FindingGroup[]): readonly string[] {
  if (groups.length === 0) return [];
  const line = ({ code: name, findings }: FindingGroup): readonly string[] =>
    findings.slice(0, 1).map(({ finding }) => `- ${code(name)}: ${sentence(finding.entry.what, finding)}${findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''}`);
  return [`## ${headings.notes}`, '', ...groups.flatMap(line), ''];
}

/** Who reads the report must see what was waved through, too. */
function acceptedOf(report: Report): readonly string[] {
  const accepted = report.findings.filter((reported) => reported.accepted);
  if (accepted.length === 0) return [];
  const lines = accepted.slice(0, placesShown).map((reported) => `- ${[code(reported.finding.code), placeOf(reported)].filter((part) => part !== '').join(' ')}`);
  const more = accepted.length - placesShown;
  return ['## Accepted', '', ...lines, ...(more > 0 ? [`- and ${more} more`] : []), ''];
}

/** Of the comparison, where one was made. */
function comparedRow({ verified }: Report): readonly (readonly string[])[] {
  if (verified === undefined) return [];
  const { compared, equal, explained, unexplained } = requestCounts(verified);
  return [['Requests', String(compared), `${equal} equal, ${explained} explained, ${unexplained} unexplained`]];
}

function countsOf(report: Report): readonly string[] {
  const { ingresses, converted, partial, refused, skipped } = statusCounts(report);
  const { error, warning, info, accepted } = severityCounts(report);
  const annotations = annotationCounts(report);
  const written = [...report.written].map(([kind, count]) => `${count} ${kind}`).join(', ');
  return [
    ...table(['Count', '', ''], [
      ['Ingresses', String(ingresses), `${converted} converted, ${partial} partial, ${refused} refused, ${skipped} skipped`],
      ['Annotations', String(report.annotations.length), Object.entries(annotations).map(([outcome, count]) => `${count} ${outcome}`).join(', ')],
      ['Findings', String(report.findings.length), `${plural(error, 'error')}, ${plural(warning, 'warning')}, ${plural(info, 'note')}, ${accepted} accepted`],
      ['Written', String([...report.written.values()].reduce((sum, count) => sum + count, 0)), written],
      ...comparedRow(report),
    ]),
    '',
  ];
}

export const markdown: Reporter = {
  format: 'markdown',
  title: 'Markdown, also for step summaries and merge requests',
  report: (report, context) => {
    const compared = comparedBy(report, context);
    const verdict = compared === undefined ? verdictOf(report, context) : comparedVerdict(compared, context);
    const sections = sectionsOf(groupByCode(report));
    return [
      `# ${verdict.word}: from ingress-nginx to the Gateway API`,
      '',
      `${verdict.because[0]?.toUpperCase() ?? ''}${verdict.because.slice(1)}. Target: ${targetOf(report)}.`,
      '',
      ...countsOf(report),
      ...(compared === undefined ? [] : comparedSection(report, compared, context)),
      ...section(headings.decide, sections.decide),
      ...section(headings.input, sections.input),
      ...section(headings.differs, sections.differs),
      ...section(headings.setup, sections.setup),
      ...unasked(sections.unasked, context),
      ...notes(sections.notes),
      ...acceptedOf(report),
      ...ingressTable(report),
    ].join('\n');
  },
};
