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
  readonly family: string | undefined;
  readonly docs: { readonly nginx: string; readonly gateway: string; readonly loss: string };
  readonly codes: readonly string[];
}

const invalidMeans: Readonly<Record<string, string>> = {
  default: 'the controller silently uses the default',
  drop: 'the controller drops the whole Ingress',
  deny: 'every location of the Ingress answers 503',
  'deny-host': 'the whole host answers 403',
  open: 'the location is served without this protection',
  ignored: 'the controller never reads it',
};

function codeLines(text: CodeText, width: number): readonly string[] {
  const { what, why, do: todo, source, fidelity, risk } = text.entry;
  return [
    `${text.code}  (${text.severity}: fidelity ${fidelity}, risk ${risk})`,
    ...labelled(2, 'what: ', what, width),
    ...labelled(2, 'why:  ', why, width),
    ...labelled(2, 'do:   ', todo, width),
    ...(source === undefined ? [] : [`  see:  ${source}`]),
  ];
}

function annotationLines(text: AnnotationText, width: number): readonly string[] {
  return [
    `${text.name}  (group ${text.fact.group}, scope ${text.fact.scope})`,
    ...labelled(2, 'nginx:     ', text.docs.nginx, width),
    ...labelled(2, 'gateway:   ', text.docs.gateway, width),
    ...labelled(2, 'loss:      ', text.docs.loss, width),
    ...labelled(2, 'bad value: ', invalidMeans[text.fact.invalid] ?? text.fact.invalid, width),
    ...(text.codes.length === 0 ? [] : ['  findings:', ...text.codes.map((code) => `    ${code}`)]),
  ];
}

/** One code or annotation for people. */
export function renderExplanation(text: CodeText | AnnotationText, width: number): string {
  const lines = text.kind === 'code' ? codeLines(text, width) : annotationLines(text, width);
  return `${lines.join('\n')}\n`;
}

/** Every code and annotation, one a line. */
export function renderList(codes: ReadonlyMap<string, CodeEntry>, annotations: readonly string[]): string {
  const codeList = [...codes].map(([code, { fidelity, risk }]) => `  ${code}  (${fidelity}, ${risk})`);
  return ['Finding codes', ...codeList, '', 'Annotations', ...annotations.map((name) => `  ${name}`), ''].join('\n');
}
