import type { CodeEntry } from '../diagnostics/finding.ts';
import { labelled } from './wrap.ts';

interface CodeText {
  readonly kind: 'code';
  readonly code: string;
  readonly severity: string;
  readonly entry: CodeEntry;
}

interface AnnotationText {
  readonly kind: 'annotation';
  readonly name: string;
  readonly fact: { readonly group: string; readonly scope: string; readonly invalid: string };
  readonly family: string;
  readonly docs: { readonly nginx: string; readonly gateway: string; readonly loss: string };
  readonly codes: readonly string[];
  readonly example: string | undefined;
  readonly links: readonly string[];
}

/** What one target makes of the intents behind an annotation. */
export interface TargetMapping {
  readonly target: string;
  readonly title: string;
  readonly intents: readonly { readonly intent: string; readonly fidelity: string; readonly how: string }[];
}

const invalidMeans: Readonly<Record<string, string>> = {
  default: 'the controller silently uses the default',
  drop: 'the controller drops the whole Ingress',
  deny: 'every location of the Ingress answers 503',
  'deny-host': 'the whole host answers 403',
  open: 'the location is served without this protection',
  ignored: 'the controller never reads it',
};

/** How one loss is accepted; nothing for what asks for no decision. */
function example({ code, entry, severity }: CodeText, width: number): readonly string[] {
  if (entry.fidelity === 'exact' || severity === 'info' || /^(?:input|internal|acceptance|baseline)\//u.test(code)) return [];
  return labelled(2, 'e.g.: ', `--accept ${code}@NAMESPACE/NAME, once you have decided to live with it at that place`, width);
}

function codeLines(text: CodeText, width: number): readonly string[] {
  const { what, why, do: todo, source, fidelity, risk } = text.entry;
  return [
    `${text.code}  (${text.severity}: fidelity ${fidelity}, risk ${risk})`,
    ...labelled(2, 'what: ', what, width),
    ...labelled(2, 'why:  ', why, width),
    ...labelled(2, 'do:   ', todo, width),
    ...example(text, width),
    ...(source === undefined ? [] : [`  see:  ${source}`]),
  ];
}

function mappingLines(mapping: readonly TargetMapping[], width: number): readonly string[] {
  const rows = mapping.flatMap(({ target, intents }) => intents.map(({ intent, fidelity, how }) => labelled(4, `${target}, ${intent} (${fidelity}): `, how, width)));
  return rows.length === 0 ? [] : ['  targets:', ...rows.flat()];
}

function annotationLines(text: AnnotationText, mapping: readonly TargetMapping[], width: number): readonly string[] {
  return [
    `${text.name}  (group ${text.fact.group}, scope ${text.fact.scope})`,
    ...labelled(2, 'nginx:     ', text.docs.nginx, width),
    ...labelled(2, 'gateway:   ', text.docs.gateway, width),
    ...labelled(2, 'loss:      ', text.docs.loss, width),
    ...labelled(2, 'bad value: ', invalidMeans[text.fact.invalid] ?? text.fact.invalid, width),
    ...(text.example === undefined ? [] : labelled(2, 'example:   ', `nginx.ingress.kubernetes.io/${text.name}: ${JSON.stringify(text.example)}`, width)),
    ...mappingLines(mapping, width),
    ...(text.codes.length === 0 ? [] : ['  findings:', ...text.codes.map((code) => `    ${code}`)]),
    '  see:',
    ...text.links.map((link) => `    ${link}`),
  ];
}

/** One code or annotation for people. */
export function renderExplanation(text: CodeText | AnnotationText, mapping: readonly TargetMapping[], width: number): string {
  const lines = text.kind === 'code' ? codeLines(text, width) : annotationLines(text, mapping, width);
  return `${lines.join('\n')}\n`;
}

/** An annotation with what becomes of it on each target. */
interface SummaryText {
  readonly name: string;
  readonly family: string;
  readonly invalid: string;
  readonly outcomes: Readonly<Record<string, string>>;
}

/** Words of the support matrix, and what no target has to say anything about. */
const outcomeWords: Readonly<Record<string, string>> = { exact: 'yes', approximate: 'about', lost: 'no', routes: 'in routes', nothing: 'no effect' };

/** Head and rows of the table of all annotations. */
export function annotationRows(annotations: readonly SummaryText[]): readonly (readonly string[])[] {
  const targets = Object.keys(annotations[0]?.outcomes ?? {});
  const rows = annotations.map(({ name, family, invalid, outcomes }) => [name, family, invalid, ...targets.map((target) => outcomeWords[outcomes[target] ?? ''] ?? '')]);
  return [['annotation', 'family', 'bad value', ...targets], ...rows];
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

/** Every code and annotation, one a line. */
export function renderList(codes: ReadonlyMap<string, CodeEntry>, annotations: readonly SummaryText[]): string {
  const codeList = [...codes].map(([code, { fidelity, risk }]) => `  ${code}  (${fidelity}, ${risk})`);
  return ['Finding codes', ...codeList, '', 'Annotations, at best', ...aligned(annotationRows(annotations)), ''].join('\n');
}
