import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnostics/finding.ts';
import { fingerprintsOf } from '../../../src/report/fingerprint.ts';
import { at, finding, refOf } from '../../support/report.ts';

const object = refOf('checkout');
const plain = finding('gate/lost', { object });

function one(item: Finding): string | undefined {
  return fingerprintsOf([item]).get(item);
}

describe('the fingerprint of a finding', () => {
  it('is 32 hexadecimal digits, and stays what it is: baselines hold it', () => {
    expect(one(plain)).toBe('87726acc21d15828a77517d54b6f5072');
  });

  it.each<readonly [string, Partial<Finding>]>([
    ['a moved line', { origin: at('manifests/shop.yaml', 99, 1) }],
    ['a renamed file', { origin: at('elsewhere/renamed.yaml', 7, 5) }],
    ['a newer API version', { object: { ...object, apiVersion: 'extensions/v1beta1' } }],
    ['another value or amount', { args: { ...plain.args, value: '20', count: '3', limit: '1m' } }],
    ['another wording of the tool', { args: { ...plain.args, how: 'No field.', reason: 'because' } }],
  ])('survives %s', (_what, change) => {
    expect(one(finding('gate/lost', { object, ...change }))).toBe(one(plain));
  });

  it('survives a rule that is put before', () => {
    const inRule = (index: number): Finding => finding('gate/lost', { object, args: { field: `spec.rules[${index}].host` } });
    expect(one(inRule(4))).toBe(one(inRule(3)));
  });

  it.each<readonly [string, Finding]>([
    ['code', finding('limit/lost', { object })],
    ['name', finding('gate/lost', { object: refOf('admin') })],
    ['namespace', finding('gate/lost', { object: refOf('checkout', 'other') })],
    ['kind', finding('gate/lost', { object: { ...object, kind: 'Service' } })],
    ['annotation', finding('gate/lost', { object, annotation: 'other' })],
    ['host', finding('gate/lost', { object, args: { ...plain.args, host: 'other.example.com' } })],
    ['path', finding('gate/lost', { object, args: { ...plain.args, path: '/a' } })],
  ])('tells another %s apart', (_what, other) => {
    expect(one(other)).not.toBe(one(plain));
  });

  it('cannot be forged by names that hold separators', () => {
    expect(one(finding('gate/lost', { object: refOf('b', 'a/') }))).not.toBe(one(finding('gate/lost', { object: refOf('/b', 'a') })));
  });
});

describe('the fingerprints of a run', () => {
  const equal = ['10', '20', '30'].map((value) => finding('limit/lost', { object, args: { ...plain.args, value } }));

  it('number findings that are equal but for their values', () => {
    expect(new Set(fingerprintsOf(equal).values()).size).toBe(3);
  });

  it('give the first of several what it has alone', () => {
    const [first] = equal;
    expect(first && fingerprintsOf(equal).get(first)).toBe(first && one(first));
  });

  it('do not depend on the order of the findings', () => {
    const all = [plain, ...equal, finding('gate/lost', { object: undefined, origin: undefined })];
    const forwards = fingerprintsOf(all);
    const backwards = fingerprintsOf([...all].reverse());
    for (const item of all) expect(backwards.get(item)).toBe(forwards.get(item));
  });
});
