import type { Finding } from '../diagnostics/finding.ts';
import type { Report, SourceReport } from './define.ts';

/** One test case: an Ingress, or everything that is about none. */
export interface Case {
  readonly source: SourceReport | undefined;
  readonly findings: readonly Finding[];
}

/** One case per Ingress in the order of the report; what is about no Ingress follows as one more, so that nothing is silent. */
export function casesOf(report: Report): readonly Case[] {
  const ofObject = new Map<unknown, Finding[]>(report.sources.map((source) => [source.ref, []]));
  const rest: Finding[] = [];
  for (const { finding, accepted } of report.findings) {
    if (!accepted) (ofObject.get(finding.object) ?? rest).push(finding);
  }
  const cases = report.sources.map((source): Case => ({ source, findings: ofObject.get(source.ref) ?? [] }));
  return rest.length === 0 ? cases : [...cases, { source: undefined, findings: rest }];
}
