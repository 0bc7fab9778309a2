import { labelled } from './wrap.ts';

interface Cell {
  readonly fidelity: 'exact' | 'approximate' | 'lost';
  readonly how: string;
}

/** One target of the support matrix. */
export interface MatrixColumn {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly intents: Readonly<Record<string, Cell>>;
  readonly defaults: Readonly<Record<string, Cell>>;
}

const mark = { exact: 'yes', approximate: 'about', lost: 'no' } as const;

function rowsOf(columns: readonly MatrixColumn[], part: 'intents' | 'defaults'): readonly (readonly string[])[] {
  const names = Object.keys(columns[0]?.[part] ?? {}).sort();
  return names.map((name) => [name, ...columns.map((column) => mark[column[part][name]?.fidelity ?? 'lost'])]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[], markdown: boolean): readonly string[] {
  if (markdown) return [`| ${head.join(' | ')} |`, `|${head.map(() => ' --- ').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)];
  const widths = head.map((title, index) => Math.max(title.length, ...rows.map((row) => (row[index] ?? '').length)));
  return [head, ...rows].map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ').trimEnd());
}

/** All targets side by side. */
export function renderMatrix(columns: readonly MatrixColumn[], markdown: boolean): string {
  const names = columns.map((column) => column.name);
  return [
    ...table(['what the annotations ask for', ...names], rowsOf(columns, 'intents'), markdown),
    '',
    ...table(['what nginx does unasked', ...names], rowsOf(columns, 'defaults'), markdown),
    '',
  ].join('\n');
}

/** One target in detail. */
export function renderTarget(column: MatrixColumn, width: number): string {
  const details = (cells: Readonly<Record<string, Cell>>): readonly string[] =>
    Object.entries(cells).flatMap(([name, { fidelity, how }]) => labelled(2, `${name} (${fidelity}): `, how, width));
  return [`${column.title} ${column.version}`, '', 'What the annotations ask for', ...details(column.intents), '', 'What nginx does unasked', ...details(column.defaults), ''].join('\n');
}
