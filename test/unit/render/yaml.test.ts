import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { renderYaml } from '../../../src/render/yaml.ts';
import type { GatewayObject, JsonObject } from '../../../src/model/gateway.ts';

const holding = (spec: JsonObject): GatewayObject => ({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' }, spec });

function parsers(text: string): readonly unknown[] {
  return [parse(text, { version: '1.1', schema: 'yaml-1.1' }), parse(text, { version: '1.2' }), load(text)];
}

function expectRoundTrip(spec: JsonObject): void {
  const object = holding(spec);
  const text = renderYaml([object]);
  for (const back of parsers(text)) expect(back, text).toEqual(object);
}

const hostile = [
  '', ' ', 'a ', ' a', '~', 'null', 'Null', 'NULL', 'true', 'True', 'yes', 'Yes', 'NO', 'on', 'Off', 'y', 'N', 'no', '.nan', '.NaN', '.inf', '-.inf', '+.INF', 'inf', 'nan', 'e5', 'E+5', 'e-5', 'e_5', 'e5.5', 'e', 'e5a',
  '0', '-1', '+1', '1.', '.5', '1e3', '1E3', '1.5e-3', '012', '0o14', '0x1F', '0b101', '1_000', '0_1', '190:20:30', '1:30', '1:30.5', '2001-12-14', '2001-12-14t21:59:43.10-05:00',
  '2001-12-14 21:59:43.10 -5', '0x1p-2', '12e03', '- a', '-', '--', '---', '...', '--- a', '? a', '?', ': a', ':', 'a:', 'a: b', 'a:b', 'a :b', 'a #b', 'a#b', '#a', '&a', '*a', '!a', '!!str a', '|', '>',
  '|-', '%a', '@a', '`a', '"a"', "'a'", "it's", '[a]', '{a}', 'a, b', ']', '}', '<<', '=', 'a\nb', 'a\n', '\na', 'a\n\n', 'a\n b', ' a\nb', 'a \nb', 'a\n\nb\n', 'a\n  \nb', 'a\r\nb', '\t', 'a\tb', '\ta', 'a\t',
  '\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u00a0', '\u2028', '\u2029', '\ufeff', '\ufeffa', '\uffff', 'é', '日本', '🦊', 'a\\b', '\\n', '/api(/|$)(.*)', '(?i)^/a$', '$1', '^a: b', '10.0.0.0/8', '30s',
  '1500ms', '2Mi', 'max-age=63072000; includeSubDomains', 'https://a.example.com:8443/x?y=z#w', 'shop.example.com', '*.example.com', 'a:b:', '/: ', '__proto__', 'constructor', '- - a', 'a: - b', '1 2', '1,2', '0.0.0.0', '::/0', 'fe80::1',
];

describe('renderYaml', () => {
  it.each(hostile.map((text) => [JSON.stringify(text), text]))('keeps %s as value, key and item', (_name, text) => {
    expectRoundTrip({ value: text, list: [text, [text]], map: { inner: { deep: text } } });
    if (text !== '__proto__') expectRoundTrip({ [text]: text, list: [{ [text]: text, second: 'b' }] });
  });

  it('keeps any string', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...Array.from(' \n\t:#-?|>&*!%@`"\'[]{},~=<.0123456789abefox_+/\\TZ')), maxLength: 12 }),
      fc.tuple(fc.constantFrom(...hostile), fc.constantFrom(...hostile)).map(([a, b]) => a + b),
    );
    fc.assert(fc.property(anything, fc.array(anything, { maxLength: 3 }), (text, list) => expectRoundTrip({ text, list, nested: [{ text, list }] })), { numRuns: 3000 });
  });

  it('keeps any tree', () => {
    const key = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom(...hostile)).filter((text) => text !== '__proto__');
    const tree = fc.letrec<{ value: never }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number))),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ) as fc.Arbitrary<never>,
    })).value;
    fc.assert(fc.property(tree, (value) => expectRoundTrip({ value })), { numRuns: 1500 });
  });

  it('keeps keys longer than an implicit key may be', () => {
    const long = 'k'.repeat(1500);
    expectRoundTrip({ [long]: { [long]: 'a' }, list: [{ [long]: [1] }] });
  });

  it('writes the block style of kubectl, plain where it can', () => {
    const text = renderYaml([holding({ rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], timeouts: { request: '30s' } }], on: 'on', port: 80, script: 'a\n b\n', empty: [], none: {} })]);
    expect(text).toBe(`apiVersion: example.com/v1
kind: Thing
metadata:
  name: a
spec:
  rules:
  - matches:
    - path:
        type: PathPrefix
        value: /
    timeouts:
      request: 30s
  "on": "on"
  port: 80
  script: |
    a
     b
  empty: []
  none: {}
`);
  });

  it('divides documents and skips what is undefined', () => {
    const text = renderYaml([holding({ a: undefined, b: 1 }), holding({ c: { d: undefined } })]);
    expect(parseAllDocuments(text).map((document) => document.toJS() as unknown)).toEqual([holding({ b: 1 }), holding({ c: {} })]);
    expect(renderYaml([])).toBe('');
  });
});
