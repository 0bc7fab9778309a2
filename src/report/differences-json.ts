import { severityOf } from '../diagnostics/finding.ts';
import { messageOf } from '../diagnostics/message.ts';
import type { ReportedFinding } from './define.ts';
import { differenceCounts, shownDifferences, type Differences, type ReportedDifference } from './differences.ts';

/** The public contract is schemas/diff.v1.schema.json; this file alone maps to it. */
const schemaVersion = '1';

function objectOf({ status, object, existing, matchedBy, changes, known, patch }: ReportedDifference): object {
  return {
    status,
    ...(object === undefined ? {} : { object }),
    existing,
    ...(existing.length === 0 ? {} : { matchedBy }),
    changes: changes.map(({ aspect, text, hosts, matches, before, after, knownBy }) => ({ aspect, text, hosts, matches, before, after, knownBy })),
    known,
    ...(patch === '' ? {} : { patch }),
  };
}

function findingOf({ finding, accepted }: ReportedFinding): object {
  const { what, why, todo } = messageOf(finding);
  const { fidelity, risk } = finding.entry;
  return { code: finding.code, severity: severityOf(finding.entry), fidelity, risk, message: what, why, do: todo, ...(finding.object === undefined ? {} : { object: finding.object }), accepted };
}

/** Every object, or with known differences hidden every object that still differs. */
export function differencesJson(differences: Differences): string {
  const { tool, target, findings, hideKnown } = differences;
  const document = {
    schemaVersion,
    tool,
    target,
    summary: differenceCounts(differences),
    objects: (hideKnown ? shownDifferences(differences) : differences.objects).map(objectOf),
    findings: findings.map(findingOf),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
