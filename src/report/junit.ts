import { severityOf, type Finding } from '../diagnostics/finding.ts';
import { messageOf } from '../diagnostics/message.ts';
import type { Report, ReportContext, Reporter, SourceReport } from './define.ts';
import { comparedBy, causesOf, type ComparedCause } from './compared.ts';
import { requestCounts } from './counts.ts';
import { failingFindings } from './failing.ts';
import { casesOf, type Case } from './junit-cases.ts';
import { findingPlace, placePath } from './place.ts';
import { targetOf } from './words.ts';
import { renderXml, type Element } from './xml.ts';

function placeOf(finding: Finding): string {
  const at = findingPlace(finding);
  const place = at === undefined ? [] : [placePath(at)];
  return [...place, ...(finding.annotation === undefined ? [] : [finding.annotation])].join(' ');
}

function linesOf(finding: Finding): readonly string[] {
  const { what, why, todo } = messageOf(finding);
  const place = placeOf(finding);
  return [`[${severityOf(finding.entry)}] ${finding.code}: ${what}`, `  why: ${why}`, `  do:  ${todo}`, ...(place === '' ? [] : [`  at:  ${place}`])];
}

const textOf = (findings: readonly Finding[]): string => `\n${findings.flatMap(linesOf).join('\n')}\n`;

/** A document that could not be read may have no name; its place tells it from others. */
function namesOf(source: SourceReport | undefined): Readonly<Record<string, string>> {
  if (source === undefined) return { classname: 'gwmigrate', name: 'input and controller' };
  const { namespace, name } = source.ref;
  return { classname: namespace === '' ? 'gwmigrate' : namespace, name: name === '' ? `unnamed Ingress at ${placePath(source.origin.source.locate(source.origin.path))}` : name };
}

/** One element for all of them: consumers show the first and pass over the others. */
function failureOf(failures: readonly Finding[]): readonly Element[] {
  const [first] = failures;
  if (first === undefined) return [];
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : '';
  return [{ name: 'failure', attributes: { message: `${messageOf(first).what}${more}`, type: first.code }, children: textOf(failures) }];
}

/** An Ingress that could not be read is an error of the test, not a failure: nothing is known about it (exit code 3). */
function elementOf({ source, findings }: Case, failing: ReadonlySet<Finding>): Element {
  const failures = findings.filter((finding) => failing.has(finding));
  const others = findings.filter((finding) => !failing.has(finding));
  const skipped = failures.length === 0 && source?.status === 'skipped';
  const unread = failures.length === 0 && source?.status === 'refused' && source.ingress === undefined;
  return {
    name: 'testcase',
    attributes: namesOf(source),
    children: [
      ...(skipped ? [{ name: 'skipped', attributes: { message: source.reason } }] : []),
      ...(unread ? [{ name: 'error', attributes: { message: source.reason, type: 'unreadable' } }] : []),
      ...failureOf(failures),
      ...(others.length === 0 ? [] : [{ name: 'system-out', children: textOf(others) }]),
    ],
  };
}

const withChild = (cases: readonly Element[], name: string): number =>
  cases.filter(({ children }) => typeof children === 'object' && children.some((child) => child.name === name)).length;

function causeCase({ cause, explained, count, line, curl, fails }: ComparedCause): Element {
  const text = `\n${line}\n${curl}\n`;
  const message = `${count} ${count === 1 ? 'request is' : 'requests are'} answered differently: ${line}`;
  const child: Element = fails ? { name: 'failure', attributes: { message, type: explained ? 'verify/explained' : 'verify/unexplained' }, children: text } : { name: 'system-out', children: text };
  return { name: 'testcase', attributes: { classname: explained ? 'differs, explained' : 'differs, unexplained', name: cause }, children: [child] };
}

/** For verify: a case per cause, and one for all requests that are answered alike. */
function comparedCases(report: Report, context: ReportContext): readonly Element[] | undefined {
  const compared = comparedBy(report, context);
  if (compared === undefined) return undefined;
  const alike: Element = { name: 'testcase', attributes: { classname: 'alike', name: `${requestCounts(compared).equal} of ${compared.requests} requests` } };
  return [alike, ...causesOf(report, compared, context.failOn).map(causeCase)];
}

/** Elements and attributes are those of https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd */
export const junit: Reporter = {
  format: 'junit',
  title: 'JUnit XML, a case per Ingress',
  report: (report, context) => {
    // A case fails exactly when the run fails because of it.
    const failing = failingFindings(report, context.failOn);
    const cases = comparedCases(report, context) ?? casesOf(report).map((entry) => elementOf(entry, failing));
    const counts = { tests: cases.length, failures: withChild(cases, 'failure'), errors: withChild(cases, 'error') };
    const suite: Element = { name: 'testsuite', attributes: { name: targetOf(report), ...counts, skipped: withChild(cases, 'skipped') }, children: cases };
    return renderXml({ name: 'testsuites', attributes: { name: report.tool.name, ...counts }, children: [suite] });
  },
};
