import { describe, expect, it } from 'vitest';
import { peekKind } from '../../../src/input/peek.ts';
import { InputFile } from '../../../src/input/source.ts';
import { splitDocuments } from '../../../src/input/split.ts';

const split = (text: string): readonly string[] => [...splitDocuments(new InputFile('a.yaml', text))].map((document) => document.text.trim());

describe('splitDocuments', () => {
  it.each([
    ['markers with comments and blanks', '# head\n---\na: 1\n--- # two\nb: 2\n---\t\nc: 3\n', ['a: 1', '# two\nb: 2', 'c: 3']],
    ['a stray marker at either end', '---\na: 1\n---\n', ['a: 1']],
    ['empty documents', 'a: 1\n---\n# nothing\n---\n\n---\nb: 2', ['a: 1', 'b: 2']],
    ['an end marker', 'a: 1\n...\nb: 2\n...\n', ['a: 1', 'b: 2']],
    ['a directive', '%YAML 1.2\n---\na: 1\n', ['a: 1']],
    ['CRLF', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1', 'b: 2']],
    ['a byte order mark', '\uFEFFa: 1\n---\nb: 2\n', ['a: 1', 'b: 2']],
    ['content on the marker line', '--- {a: 1}\n', ['{a: 1}']],
    ['dashes that are no marker', 'a: |\n  ---\n  x\nb: "---"\n---x: 1\n', ['a: |\n  ---\n  x\nb: "---"\n---x: 1']],
    ['JSON objects after each other', '{"a": "}"}\n{"b": [1]} {"c": 3}\n', ['{"a": "}"}', '{"b": [1]}', '{"c": 3}']],
    ['flow style with a comment', '{ a: 1, # {\n}\n', ['{ a: 1, # {\n}']],
    ['nothing', '\n# only\n', []],
  ])('handles %s', (_what, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('finds each document where it stands', () => {
    const text = '\uFEFFa: 1\n--- # x\n\nb:\n- c: 2\n';
    const [first, second] = [...splitDocuments(new InputFile('a.yaml', text))];
    expect(first?.locate(['a'])).toEqual({ file: 'a.yaml', line: 1, column: 2 });
    expect(second?.locate(['b', 0, 'c', 'absent'])).toEqual({ file: 'a.yaml', line: 5, column: 3 });
    expect(second?.index).toBe(1);
  });
});

describe('peekKind', () => {
  const peek = (text: string): string | undefined => peekKind(text, 0, text.length);

  it.each([
    ['apiVersion: v1\nkind: Service\n', 'Service'],
    ['kind: "Service" # why\r\nmetadata:\r\n  kind: x\r\n', 'Service'],
    ["- kind: x\nkind: 'Service'", 'Service'],
    ['apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  policyTypes: [Ingress]\n  ingress:\n  - from:\n', 'NetworkPolicy'],
    ['replicas: 1\nimage:\n  tag: x\n', ''],
  ])('reads %j', (text, kind) => {
    expect(peek(text)).toBe(kind);
  });

  it.each(['{kind: Service}\n', '"kind": Service\n', 'kind: &k Service\n', 'kind: {{ .kind }}\n', 'kind: |\n  Service\n', 'kind: A\nkind: B\n', '{{- if .x }}\nkind: Service\n', '  kind: Service\n', '<<: *x\nkind: A\n', 'kind: >-\n  x\n', '', 'kind: a b\n'])(
    'leaves %j to a parser',
    (text) => {
      expect(peek(text)).toBeUndefined();
    },
  );

});
