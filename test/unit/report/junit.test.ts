import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/define.ts';
import { junit } from '../../../src/report/junit.ts';
import { visible } from '../../../src/report/visible.ts';
import { at, context, finding, hostile, hostileReport, refOf, reportOf, source } from '../../support/report.ts';
import { parseXml, type XmlElement } from '../../support/xml.ts';

const render = (report: Report, failOn = context.failOn): XmlElement => parseXml(junit.report(report, { ...context, failOn }));
const casesOf = (root: XmlElement): readonly XmlElement[] => root.children[0]?.children ?? [];
const kinds = (root: XmlElement): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(casesOf(root).map((testcase) => [testcase.attributes['name'] ?? '', testcase.children.map(({ name }) => name)]));

const [gate, limit, skipped, unread, plain] = ['gate', 'limit', 'skipped', 'unread', 'plain'].map((name) => refOf(name));
const report = reportOf(
  [
    finding('gate/lost', { object: gate }),
    finding('name/kept', { object: gate }),
    finding('limit/lost', { object: limit }),
    { finding: finding('gate/lost', { object: plain }), accepted: true },
    finding('default/body-size'),
  ],
  [gate, limit, skipped, unread, plain].flatMap((ref) => {
    if (ref === undefined) return [];
    if (ref === skipped) return [source(ref, { status: 'skipped', reason: 'of another class' })];
    return [ref === unread ? source(ref, { status: 'refused', reason: 'could not be read', ingress: undefined }) : source(ref)];
  }),
);

describe('JUnit', () => {
  it('has a case per Ingress, and one for the rest', () => {
    expect(kinds(render(report))).toEqual({
      gate: ['failure', 'system-out'],
      limit: ['system-out'],
      skipped: ['skipped'],
      unread: ['error'],
      plain: [],
      'input and controller': ['system-out'],
    });
  });

  it.each([
    ['never', []],
    ['security', ['gate']],
    ['lossy', ['gate', 'limit']],
    ['any', ['gate', 'limit', 'input and controller']],
  ] as const)('fails with --fail-on %s what fails the run', (failOn, failed) => {
    const with_ = Object.entries(kinds(render(report, failOn))).filter(([, children]) => children.includes('failure'));
    expect(with_.map(([name]) => name)).toEqual(failed);
  });

  it('counts what it holds', () => {
    const root = render(report);
    expect(root.attributes).toEqual({ name: 'gwmigrate', tests: '6', failures: '1', errors: '1' });
    expect(root.children[0]?.attributes).toMatchObject({ tests: '6', failures: '1', errors: '1', skipped: '1' });
  });

  it('says what, why, what to do and where', () => {
    const failure = casesOf(render(report))[0]?.children[0];
    expect(failure?.attributes).toEqual({ message: 'nginx.ingress.kubernetes.io/auth-url is lost on shop.example.com.', type: 'gate/lost' });
    expect(failure?.text).toBe(`
[error] gate/lost: nginx.ingress.kubernetes.io/auth-url is lost on shop.example.com.
  why: The target has no field for it.
  do:  Accept it or use another target.
  at:  manifests/shop.yaml:7:5 nginx.ingress.kubernetes.io/auth-url
`);
  });

  it('names cases by namespace and name', () => {
    expect(casesOf(render(report))[0]?.attributes).toEqual({ classname: 'shop', name: 'gate' });
  });

  it('fails a case once, with all its reasons', () => {
    const failures = casesOf(render(reportOf([1, 2, 3].map((line) => finding('gate/lost', { object: gate, origin: at('a.yaml', line) })), report.sources)))[0]?.children ?? [];
    expect(failures.map(({ attributes }) => attributes['message'])).toEqual(['nginx.ingress.kubernetes.io/auth-url is lost on shop.example.com. (and 2 more)']);
    expect(failures[0]?.text.match(/^ {2}at: {2}a\.yaml:\d:1/gmu)).toHaveLength(3);
  });

  it('uses what the schema of Jenkins knows', () => {
    const known: Readonly<Record<string, readonly string[]>> = {
      testsuites: ['name', 'tests', 'failures', 'errors'],
      testsuite: ['name', 'tests', 'failures', 'errors', 'skipped'],
      testcase: ['classname', 'name'],
      failure: ['message', 'type'],
      error: ['message', 'type'],
      skipped: ['message'],
      'system-out': [],
    };
    const check = ({ name, attributes, children }: XmlElement): void => {
      expect(Object.keys(attributes)).toEqual(known[name]);
      for (const child of children) check(child);
    };
    check(render(report));
  });

  it('tells documents without a name apart by their place', () => {
    const root = render(reportOf([], [source(refOf('', ''), { status: 'refused', ingress: undefined })]));
    expect(casesOf(root)[0]?.attributes).toMatchObject({ classname: 'gwmigrate', name: 'unnamed Ingress at manifests/shop.yaml:4:3' });
  });

  it('is well-formed whatever the names are, and keeps what XML has characters for', () => {
    const names = casesOf(render(hostileReport())).map(({ attributes }) => attributes['name']);
    expect(names).toHaveLength(hostile.length + 1);
    for (const [index, text] of hostile.entries()) {
      if (text !== '' && visible(text) === text) expect(names[index]).toBe(text);
    }
    expect(names[1]).toBe('line\nbreak\r\nand\ttab');
    expect(names[14]).toBe('\\u{0}\\u{7}\\u{1B}[31mred\\u{1B}[0m\u009B');
  });

  it('is well-formed when empty', () => {
    expect(casesOf(render(reportOf([])))).toEqual([]);
  });
});
