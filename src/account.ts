import { detailOf } from './detail.ts';
import type { Finding } from './diagnostics/finding.ts';
import type { LedgerEntry } from './diagnostics/ledger.ts';
import { compareFindings } from './diagnostics/order.ts';
import { ingressOrigin, type Ingress } from './model/ingress.ts';
import type { Inventory } from './model/inventory.ts';
import { compareText, type ObjectRef } from './model/object.ts';
import type { Migration } from './pipeline.ts';
import type { FailOn, Report, ReportedFinding, SourceReport, SourceStatus } from './report/define.ts';
import { failingFindings } from './report/failing.ts';
import { implicitPrefix } from './report/groups.ts';
import type { Target } from './targets/define.ts';

export interface AccountOptions {
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: Target;
  /** --defaults ignore: what nginx does by its own defaults is accepted as it is. */
  readonly ignoreDefaults?: boolean;
}

/** The same fact of the same place is said once, however many locations it was met on. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<unknown, Set<string>>();
  return findings.filter((finding) => {
    const key = `${finding.code}\u0000${finding.annotation ?? ''}\u0000${JSON.stringify(finding.args)}`;
    const place = finding.object ?? finding.origin?.source;
    let ofObject = seen.get(place);
    if (ofObject === undefined) seen.set(place, (ofObject = new Set()));
    if (ofObject.has(key)) return false;
    ofObject.add(key);
    return true;
  });
}

function statusOf(produced: readonly ObjectRef[], lost: boolean): SourceStatus {
  if (produced.length === 0) return 'refused';
  return lost ? 'partial' : 'converted';
}

function sourcesOf(inventory: Inventory, migration: Migration, findings: readonly Finding[]): readonly SourceReport[] {
  const lost = new Set(findings.filter((finding) => finding.entry.fidelity === 'lost').map((finding) => finding.object));
  const left = new Map(migration.configuration.left.map((entry) => [entry.ingress, entry]));
  const reported = inventory.ingresses.map((ingress): SourceReport => {
    const away = left.get(ingress);
    const produced = migration.produced.get(ingress) ?? [];
    return {
      ref: ingress.ref,
      origin: ingressOrigin(ingress),
      ingress,
      status: away?.status ?? statusOf(produced, lost.has(ingress.ref)),
      reason: away?.reason ?? (produced.length === 0 ? 'nothing of it is served' : undefined),
      produced,
    };
  });
  const unread = inventory.unread.map((entry): SourceReport => ({
    ref: entry.ref ?? { apiVersion: '', kind: 'Ingress', namespace: '', name: '' },
    origin: entry.origin,
    ingress: undefined,
    status: 'refused',
    reason: 'could not be read',
    produced: [],
  }));
  return [...reported, ...unread];
}

function intoOf(entry: LedgerEntry, produced: ReadonlyMap<Ingress, readonly ObjectRef[]>): readonly string[] {
  if (entry.outcome !== 'translated' && entry.outcome !== 'approximated') return [];
  return (produced.get(entry.ingress) ?? []).map((ref) => `${ref.kind} ${ref.namespace}/${ref.name}`);
}

function writtenBy(migration: Migration): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of migration.objects) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => compareText(a, b)));
}

/** A default that nobody set. What the ConfigMap asks for is asked for, and nothing that protects is ever passed over. */
const isPassedOver = ({ code, object, entry }: Finding): boolean => code.startsWith(implicitPrefix) && object === undefined && entry.risk !== 'security';

/** Findings as a report has them. */
export function asReported(findings: readonly Finding[], { accepted }: Pick<Migration, 'accepted'>, ignoreDefaults = false): readonly ReportedFinding[] {
  return findings.map((finding): ReportedFinding => {
    if (accepted(finding)) return { finding, accepted: true, acceptedBy: 'name' };
    return ignoreDefaults && isPassedOver(finding) ? { finding, accepted: true, acceptedBy: 'defaults' } : { finding, accepted: false };
  });
}

/** The report with what was found after the conversion. */
export function withFindings(report: Report, findings: readonly ReportedFinding[]): Report {
  return { ...report, findings: [...report.findings, ...findings].sort((a, b) => compareFindings(a.finding, b.finding)) };
}

/** Everything a report says about one run. Pure. */
export function accountFor(inventory: Inventory, migration: Migration, options: AccountOptions): Report {
  const findings = [...distinct(migration.findings)].sort(compareFindings);
  const { profile } = migration;
  return {
    tool: options.tool,
    target: { name: profile.target, version: profile.targetVersion, gatewayApiVersion: profile.gatewayApiVersion, channel: profile.channel },
    sources: sourcesOf(inventory, migration, findings),
    annotations: migration.ledger.map((entry) => ({ ...entry, into: intoOf(entry, migration.produced) })),
    findings: asReported(findings, migration, options.ignoreDefaults),
    counts: inventory.counts,
    written: writtenBy(migration),
    detail: () => detailOf(inventory, migration, options.target),
  };
}

/** Whether the run must end with exit code 1. */
export function fails(report: Report, failOn: FailOn): boolean {
  return failingFindings(report, failOn).size > 0;
}
