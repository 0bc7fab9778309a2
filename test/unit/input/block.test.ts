import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineCounter, isMap, isScalar, isSeq, parseDocument, stringify, type Node } from 'yaml';
import { readBlock } from '../../../src/input/block.ts';
import { jsonMarker } from '../../../src/input/marker.ts';
import { Marks } from '../../../src/input/marks.ts';
import { TypedScalar } from '../../../src/input/scalar.ts';
import { loadRepair, marksQuickly, parseQuickly } from '../../../src/input/yaml.ts';

type Path = readonly (string | number)[];

interface Place {
  readonly path: Path;
  readonly offset: number;
}

/** Offsets of all keys and items as `yaml` sees them. */
function placesOf(text: string): readonly Place[] {
  const places: Place[] = [];
  const walk = (node: Node | null, path: Path): void => {
    const enter = (step: string | number, offset: number | undefined, child: unknown): void => {
      if (offset !== undefined) places.push({ path: [...path, step], offset });
      walk(isMap(child) || isSeq(child) ? child : null, [...path, step]);
    };
    if (isMap(node)) for (const { key, value } of node.items) if (isScalar(key)) enter(String(key.value), key.range?.[0], value);
    if (isSeq(node)) node.items.forEach((item, index) => enter(index, isMap(item) || isSeq(item) || isScalar(item) ? item.range?.[0] : undefined, item));
  };
  walk(parseDocument(text, { lineCounter: new LineCounter() }).contents, []);
  return places;
}

function exactOffset(marks: Marks, path: Path): number | undefined {
  let here: Marks | undefined = marks;
  for (const step of path) here = here?.child(step);
  return here?.offset;
}

/** Paths whose mark differs from what `yaml` says. An empty item is marked at its dash. */
function misplaced(text: string, marks: Marks): readonly Place[] {
  return placesOf(text).filter(({ path, offset }) => exactOffset(marks, path) !== offset && text[offset] !== '\n');
}

const tameKey = fc.constantFrom('host', 'metadata', 'spec', 'a', 'nginx.ingress.kubernetes.io/rewrite-target', 'f:annotations', 'k:{"uid":"1"}', '.', 'x_y');
const wildKey = fc.oneof(fc.constantFrom('on', '1', 'a b', '__proto__', 'constructor', '1.0', '-', ''), fc.string({ maxLength: 6 }));
const key = fc.oneof({ weight: 40, arbitrary: tameKey }, { weight: 1, arbitrary: wildKey });
const tame = fc.constantFrom<unknown>('shop.example.com', 'true', 'yes', '1.0', '010', '/$2', '/api(/|$)(.*)', 'two words', 'line one\nline two\n', 'a: b', '*.example.com', '2024-01-01', 'é', null, true, 80, 1.5, -3, '-x', '~x', 'a #b', "it's");
const wild = fc.oneof(
  fc.constantFrom<unknown>('', '0x1F', '~', '- x', '# no', '{{ x }}', '\n\nlead', ' two\nlines', 'tail\n\n', '\u2028', 'tab\there', 'tab\nhere\t\n'),
  fc.string({ maxLength: 20 }),
  fc.string({ maxLength: 12, unit: fc.constantFrom(...Array.from('ab:#-\'"|>{}[] \n,&*!%@`$.0')) }),
);
const scalar = fc.oneof({ weight: 12, arbitrary: tame }, { weight: 1, arbitrary: wild });
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalar, fc.array(tie('any'), { maxLength: 4 }), tie('map')),
  map: fc.dictionary(key, tie('any'), { maxKeys: 5, noNullPrototype: true }),
})).map;

const styles = fc.record({
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 20, 80),
  defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_SINGLE' as const, 'QUOTE_DOUBLE' as const, 'BLOCK_LITERAL' as const),
  crlf: fc.boolean(),
});

function dump(object: unknown, { crlf, ...style }: { readonly crlf: boolean }): string {
  const text = stringify(object, { ...style, defaultKeyType: 'PLAIN', aliasDuplicateObjects: false });
  return crlf ? text.replaceAll('\n', '\r\n') : text;
}

