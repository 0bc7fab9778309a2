import { compareText } from '../model/object.ts';
import { severityOf, type Finding } from './finding.ts';

const severityRank = { error: 0, warning: 1, info: 2 } as const;

const lineOf = ({ args }: Finding): number => Number(args['line'] ?? 0);

/** The order of findings in every report: severity, code, object, annotation, line of its text, arguments. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    severityRank[severityOf(a.entry)] - severityRank[severityOf(b.entry)] ||
    compareText(a.code, b.code) ||
    compareText(a.object?.namespace ?? '', b.object?.namespace ?? '') ||
    compareText(a.object?.name ?? '', b.object?.name ?? '') ||
    compareText(a.annotation ?? '', b.annotation ?? '') ||
    lineOf(a) - lineOf(b) ||
    compareText(JSON.stringify(a.args), JSON.stringify(b.args))
  );
}
