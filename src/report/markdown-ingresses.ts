import { severityOf } from '../diagnostics/finding.ts';
import type { ObjectRef } from '../model/object.ts';
import type { Report, SourceReport, SourceStatus } from './define.ts';
import { table } from './markdown-table.ts';
import { cell, words } from './markdown-text.ts';
import { pathOf } from './place.ts';
import { nameOf } from './words.ts';

/** Rows before the rest is only counted: GitHub refuses step summaries over 1 MiB. */
const rowsShown = 1000;

/** What needs somebody comes first. */
const rank: Readonly<Record<SourceStatus, number>> = { refused: 0, partial: 1, converted: 2, skipped: 3 };

interface Row {
  readonly source: SourceReport;
  errors: number;
  warnings: number;
}

function rowsOf(report: Report): readonly Row[] {
  const rows = new Map<ObjectRef | undefined, Row>(report.sources.map((source) => [source.ref, { source, errors: 0, warnings: 0 }]));
  for (const { finding, accepted } of report.findings) {
    const row = rows.get(finding.object);
    if (row === undefined || accepted) continue;
    const severity = severityOf(finding.entry);
    if (severity === 'error') row.errors += 1;
    else if (severity === 'warning') row.warnings += 1;
  }
  return [...rows.values()].sort((a, b) => rank[a.source.status] - rank[b.source.status] || b.errors - a.errors || b.warnings - a.warnings);
}

function cellsOf({ source, errors, warnings }: Row): readonly string[] {
  const { ref, origin, status, reason, produced } = source;
  const name = ref.name === '' ? `unnamed in ${pathOf(origin.source.file)}` : nameOf(ref);
  const into = produced.map((object) => cell(`${object.kind} ${nameOf(object)}`)).join(', ');
  return [cell(name), status, String(errors), String(warnings), reason === undefined ? into : words(reason)];
}

/** One row per Ingress. */
export function ingressTable(report: Report): readonly string[] {
  if (report.sources.length === 0) return [];
  const rows = rowsOf(report);
  const more = rows.length - rowsShown;
  return [
    '## Ingresses',
    '',
    ...table(['Ingress', 'Status', 'Errors', 'Warnings', 'Written as, or why not'], rows.slice(0, rowsShown).map(cellsOf)),
    '',
    ...(more > 0 ? [`And ${more} more.`, ''] : []),
  ];
}
