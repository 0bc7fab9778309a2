import type { Risk } from '../../diagnostics/finding.ts';
import { compareText, type ObjectRef } from '../../model/object.ts';
import type { Report, ReportDetail, ReportedAnnotation, ReportedFinding, ServedLocation, SourceReport } from '../define.ts';
import { ownersOf } from './owners.ts';

/** One Ingress as the page shows and filters it. */
export interface IngressView {
  /** Its number on the page: anchors and filters go by it, never by names. */
  readonly index: number;
  readonly source: SourceReport;
  /** Position in `View.namespaces`. */
  readonly namespace: number;
  readonly hosts: readonly string[];
  /** The worst that findings nobody accepted put at stake. */
  readonly risk: Risk;
  /** Positions in `View.owners`. */
  readonly owners: readonly number[];
  readonly findings: readonly ReportedFinding[];
  readonly annotations: readonly ReportedAnnotation[];
  readonly locations: readonly ServedLocation[];
}

export interface View {
  readonly report: Report;
  readonly detail: ReportDetail | undefined;
  readonly ingresses: readonly IngressView[];
  readonly namespaces: readonly string[];
  /** `label = value`, sorted. */
  readonly owners: readonly string[];
  /** The Ingress each object of a finding stands for. */
  readonly byRef: ReadonlyMap<ObjectRef, IngressView>;
}

const riskRank = { none: 0, availability: 1, security: 2 } as const;

function riskOf(findings: readonly ReportedFinding[]): Risk {
  let worst: Risk = 'none';
  for (const { finding, accepted } of findings) {
    const { fidelity, risk } = finding.entry;
    if (!accepted && fidelity !== 'exact' && riskRank[risk] > riskRank[worst]) worst = risk;
  }
  return worst;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => ObjectRef | undefined): ReadonlyMap<ObjectRef, readonly T[]> {
  const groups = new Map<ObjectRef, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return groups;
}

function hostsOf({ ingress }: SourceReport): readonly string[] {
  if (ingress === undefined) return [];
  return [...new Set(ingress.rules.map(({ host }) => host))].sort(compareText);
}

const none: readonly never[] = [];

function numbered(values: readonly string[]): ReadonlyMap<string, number> {
  return new Map(values.map((value, index) => [value, index]));
}

/** What the page shows, numbered and joined. Linear in the report. */
export function viewOf(report: Report): View {
  const detail = report.detail?.();
  const findings = grouped(report.findings, ({ finding }) => finding.object);
  const annotations = grouped(report.annotations, ({ ingress }) => ingress.ref);
  const labels = report.sources.map(({ ref, ingress }) => ownersOf(ingress?.labels, detail?.namespaces.get(ref.namespace)));
  const owners = [...new Set(labels.flat())].sort(compareText);
  const numbers = numbered(owners);
  const namespaces = [...new Set(report.sources.map(({ ref }) => ref.namespace))].sort(compareText);
  const namespaceNumbers = numbered(namespaces);
  const ingresses = report.sources.map((source, index): IngressView => {
    const own = findings.get(source.ref) ?? none;
    return {
      index,
      source,
      namespace: namespaceNumbers.get(source.ref.namespace) ?? 0,
      hosts: hostsOf(source),
      risk: riskOf(own),
      owners: (labels[index] ?? none).flatMap((owner) => numbers.get(owner) ?? none),
      findings: own,
      annotations: annotations.get(source.ref) ?? none,
      locations: source.ingress === undefined ? none : (detail?.locations.get(source.ingress) ?? none),
    };
  });
  return {
    report,
    detail,
    ingresses,
    namespaces,
    owners,
    byRef: new Map(ingresses.map((view) => [view.source.ref, view])),
  };
}
