import { severityOf, type Finding, type Severity } from '../diagnostics/finding.ts';
import type { Place } from '../model/origin.ts';
import { messageOf } from '../diagnostics/message.ts';
import type { Reporter, ReportContext } from './define.ts';
import { comparedBy, causesOf, type ComparedCause } from './compared.ts';
import { verifiedText } from './divergences.ts';
import { groupByCode, headings, implicitPrefix, sectionsOf, type FindingGroup } from './groups.ts';
import { findingPlace, pathOf } from './place.ts';
import { visible } from './visible.ts';
import { targetOf, verdictOf } from './words.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

const escapes: Readonly<Record<string, string>> = { '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' };
const escaped = (character: string): string => escapes[character] ?? character;

/** What the runner decodes again: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
const data = (text: string): string => text.replace(/[%\r\n]/gu, escaped);
const property = (text: string): string => text.replace(/[%\r\n:,]/gu, escaped);

function command(severity: Severity, properties: readonly (readonly [string, string])[], message: string): string {
  return `::${commands[severity]} ${properties.map(([name, value]) => `${name}=${property(value)}`).join(',')}::${data(message)}`;
}

/** Standard input is no file of the repository, so nothing can be shown beside its lines. */
function placed(at: Place | undefined): readonly (readonly [string, string])[] {
  if (at === undefined || at.file === '-') return [];
  return [['file', visible(pathOf(at.file))], ...(at.line === undefined ? [] : [['line', String(at.line)] as const, ['col', String(at.column)] as const])];
}

function annotationOf(finding: Finding): string {
  const { what, why, todo } = messageOf(finding);
  const lines = [what, why, todo].map(visible).join('\n');
  return command(severityOf(finding.entry), [...placed(findingPlace(finding)), ['title', finding.code]], lines);
}

/** One annotation for all of them: GitHub shows ten of a kind for a step. */
function unaskedOf(groups: readonly FindingGroup[], context: ReportContext): readonly string[] {
  if (groups.length === 0) return [];
  const severity = groups.some((group) => group.severity === 'error') ? 'error' : groups.some((group) => group.severity === 'warning') ? 'warning' : 'info';
  const names = groups.map(({ code }) => code.slice(implicitPrefix.length)).join(', ');
  return [command(severity, [['title', `${implicitPrefix}*`]], `${headings.unasked}: ${names}.\nEach is explained by '${context.program} explain ${implicitPrefix}NAME'.`)];
}

function causeAnnotation({ cause, count, line, curl, at, fails }: ComparedCause): string {
  return command(fails ? 'error' : 'info', [...placed(at), ['title', `${count} ${count === 1 ? 'request' : 'requests'} answered differently: ${cause}`]], `${line}\n${curl}`);
}

export const github: Reporter = {
  format: 'github',
  title: 'Annotations of a GitHub workflow',
  report: (report, context) => {
    const compared = comparedBy(report, context);
    if (compared !== undefined) return `${[...causesOf(report, compared, context.failOn).map(causeAnnotation), verifiedText(compared)].join('\n')}\n`;
    const { decide, input, differs, setup, unasked, notes } = sectionsOf(groupByCode(report));
    const annotations = (groups: readonly FindingGroup[]): readonly string[] => groups.flatMap(({ findings }) => findings.map(({ finding }) => annotationOf(finding)));
    const verdict = verdictOf(report, context);
    const lines = [...annotations(decide), ...annotations(input), ...annotations(differs), ...annotations(setup), ...unaskedOf(unasked, context), ...annotations(notes), `${verdict.word}: ${verdict.because}; ${targetOf(report)}`];
    return `${lines.join('\n')}\n`;
  },
};
