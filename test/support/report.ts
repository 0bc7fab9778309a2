import type { CodeEntry, Finding } from '../../src/diagnostics/finding.ts';
import type { ObjectRef } from '../../src/model/object.ts';
import type { Origin } from '../../src/model/origin.ts';
import type { Report, ReportContext, ReportedFinding, SourceReport } from '../../src/report/define.ts';
import { ingress } from './nginx-model.ts';

/** Hand-made reports: what the formats are given, without a conversion behind it. */

const texts = { what: '{annotation} is lost on {host}.', why: 'The target has no field for it.', do: 'Accept it or use another target.' } as const;

/** One code for each severity. */
export const entries = {
  'gate/lost': { fidelity: 'lost', risk: 'security', ...texts, source: 'https://example.com/gate' },
  'limit/lost': { fidelity: 'lost', risk: 'availability', ...texts },
  'name/kept': { fidelity: 'exact', risk: 'none', ...texts, what: '{annotation} keeps its meaning.' },
  'input/left-out': { fidelity: 'lost', risk: 'availability', ...texts },
  'gateway/class': { fidelity: 'approximate', risk: 'availability', ...texts, setup: true },
  'gateway/namespace': { fidelity: 'exact', risk: 'none', ...texts, setup: true },
  'default/body-size': { fidelity: 'approximate', risk: 'availability', ...texts, what: 'Bodies are as large as the gateway allows.' },
} satisfies Readonly<Record<string, CodeEntry>>;

export function at(file: string, line = 1, column = 1): Origin {
  return { source: { file, index: 0, locate: () => ({ file, line, column }) }, path: [] };
}

export const refOf = (name: string, namespace = 'shop'): ObjectRef => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace, name });

export function finding(code: keyof typeof entries, about: Partial<Omit<Finding, 'code'>> = {}): Finding {
  const annotation = 'nginx.ingress.kubernetes.io/auth-url';
  return { code, entry: entries[code], args: { annotation, host: 'shop.example.com' }, object: undefined, origin: at('manifests/shop.yaml', 7, 5), annotation, ...about };
}

export function source(ref: ObjectRef, more: Partial<SourceReport> = {}): SourceReport {
  return { ref, origin: at('manifests/shop.yaml', 4, 3), ingress: ingress(ref.name, {}), status: 'converted', reason: undefined, produced: [], ...more };
}

export function reportOf(findings: readonly (Finding | ReportedFinding)[], sources: readonly SourceReport[] = []): Report {
  return {
    tool: { name: 'gwmigrate', version: '1.2.3' },
    target: { name: 'standard', version: '', gatewayApiVersion: '1.4.0', channel: 'standard' },
    sources,
    annotations: [],
    findings: findings.map((item): ReportedFinding => ('finding' in item ? item : { finding: item, accepted: false })),
    counts: { documents: sources.length, unrelated: 0, unreadable: 0 },
    written: new Map([['HTTPRoute', 2]]),
  };
}

export const context: ReportContext = { colour: false, width: 100, command: 'audit', program: 'gwmigrate', failOn: 'security', failed: true };

/** Names that break out of one format or another. */
export const hostile: readonly string[] = [
  'a"b\'c',
  'line\nbreak\r\nand\ttab',
  ']]>',
  '100%25 %0A::error::x',
  '::set-output name=a::b',
  '##[add-mask]x',
  '<script>alert(1)</script>',
  '<!-- x --> &amp; &',
  '[click](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '@everyone #1 https://evil.example www.evil.example',
  '`code` ``` | \\| a',
  '\\`<b>\\`',
  '{0} {annotation} {{',
  '\u0000\u0007\u001B[31mred\u001B[0m\u009B',
  '\uD800 lone \uFFFE',
  'right\u202Eleft\u2066',
  '- list',
  '1. list',
  '# heading',
  '',
  ' ',
  'ünïcödé 漢字 🚪',
];

/** One report in which everything that the input decides is hostile. */
export function hostileReport(): Report {
  const refs = hostile.map((text) => refOf(text, text));
  const findings = hostile.flatMap((text, index) => [
    finding('gate/lost', { object: refs[index], origin: at(text, 3, 2), annotation: `x/${text}`, args: { annotation: text, host: text } }),
    finding('name/kept', { object: refs[index], origin: at(text, 3, 2), annotation: text, args: { annotation: text } }),
  ]);
  const sources = refs.map((ref, index) => source(ref, { status: index % 2 === 0 ? 'partial' : 'skipped', reason: ref.name, produced: [ref] }));
  return reportOf([...findings, finding('default/body-size', { origin: undefined, annotation: '' })], sources);
}

/** `count` Ingresses with two findings each. */
export function largeReport(count: number): Report {
  const refs = Array.from({ length: count }, (_, index) => refOf(`app-${index}`));
  return reportOf(
    refs.flatMap((ref, index) => [finding('gate/lost', { object: ref, origin: at('all.yaml', index + 1, 3) }), finding('limit/lost', { object: ref })]),
    refs.map((ref) => source(ref, { produced: [{ ...ref, kind: 'HTTPRoute' }] })),
  );
}
