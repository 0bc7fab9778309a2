import type { ObjectRef } from '../model/object.ts';
import { messageOf } from '../diagnostics/message.ts';
import { severityOf } from '../diagnostics/finding.ts';
import type { ReportContext, ReportedFinding } from './define.ts';
import { differenceCounts, shownDifferences, type Differences, type ReportedChange, type ReportedDifference } from './differences.ts';
import { styleOf, type Style } from './style.ts';
import { visible } from './visible.ts';
import { targetOf } from './words.ts';
import { labelled } from './wrap.ts';

const nameOf = ({ kind, namespace, name }: ObjectRef): string => `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;

const marks = { added: '+', changed: '~', extra: '-', unchanged: ' ', unknown: '?' } as const;

function titleOf({ status, object, existing, matchedBy }: ReportedDifference): string {
  const [first, ...others] = existing;
  if (object === undefined) return `${marks[status]} ${first === undefined ? '' : nameOf(first)}  ${status}: the conversion gives nothing like it`;
  if (first === undefined || matchedBy === 'name') return `${marks[status]} ${nameOf(object)}  ${status}`;
  return `${marks[status]} ${nameOf(object)}  ${status}; exists as ${[first, ...others].map(nameOf).join(', ')}`;
}

function changeLine({ text, knownBy }: ReportedChange, style: Style): string {
  return `    ${visible(text)}${knownBy.length === 0 ? '' : style.faint(`  [known: ${knownBy.join(', ')}]`)}`;
}

function paintPatch(patch: string, style: Style): readonly string[] {
  return patch.split('\n').filter((line) => line !== '').map(visible).map((line) => {
    if (line.startsWith('--- ') || line.startsWith('+++ ')) return style.strong(line);
    if (line.startsWith('+')) return style.good(line);
    if (line.startsWith('-')) return style.error(line);
    return line.startsWith('@@') ? style.faint(line) : line;
  });
}

function objectLines(difference: ReportedDifference, style: Style, withPatch: boolean): readonly string[] {
  const patch = withPatch && difference.patch !== '' ? ['', ...paintPatch(difference.patch, style)] : [];
  return ['', style.strong(titleOf(difference)), ...difference.changes.map((change) => changeLine(change, style)), ...patch];
}

function findingLines({ finding }: ReportedFinding, style: Style, width: number): readonly string[] {
  const message = messageOf(finding);
  const paint = severityOf(finding.entry) === 'error' ? style.error : style.warning;
  return [`  ${paint(finding.code)}`, ...labelled(4, '', visible(message.what), width), ...labelled(4, 'do:  ', visible(message.todo), width)];
}

function verdict(differences: Differences, shown: readonly ReportedDifference[], style: Style): string {
  const counts = differenceCounts(differences);
  const hidden = differences.hideKnown && counts.known > 0 ? `, ${counts.known} hidden as known` : '';
  const unknown = counts.unknown === 0 ? '' : `, ${counts.unknown} not readable`;
  const rest = ` (${counts.unchanged} unchanged${hidden}${unknown})`;
  if (shown.length === 0) return `${style.good('OK')}  nothing differs${rest}`;
  const parts = (['added', 'changed', 'extra'] as const).map((status) => [shown.filter((object) => object.status === status).length, status] as const);
  return `${style.error('DIFFERS')}  ${parts.filter(([count]) => count > 0).map(([count, status]) => `${count} ${status}`).join(', ')}${rest}`;
}

/** The comparison for people. */
export function renderDifferences(differences: Differences, context: Pick<ReportContext, 'colour' | 'width'> & { readonly patches: boolean }): string {
  const style = styleOf(context.colour);
  const shown = shownDifferences(differences);
  const lines = [
    verdict(differences, shown, style),
    ...shown.flatMap((difference) => objectLines(difference, style, context.patches)),
    ...(differences.findings.length === 0 ? [] : ['', style.strong('What exists does not serve as it should'), ...differences.findings.flatMap((finding) => findingLines(finding, style, context.width))]),
    '',
    `Target       ${targetOf(differences)}`,
  ];
  return `${lines.join('\n')}\n`;
}
