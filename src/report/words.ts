import type { ObjectRef } from '../model/object.ts';
import { severityOf } from '../diagnostics/finding.ts';
import { severityCounts } from './counts.ts';
import type { Report, ReportContext } from './define.ts';
import { gaps, implicitPrefix } from './groups.ts';

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `NAMESPACE/NAME`, or the name alone for kinds without a namespace. */
export const nameOf = (ref: ObjectRef): string => (ref.namespace === '' ? ref.name : `${ref.namespace}/${ref.name}`);

export interface Verdict {
  readonly word: 'FAIL' | 'PASS' | 'OK';
  readonly because: string;
}

/** What could not be read is a document of files, or part of a cluster. */
export function unreadNoun({ findings }: Pick<Report, 'findings'>): readonly [one: string, many: string] {
  return findings.some(({ finding }) => gaps.has(finding.code)) ? ['part of the cluster', 'parts of the cluster'] : ['document', 'documents'];
}

/** `1 document unreadable`; undefined when all of the input was read. */
export function unreadText(report: Pick<Report, 'counts' | 'findings'>): string | undefined {
  const { unreadable } = report.counts;
  return unreadable === 0 ? undefined : `${unreadable} ${unreadNoun(report)[unreadable === 1 ? 0 : 1]} unreadable`;
}

/** What decides the exit code, in one word and half a sentence. */
export function verdictOf(report: Report, context: ReportContext): Verdict {
  const counted = severityCounts(report);
  const implicit = report.findings.filter(({ finding, accepted }) => !accepted && finding.code.startsWith(implicitPrefix));
  // What nginx did unasked differs on every run: it is named once, not counted among what this input asks for.
  const warning = counted.warning - implicit.filter(({ finding }) => severityOf(finding.entry) === 'warning').length;
  const { error } = counted;
  const defaults = implicit.length === 0 ? '' : `, ${plural(implicit.length, 'nginx default')} that differ${implicit.length === 1 ? 's' : ''}`;
  const found = `${plural(error, 'error')}, ${plural(warning, 'warning')}${defaults}`;
  if (context.failed) return { word: 'FAIL', because: `${found} (--fail-on ${context.failOn})` };
  const unread = unreadText(report);
  if (error + warning === 0 && unread === undefined) return { word: 'OK', because: `nothing to do${defaults}` };
  return { word: 'PASS', because: unread === undefined ? found : `${found}, ${unread}` };
}

/** Implementation and version of the Gateway API that the output is for. */
export function targetOf({ target }: Pick<Report, 'target'>): string {
  const name = [target.name, target.version].filter((part) => part !== '').join(' ');
  return `${name}, Gateway API ${target.gatewayApiVersion} (${target.channel} channel)`;
}
