import { annotationNames, catalogue, explanationOf, summariseAnnotations } from '../../src/catalogue.ts';
import { severityOf } from '../../src/diagnostics/finding.ts';
import { annotationRows } from '../../src/report/explanation.ts';
import { targetNames } from '../../src/targets/names.ts';
import { loadTarget } from '../../src/targets/registry.ts';

/** Templates hold names in angle brackets and braces; in a table a bar would end the cell. */
const text = (value: string): string => value.replaceAll('<', '&lt;').replaceAll('|', '\\|');
const cell = (value: string): string => text(value).replaceAll('\n', ' ');

function grouped(names: readonly string[], groupOf: (name: string) => string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const group = groupOf(name);
    const list = groups.get(group);
    if (list === undefined) groups.set(group, [name]);
    else list.push(name);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function findingSection(code: string): readonly string[] {
  const entry = catalogue.get(code);
  if (entry === undefined) return [];
  const link = entry.source === undefined ? [] : [`- **See** <${entry.source}>`];
  return [
    `### <a id="${code}"></a>${code}`,
    '',
    `${severityOf(entry)}: fidelity ${entry.fidelity}, risk ${entry.risk}`,
    '',
    `- **What** ${text(entry.what)}`,
    `- **Why** ${text(entry.why)}`,
    `- **Do** ${text(entry.do)}`,
    ...link,
    '',
  ];
}

/** docs/findings.md */
export function findingsPage(): string {
  const groups = grouped([...catalogue.keys()], (code) => code.slice(0, code.indexOf('/')));
  return [
    '# Findings',
    '',
    'Every finding that gwmigrate can report, from the catalogue that runs (`npm run docs` writes this page). `{names}` stand for what a finding fills in.',
    '`gwmigrate explain CODE` prints the same.',
    '',
    ...[...groups].flatMap(([family, codes]) => [`## ${family}`, '', ...codes.flatMap(findingSection)]),
  ].join('\n');
}

type Capabilities = ReadonlyMap<string, Readonly<Record<string, { readonly fidelity: string; readonly how: string }>>>;

function annotationSection(name: string, targets: Capabilities): readonly string[] {
  const explanation = explanationOf(name);
  if (explanation?.kind !== 'annotation') return [];
  const { docs, example, intents, codes } = explanation;
  const rows = [...targets].flatMap(([target, capabilities]) =>
    intents.map((intent) => `| ${target} | ${intent} | ${capabilities[intent]?.fidelity ?? ''} | ${cell(capabilities[intent]?.how ?? '')} |`),
  );
  return [
    `### <a id="${name}"></a>${name}`,
    '',
    ...(example === undefined ? [] : ['```yaml', `nginx.ingress.kubernetes.io/${name}: ${JSON.stringify(example)}`, '```', '']),
    `- **nginx** ${text(docs.nginx)}`,
    `- **Gateway API** ${text(docs.gateway)}`,
    `- **Lost** ${text(docs.loss)}`,
    ...(codes.length === 0 ? [] : [`- **Findings** ${codes.map((code) => `[${code}](findings.md#${code})`).join(', ')}`]),
    '',
    ...(rows.length === 0 ? [] : ['| target | asks for | fidelity | how |', '| --- | --- | --- | --- |', ...rows, '']),
  ];
}

/** docs/annotations.md */
export async function annotationsPage(): Promise<string> {
  const targets: Capabilities = new Map(await Promise.all(targetNames.map(async (name) => [name, (await loadTarget(name)).capabilities] as const)));
  const [head = [], ...rows] = annotationRows(summariseAnnotations(await Promise.all(targetNames.map(loadTarget))));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const overview = [line(head), line(head.map(() => '---')), ...rows.map(([name = '', ...others]) => line([`[${name}](#${name})`, ...others]))];
  const groups = grouped(annotationNames, (name) => {
    const explanation = explanationOf(name);
    return explanation?.kind === 'annotation' ? explanation.fact.group : '';
  });
  return [
    '# Annotations',
    '',
    'Every annotation of ingress-nginx, and what each target makes of it, from the tables that run (`npm run docs` writes this page).',
    '`gwmigrate explain ANNOTATION` prints the same. Names are written without the prefix `nginx.ingress.kubernetes.io/`.',
    '',
    '`yes`: the same behaviour. `about`: nearly, with a finding that says what differs. `no`: lost, with a finding; rules that lose a protection are closed.',
    '`in routes`: its effect is in hosts and paths. `no effect`: it does nothing under ingress-nginx either. A bad value is replaced by the default, or it costs the whole',
    'Ingress (`drop`), makes its paths answer 503 (`deny`) or the host 403 (`deny-host`), or leaves the path without the protection (`open`).',
    '',
    ...overview,
    '',
    ...[...groups].flatMap(([group, names]) => [`## ${group}`, '', ...names.flatMap((name) => annotationSection(name, targets))]),
  ].join('\n');
}
