import { fillTemplate, messageOf } from '../diagnostics/message.ts';
import type { Finding } from '../diagnostics/finding.ts';
import { placeText } from '../model/origin.ts';
import type { Report, ReportedFinding } from './define.ts';
import { groupByCode, headings, unreadGroups, type FindingGroup } from './groups.ts';
import { findingPlace } from './place.ts';
import type { Style } from './style.ts';
import { nameOf } from './words.ts';
import { labelled } from './wrap.ts';

/** Places listed under one code before the rest is only counted: the report stays readable for hundreds of Ingresses. */
const placesShown = 5;

export interface Writer {
  readonly lines: string[];
  readonly style: Style;
  readonly width: number;
}

export function placeOf(finding: Finding): string {
  const parts: string[] = [];
  const at = findingPlace(finding);
  if (at !== undefined) parts.push(placeText(at));
  if (finding.object !== undefined) parts.push(nameOf(finding.object));
  if (finding.annotation !== undefined) parts.push(finding.annotation);
  // One annotation may hold many of the same kind: the sentence above names the first alone.
  if (finding.args['directive'] !== undefined) parts.push(finding.args['directive']);
  return parts.join('  ');
}

const placeholder = /\{([a-zA-Z]+)\}/g;

/** What the sentence of a finding says otherwise than that of the first of its group, which alone is printed. */
function differenceOf({ finding }: ReportedFinding, { finding: first }: ReportedFinding, place: string): string {
  const shown = new Set(place.split(/\s+/));
  const names = [...finding.entry.what.matchAll(placeholder)].map(([, name = '']) => name);
  const told = names.flatMap((name) => {
    const value = fillTemplate(`{${name}}`, finding.args);
    const isShown = shown.has(value.slice(value.lastIndexOf(' ') + 1));
    return value === '' || finding.args[name] === first.args[name] || isShown ? [] : [`${name} ${value}`];
  });
  return told.length === 0 ? '' : ` (${told.join(', ')})`;
}

/** Places of a group, each once, with what is different there. */
function placesOf({ findings }: FindingGroup, first: ReportedFinding): readonly string[] {
  const places = findings.map((reported) => {
    const place = placeOf(reported.finding);
    return place === '' ? '' : `${place}${differenceOf(reported, first, place)}`;
  });
  return [...new Set(places)].filter((place) => place !== '');
}

/** Findings of one code share one text, that of the first, and list their places. */
function writeGroup(out: Writer, group: FindingGroup, paint: (text: string) => string): void {
  out.lines.push(`  ${paint(group.code)}${group.findings.length > 1 ? out.style.faint(`  x${group.findings.length}`) : ''}`);
  const first = group.findings[0];
  if (first === undefined) return;
  const message = messageOf(first.finding);
  out.lines.push(...labelled(4, '', message.what, out.width), ...labelled(4, 'why: ', message.why, out.width), ...labelled(4, 'do:  ', message.todo, out.width));
  const places = placesOf(group, first);
  for (const place of places.slice(0, placesShown)) out.lines.push(...labelled(4, 'at:  ', place, out.width).map((line) => out.style.faint(line)));
  const more = places.length - placesShown;
  if (more > 0) out.lines.push(out.style.faint(`         and ${more} more`));
}

export function writeSection(out: Writer, title: string, groups: readonly FindingGroup[], paint: (text: string) => string): void {
  if (groups.length === 0) return;
  out.lines.push('', out.style.strong(title));
  for (const group of groups) writeGroup(out, group, paint);
}

/** What the run goes without, for reports that are about something else than findings; empty when all of the input was read. */
export function unreadLines(report: Report, style: Style, width: number): readonly string[] {
  const out: Writer = { lines: [], style, width };
  if (report.counts.unreadable > 0) writeSection(out, headings.input, unreadGroups(groupByCode(report)), style.warning);
  return out.lines;
}
