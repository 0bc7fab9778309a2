import { severityOf, type CodeEntry, type Finding } from '../diagnostics/finding.ts';
import { messageOf } from '../diagnostics/message.ts';
import { compareText } from '../model/object.ts';
import type { ReportedFinding, Reporter, Report } from './define.ts';
import { comparedBy, causesOf } from './compared.ts';
import { sarifCompared, type SarifContent } from './sarif-compared.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { fingerprintsFor, literal } from './sarif-text.ts';
import { locationOf } from './sarif-location.ts';
import { levels, ruleOf } from './sarif-rule.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

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

function driverOf({ name, version }: Report['tool'], rules: readonly object[]): object {
  return { driver: { name, ...(version === '' ? {} : { version, semanticVersion: version }), rules } };
}

/** Rules and results of the findings. */
function findingsOf(report: Report): SarifContent {
  const codes = raisedCodes(report);
  const run: Run = {
    ruleIndexes: new Map(codes.map(([code], index) => [code, index])),
    fingerprints: fingerprintsOf(report.findings.map(({ finding }) => finding)),
  };
  return { rules: codes.map(([code, entry]) => ruleOf(code, entry)), results: report.findings.map((reported) => resultOf(reported, run)) };
}

export const sarif: Reporter = {
  format: 'sarif',
  title: 'SARIF 2.1.0 for code scanning',
  report: (report, context) => {
    const compared = comparedBy(report, context);
    const { rules, results } = compared === undefined ? findingsOf(report) : sarifCompared(causesOf(report, compared, context.failOn));
    const document = {
      version: '2.1.0',
      $schema: schema,
      runs: [
        {
          tool: driverOf(report.tool, rules),
          // Alerts of one category are closed by the next run of the same: those of verify are another category.
          automationDetails: { id: `gwmigrate/${compared === undefined ? '' : 'verify/'}${report.target.name}/` },
          columnKind: 'utf16CodeUnits',
          results,
        },
      ],
    };
    return `${JSON.stringify(document, undefined, 2)}\n`;
  },
};