/** Plain data, with the text of scalars whose text matters. */
const plain = (read: unknown): unknown => JSON.parse(JSON.stringify(read, (_key, part: unknown) => (part instanceof TypedScalar ? `typed ${part.text}` : part)));

describe('readBlock', () => {
  it('reads what js-yaml reads, or gives up', () => {
    let accepted = 0;
    fc.assert(
      fc.property(value, styles, (object, style) => {
        const text = dump(object, style);
        const block = readBlock(text);
        if (block === undefined) return;
        accepted += 1;
        const exact = parseQuickly(text);
        expect(exact.ok && plain(exact.value)).toEqual(plain(block));
      }),
      { numRuns: 1200 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it('marks keys and items where `yaml` finds them', () => {
    fc.assert(
      fc.property(value, styles, (object, style) => {
        const text = dump(object, style);
        const marks = new Marks(0);
        if (readBlock(text, marks) !== undefined) expect(misplaced(text, marks)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('never reads text that js-yaml refuses or reads otherwise', () => {
    const line = fc.constantFrom('a: 1', 'b:', '  c: d', '- e', '  - f: g', '    h: i', '  j', 'k: |', '   text', '', '#', ' # c', 'l: "m"', "n: 'o'", '\tp: q', 'r: s: t', 'u: [v', 'w: x #y', 'a: 2', '- - z', ' -', 'e: >', 'f: &g h', '"i": j', '? k', 'l : m', 'n: o ', 'p:q', '  r:', "s: 't''u'", 'v: {}', 'w: [] ');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (lines, eol) => {
        const text = lines.map((one) => one + eol).join('');
        const block = readBlock(text);
        if (block === undefined) return;
        const exact = parseQuickly(text);
        expect(exact.ok && plain(exact.value), text).toEqual(plain(block));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['an anchor', 'a: &x 1\n'],
    ['a flow list', 'a: [1]\n'],
    ['an escape', 'a: "\\n"\n'],
    ['a scalar over two lines', 'a: b\n  c\n'],
    ['a tab', 'a:\n\tb: 1\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['__proto__', '__proto__: 1\n'],
    ['a document without a map', 'text\n'],
    ['101 levels', Array.from({ length: 101 }, (_, level) => `${' '.repeat(level)}a:\n`).join('')],
  ])('gives up on %s', (_what, text) => {
    expect(readBlock(text)).toBeUndefined();
  });

  it('reads the forms of real manifests', () => {
    const text = 'metadata: # note\n  annotations:\n    a/b: "x y" # why\n    c: |\n      one\n\n       two\n  f:x:\n    .: {}\nspec:\n  rules:\n  - host: a.example.com\n    http:\n      paths: []\n  -\n    host: b\n';
    expect(readBlock(text)).toEqual({
      metadata: { annotations: { 'a/b': 'x y', c: 'one\n\n two\n' }, 'f:x': { '.': {} } },
      spec: { rules: [{ host: 'a.example.com', http: { paths: [] } }, { host: 'b' }] },
    });
  });
});

describe('marks of the other parsers', () => {
  it('agree with `yaml` on whatever js-yaml reads', () => {
    fc.assert(
      fc.property(value, styles, (object, style) => {
        const text = dump(object, style);
        if (!parseQuickly(text).ok) return;
        const marks = marksQuickly(text);
        expect(marks === undefined ? ['none'] : misplaced(text, marks)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('agree with `yaml` on JSON', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (object, indent) => {
        const text = JSON.stringify(object, undefined, indent);
        expect(misplaced(text, jsonMarker.mark(text) ?? new Marks(0))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('follow aliases to their anchor', async () => {
    const text = 'a: &x\n  b: 1\nc: *x\n';
    const repair = await loadRepair();
    expect([marksQuickly(text), repair.marks(text)].map((marks) => marks && exactOffset(marks, ['c', 'b']))).toEqual([8, 8]);
  });
});
