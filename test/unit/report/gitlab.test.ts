import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/define.ts';
import { gitlab } from '../../../src/report/gitlab.ts';
import { at, context, finding, hostile, hostileReport, refOf, reportOf } from '../../support/report.ts';

const keys = ['description', 'check_name', 'fingerprint', 'severity', 'location'];

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** The entries, each with all that GitLab asks for and nothing else: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
function entriesOf(report: Report): readonly Entry[] {
  // JSON.parse knows no types; the loop below checks what the interface says.
  const entries = JSON.parse(gitlab.report(report, context)) as readonly Entry[];
  expect(Array.isArray(entries)).toBe(true);
  for (const entry of entries) {
    expect(Object.keys(entry)).toEqual(keys);
    for (const text of [entry.description, entry.check_name]) expect(text).toMatch(/^[^\p{Cc}]+$/u);
    expect(entry.location.path).not.toBe('');
    expect(entry.fingerprint).toMatch(/^[0-9a-f]{32}$/u);
    expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(entry.severity);
    expect(Object.keys(entry.location)).toEqual(['path', 'lines']);
    expect(entry.location.path).not.toMatch(/^\.\//u);
    expect(Number.isInteger(entry.location.lines.begin) && entry.location.lines.begin > 0).toBe(true);
  }
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  return entries;
}

describe('GitLab code quality', () => {
  it('lists what, what to do and where', () => {
    expect(entriesOf(reportOf([finding('gate/lost', { origin: at('./manifests/shop.yaml', 7) })]))[0]).toMatchObject({
      description: 'nginx.ingress.kubernetes.io/auth-url is lost on shop.example.com. Accept it or use another target.',
      check_name: 'gate/lost',
      severity: 'critical',
      location: { path: 'manifests/shop.yaml', lines: { begin: 7 } },
    });
  });

  it('ranks by severity', () => {
    expect(entriesOf(reportOf([finding('gate/lost'), finding('limit/lost'), finding('name/kept')])).map(({ severity }) => severity)).toEqual(['critical', 'major', 'info']);
  });

  it('leaves out what was accepted without renaming the others', () => {
    const [first, second] = ['1', '2'].map((value) => finding('gate/lost', { object: refOf('checkout'), args: { value } }));
    if (first === undefined || second === undefined) throw new Error('two findings');
    const both = entriesOf(reportOf([first, second]));
    expect(entriesOf(reportOf([{ finding: first, accepted: true }, second]))).toEqual([both[1]]);
  });

  it('gives every finding a path', () => {
    const paths = [at('-'), undefined].map((origin) => entriesOf(reportOf([finding('gate/lost', { origin })]))[0]?.location.path);
    expect(paths).toEqual(['stdin', 'command-line']);
  });

  it('holds for hostile names', () => {
    expect(entriesOf(hostileReport())).toHaveLength(2 * hostile.length + 1);
  });

  it('is an empty list when there is nothing', () => {
    expect(gitlab.report(reportOf([]), context)).toBe('[]\n');
  });
});
