import { severityOf, type CodeEntry, type Finding } from '../diagnostics/finding.ts';
import { messageOf } from '../diagnostics/message.ts';
import { compareText } from '../model/object.ts';
import type { ReportedFinding, Reporter, Report } from './define.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { locationOf } from './sarif-location.ts';
import { levels, ruleOf } from './sarif-rule.ts';
import { visible } from './visible.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Braces are placeholders and `[text](uri)` is a link, also in plain text: SARIF 2.1.0 3.11.5 and 3.11.6. */
const literal = (text: string): string => visible(text).replace(/[{}]/gu, '$&$&').replaceAll('](', '] (');

/**
 * Code scanning tells alerts apart by `primaryLocationLineHash` alone. Where it is missing, the upload action hashes the text of the
 * lines, which an edit beside the finding changes; given, the action keeps it.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#result-object
 * https://github.com/github/codeql-action/blob/main/src/fingerprints.ts
 */
const fingerprintsFor = (fingerprint: string): object => ({ 'gwmigrate/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` });

interface Run {
  readonly ruleIndexes: ReadonlyMap<string, number>;
  readonly fingerprints: ReadonlyMap<Finding, string>;
}

function resultOf({ finding, accepted }: ReportedFinding, run: Run): object {
  const message = messageOf(finding);
  return {
    ruleId: finding.code,
    ruleIndex: run.ruleIndexes.get(finding.code),
    level: levels[severityOf(finding.entry)],
    message: { text: literal(`${message.what} ${message.todo}`) },
    locations: [locationOf(finding)],
    partialFingerprints: fingerprintsFor(run.fingerprints.get(finding) ?? ''),
    // On every result or on none (3.27.23): an empty list says that nobody accepted this one.
    suppressions: accepted ? [{ kind: 'external', status: 'accepted' }] : [],
    properties: {
      fidelity: finding.entry.fidelity,
      risk: finding.entry.risk,
      ...(finding.annotation === undefined ? {} : { annotation: finding.annotation }),
    },
  };
}

/** Rules of the codes that were raised, in a stable order. */
function raisedCodes(report: Report): readonly (readonly [string, CodeEntry])[] {
  const codes = new Map(report.findings.map(({ finding }) => [finding.code, finding.entry]));
  return [...codes].sort(([a], [b]) => compareText(a, b));
}

export const sarif: Reporter = {
  format: 'sarif',
  title: 'SARIF 2.1.0 for code scanning',
  report: (report) => {
    const codes = raisedCodes(report);
    const run: Run = {
      ruleIndexes: new Map(codes.map(([code], index) => [code, index])),
      fingerprints: fingerprintsOf(report.findings.map(({ finding }) => finding)),
    };
    const { name, version } = report.tool;
    const document = {
      version: '2.1.0',
      $schema: schema,
      runs: [
        {
          tool: { driver: { name, ...(version === '' ? {} : { version, semanticVersion: version }), rules: codes.map(([code, entry]) => ruleOf(code, entry)) } },
          automationDetails: { id: `gwmigrate/${report.target.name}/` },
          columnKind: 'utf16CodeUnits',
          results: report.findings.map((reported) => resultOf(reported, run)),
        },
      ],
    };
    return `${JSON.stringify(document, undefined, 2)}\n`;
  },
};
