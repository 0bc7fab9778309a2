import { describe, expect, it } from 'vitest';
import { text } from '../../../src/report/text.ts';
import { at, context, finding, refOf, reportOf } from '../../support/report.ts';

const linesOf = (...findings: Parameters<typeof reportOf>[0]): readonly string[] => text.report(reportOf(findings), { ...context, width: 200 }).split('\n');

describe('the text report', () => {
  it('keeps what decides, what was left out, what differs, what to set up and what is good to know apart', () => {
    const lines = linesOf(...(['gate/lost', 'limit/lost', 'name/kept', 'input/left-out', 'gateway/class', 'gateway/namespace', 'default/body-size'] as const).map((code) => finding(code)));
    const headings = ['Must be decided', 'Left out of the input', 'Behaves differently', 'gate/lost', 'input/left-out', 'limit/lost', 'To be set up', 'gateway/class', 'gateway/namespace', 'What nginx did unasked', 'For your information', '- '];
    const found = lines.flatMap((line) => headings.filter((heading) => line.trimStart().startsWith(heading)));
    expect(found).toEqual([
      ...['Must be decided', 'gate/lost', 'Left out of the input', 'input/left-out', 'Behaves differently', 'limit/lost'],
      ...['To be set up', 'gateway/class', 'gateway/namespace', 'What nginx did unasked', 'For your information', '- '],
    ]);
  });

  it('says at a place what is different there, and names no place twice', () => {
    const of = (name: string, host: string, line = 7): Parameters<typeof reportOf>[0][number] =>
      finding('gate/lost', { object: refOf(name), origin: at('a.yaml', line, 5), args: { annotation: 'nginx.ingress.kubernetes.io/auth-url', host } });
    const key = 'nginx.ingress.kubernetes.io/auth-url';
    const places = linesOf(of('a', 'a.example'), of('a', 'b.example'), of('a', 'b.example'), of('b', 'https://user:secret@c.example'), of('c', 'a.example', 9)).filter((line) => line.includes('at: '));
    expect(places.map((line) => line.trim().replace(/\s+/gu, ' '))).toEqual([
      `at: a.yaml:7:5 shop/a ${key}`,
      `at: a.yaml:7:5 shop/a ${key} (host b.example)`,
      `at: a.yaml:7:5 shop/b ${key} (host https://***@c.example)`,
      `at: a.yaml:9:5 shop/c ${key}`,
    ]);
  });
});
