import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/define.ts';
import { sarif } from '../../../src/report/sarif.ts';
import { uriOf } from '../../../src/report/sarif-location.ts';
import { at, context, entries, finding, hostile, hostileReport, largeReport, refOf, reportOf } from '../../support/report.ts';
import { sarifErrors } from '../../support/sarif-schema.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object }; readonly logicalLocations?: readonly object[] }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly object[];
  readonly properties: object;
}

interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Log {
  readonly runs: readonly [{ readonly tool: { readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly Rule[] } }; readonly results: readonly Result[] }];
}

function logOf(report: Report): Log {
  // JSON.parse knows no types; the official schema has checked what the interface says.
  const log = JSON.parse(sarif.report(report, context)) as Log;
  expect(sarifErrors(log)).toEqual([]);
  return log;
}

const lost = finding('gate/lost', { object: refOf('checkout') });
const accepted = { finding: finding('gate/lost', { object: refOf('admin') }), accepted: true };
const kept = finding('name/kept', { origin: undefined });
const [run] = logOf(reportOf([lost, accepted, finding('limit/lost'), kept])).runs;

describe('the schema', () => {
  it('is strict enough to refuse what is not SARIF', () => {
    expect(sarifErrors({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ level: 'fatal', message: {} }], more: 1 }] }).length).toBeGreaterThan(1);
  });

  it('holds for an empty report', () => {
    expect(logOf(reportOf([])).runs[0].results).toEqual([]);
  });

  it('holds for hostile names', () => {
    expect(logOf(hostileReport()).runs[0].results).toHaveLength(2 * hostile.length + 1);
  });
});

describe('rules', () => {
  it('are the codes that were raised, sorted, and results point at theirs', () => {
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(['gate/lost', 'limit/lost', 'name/kept']);
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('explain themselves without the braces that mean arguments in SARIF', () => {
    const [rule] = run.tool.driver.rules;
    expect(rule?.shortDescription.text).toBe('ANNOTATION is lost on HOST.');
    expect(rule?.help.text).toContain('Accept it or use another target.');
    expect(rule?.help.markdown).toContain('**What to do:** Accept it');
    expect(rule?.helpUri).toBe('https://example.com/gate');
    expect(rule?.defaultConfiguration.level).toBe('error');
  });

  it.each([
    ['Bodies are unlimited. {how} Look.', 'Bodies are unlimited. Look.'],
    ['Bodies are unlimited. {how}', 'Bodies are unlimited.'],
    ['{apiVersion} has no {field}.', 'API_VERSION has no FIELD.'],
  ])('speak of no finding in particular: %s', (template, said) => {
    const entry = { ...entries['name/kept'], what: template };
    expect(logOf(reportOf([finding('name/kept', { entry })])).runs[0].tool.driver.rules[0]?.shortDescription.text).toBe(said);
  });

  it('rank as security alerts when they are, and only then', () => {
    expect(run.tool.driver.rules.map(({ properties }) => properties['security-severity'])).toEqual(['8.0', undefined, undefined]);
  });
});

describe('results', () => {
  it('have the level of their severity, in the order of the report', () => {
    expect(run.results.map(({ level }) => level)).toEqual(['error', 'error', 'warning', 'note']);
  });

  it('stand at line and column, and at their object', () => {
    expect(run.results[0]?.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: 'manifests/shop.yaml' }, region: { startLine: 7, startColumn: 5 } },
        logicalLocations: [{ name: 'checkout', fullyQualifiedName: 'shop/checkout', kind: 'Ingress' }],
      },
    ]);
  });

  it('always have a location, which code scanning demands', () => {
    expect(run.results[3]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('command-line');
  });

  it('say whether somebody accepted them', () => {
    expect(run.results.map(({ suppressions }) => suppressions.length)).toEqual([0, 1, 0, 0]);
  });

  it('carry both axes', () => {
    expect(run.results[0]?.properties).toMatchObject({ fidelity: 'lost', risk: 'security' });
  });

  it('have fingerprints no two of which are alike', () => {
    const prints = logOf(hostileReport()).runs[0].results.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash']);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it.each([
    ['[click](https://evil.example)', '[click] (https://evil.example)'],
    ['/[a-z]{2}/{0}', '/[a-z]{{2}}/{{0}}'],
    ['two\nlines', 'two lines'],
  ])('take %j literally', (text, said) => {
    const [result] = logOf(reportOf([finding('gate/lost', { args: { annotation: text, host: 'h' } })])).runs[0].results;
    expect(result?.message.text).toBe(`${said} is lost on h. Accept it or use another target.`);
  });
});

describe('addresses of files', () => {
  it.each([
    ['manifests/shop.yaml', 'manifests/shop.yaml'],
    ['./manifests//shop.yaml', 'manifests/shop.yaml'],
    ['../shop.yaml', '../shop.yaml'],
    ['-', 'stdin'],
    ['a b/100%.yaml', 'a%20b/100%25.yaml'],
    ['c:shop.yaml', 'c%3Ashop.yaml'],
    ['/etc/shop.yaml', 'file:///etc/shop.yaml'],
    ['D:/git/shop.yaml', 'file:///D:/git/shop.yaml'],
    ['a?b#c.yaml', 'a%3Fb%23c.yaml'],
    ['lone\uD800.yaml', 'lone%EF%BF%BD.yaml'],
  ])('%j is %s', (file, uri) => {
    expect(uriOf(file)).toBe(uri);
    expect(logOf(reportOf([finding('gate/lost', { origin: at(file) })])).runs[0].results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });
});

describe('a large report', () => {
  it('is valid and keeps its order', () => {
    const { results } = logOf(largeReport(500)).runs[0];
    expect(results).toHaveLength(1000);
    expect(results.at(-1)?.ruleId).toBe('limit/lost');
  });
});
