import { severityOf, type Finding } from '../diagnostics/finding.ts';
import { messageOf } from '../diagnostics/message.ts';
import type { ObjectRef } from '../model/object.ts';
import type { Origin, Place } from '../model/origin.ts';
import type { ReportedAnnotation, ReportedDivergence, ReportedFinding, ReportedOutcome, Reporter, Report, SourceReport } from './define.ts';
import { annotationCounts, requestCounts, statusCounts, severityCounts } from './counts.ts';

/** The public contract is schemas/report.v1.schema.json; this file alone maps to it. */
const schemaVersion = '1';

const objectOf = (ref: ObjectRef): object => ({ apiVersion: ref.apiVersion, kind: ref.kind, namespace: ref.namespace, name: ref.name });

function locationOf(origin: Origin | undefined): Place | undefined {
  return origin?.source.locate(origin.path);
}

function sourceOf(source: SourceReport): object {
  return {
    object: objectOf(source.ref),
    location: locationOf(source.origin),
    status: source.status,
    ...(source.reason === undefined ? {} : { reason: source.reason }),
    produced: source.produced.map(objectOf),
  };
}

function findingOf({ finding, accepted, acceptedBy }: ReportedFinding): object {
  const message = messageOf(finding);
  return {
    code: finding.code,
    severity: severityOf(finding.entry),
    fidelity: finding.entry.fidelity,
    risk: finding.entry.risk,
    message: message.what,
    why: message.why,
    do: message.todo,
    ...(finding.object === undefined ? {} : { object: objectOf(finding.object) }),
    ...(finding.origin === undefined ? {} : { location: locationOf(finding.origin) }),
    ...(finding.annotation === undefined ? {} : { annotation: finding.annotation }),
    accepted,
    ...(acceptedBy === undefined ? {} : { acceptedBy }),
  };
}

function annotationOf(entry: ReportedAnnotation, indexes: ReadonlyMap<Finding, number>): object {
  return {
    object: objectOf(entry.ingress.ref),
    key: entry.key,
    location: entry.ingress.source.locate([...entry.ingress.root, 'metadata', 'annotations', entry.key]),
    outcome: entry.outcome,
    findings: entry.findings.map((finding) => indexes.get(finding)).filter((index) => index !== undefined),
    ...(entry.into.length === 0 ? {} : { into: entry.into }),
  };
}

function outcomeOf({ requestHeaders, responseHeaders, headerRewrites, ...rest }: ReportedOutcome): object {
  return {
    ...rest,
    ...(requestHeaders === undefined ? {} : { requestHeaders: Object.fromEntries(requestHeaders) }),
    ...(responseHeaders === undefined ? {} : { responseHeaders: Object.fromEntries(responseHeaders) }),
    ...(headerRewrites === undefined ? {} : { headerRewrites: Object.fromEntries(headerRewrites) }),
  };
}

function divergenceOf({ request, before, after, aspects, explainedBy }: ReportedDivergence): object {
  const { method, scheme, host, target, headers } = request;
  return { request: { method, scheme, host, path: target, headers: Object.fromEntries(headers) }, before: outcomeOf(before), after: outcomeOf(after), aspects, explainedBy };
}

function summaryOf(report: Report): object {
  const { verified } = report;
  return {
    ...statusCounts(report),
    annotations: annotationCounts(report),
    findings: severityCounts(report),
    ...(verified === undefined ? {} : { requests: requestCounts(verified) }),
  };
}

export const json: Reporter = {
  format: 'json',
  title: 'JSON to schemas/report.v1.schema.json',
  report: (report) => {
    const indexes = new Map(report.findings.map(({ finding }, index) => [finding, index]));
    const document = {
      schemaVersion,
      tool: report.tool,
      target: report.target,
      summary: summaryOf(report),
      sources: report.sources.map(sourceOf),
      annotations: report.annotations.map((entry) => annotationOf(entry, indexes)),
      findings: report.findings.map(findingOf),
      ...(report.verified === undefined ? {} : { divergences: report.verified.divergences.map(divergenceOf) }),
    };
    return `${JSON.stringify(document, undefined, 2)}\n`;
  },
};
