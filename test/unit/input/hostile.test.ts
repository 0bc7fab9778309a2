import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { objectKey } from '../../../src/model/object.ts';
import { codesOf, ingress, read } from './read.ts';
import { growth, inProportion } from '../../support/growth.ts';

const junk = fc.oneof(fc.constantFrom<unknown>(null, true, 0, -1, 1e30, '', ' ', '${X}', '__proto__', [], {}, [[]], { a: { b: [null] } }, 'é'.repeat(300)), fc.jsonValue({ maxDepth: 3 }));

/** An Ingress in which any field may be anything. */
const hostile = fc.record(
  {
    apiVersion: fc.constantFrom('networking.k8s.io/v1', 'networking.k8s.io/v1beta1', 'extensions/v1beta1'),
    kind: fc.constant('Ingress'),
    metadata: fc.oneof(junk, fc.record({ name: fc.oneof(fc.constant('hostile'), junk), namespace: junk, annotations: fc.oneof(junk, fc.dictionary(fc.string(), junk)), labels: junk, creationTimestamp: junk }, { requiredKeys: [] })),
    spec: fc.oneof(
      junk,
      fc.record(
        {
          ingressClassName: junk,
          defaultBackend: junk,
          backend: junk,
          tls: fc.oneof(junk, fc.array(fc.oneof(junk, fc.record({ hosts: fc.oneof(junk, fc.array(junk)), secretName: junk }, { requiredKeys: [] })))),
          rules: fc.oneof(
            junk,
            fc.array(fc.oneof(junk, fc.record({ host: junk, http: fc.oneof(junk, fc.record({ paths: fc.oneof(junk, fc.array(fc.oneof(junk, fc.record({ path: junk, pathType: junk, backend: fc.oneof(junk, fc.record({ service: fc.oneof(junk, fc.record({ name: junk, port: fc.oneof(junk, fc.record({ number: junk, name: junk })) })), serviceName: junk, servicePort: junk, resource: junk }, { requiredKeys: [] })) }, { requiredKeys: [] })))) })) }, { requiredKeys: [] }))),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ['apiVersion', 'kind'] },
);

const neighbour = ingress({ name: 'neighbour', metadata: '  namespace: quiet\n' });

describe('hostile input', () => {
  it('never throws, never loses a neighbour, and explains every Ingress that is not read', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.boolean(), async (object, json) => {
        const text = json ? JSON.stringify(object) : stringify(object);
        const { value, findings } = await read([text, neighbour]);
        expect(value.ingresses.some(({ ref }) => ref.name === 'neighbour')).toBe(true);
        expect(value.ingresses.length + value.unread.length).toBe(2);
        if (value.unread.length > 0) expect(findings.length).toBeGreaterThan(0);
        for (const finding of findings) expect(finding.origin?.source.locate(finding.origin.path).line).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('never throws on text', async () => {
    const piece = fc.constantFrom('---\n', 'kind: Ingress\n', 'metadata:\n', '  name: a\n', '{', '}', '[', ']', '"', "'", '&a ', '*a', '<<: ', '!!x ', '|\n', '\t', '\r\n', '\u0000', '{{', '}}', '# ', ': ', '- ', '...\n', '%YAML 9\n', '\uFEFF', '\uD800');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 30 }), async (pieces) => {
        const { value } = await read([pieces.join(''), neighbour]);
        expect(value.ingresses.some(({ ref }) => ref.name === 'neighbour')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('does not read the prototype of anything', async () => {
    const { value } = await read(ingress({ metadata: '  annotations: { "__proto__": x, constructor: y }\n' }));
    expect(value.ingresses[0]?.annotations).toEqual(new Map([['__proto__', 'x'], ['constructor', 'y']]));
    expect(value.services.get(objectKey('__proto__', 'constructor'))).toBeUndefined();
  });

  const laughs = Array.from({ length: 12 }, (_, level) => `  a${level}: &a${level} [${level === 0 ? 'x' : Array<string>(20).fill(`*a${level - 1}`).join(', ')}]\n`).join('');
  const chain = Array.from({ length: 900 }, (_, level) => `  a${level}: &a${level} [${level === 0 ? 'x' : `*a${level - 1}`}]\n`).join('');
  it.each([
    ['an alias bomb', `kind: Ingress\nspec:\n${laughs}`, 'input/too-many-aliases'],
    ['aliases inside each other', `kind: Ingress\nspec:\n${chain}`, 'input/too-many-aliases'],
    ['an alias of itself', 'kind: Ingress\nspec: &s\n  rules: *s\n', 'input/too-many-aliases'],
    ['thousands of aliases', `kind: Ingress\nx: &x 1\ny: [${'*x, '.repeat(5000)}]\n`, 'input/too-many-aliases'],
    ['merges of merges', `kind: Ingress\n${Array.from({ length: 30 }, (_, level) => `m${level}: &m${level} { ${level === 0 ? 'x: 1' : `<<: [${Array<string>(30).fill(`*m${level - 1}`).join(', ')}], k${level}: 1`} }\n`).join('')}`, 'input/too-many-aliases'],
    ['deep flow style', `kind: Ingress\nx: ${'{a: '.repeat(50_000)}\n`, 'input/too-deep'],
    ['deep block style', `kind: Ingress\n${Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}a:\n`).join('')}`, 'input/too-deep'],
    ['a document over the limit', `kind: Ingress\nx: "\\n${'y'.repeat(17 * 1024 * 1024)}"\n`, 'input/document-too-large'],
  ])('refuses %s', async (_what, text, code) => {
    const { value, findings } = await read(`${text}---\n${neighbour}`);
    expect(codesOf(findings)).toEqual([code]);
    expect(value.ingresses.length).toBe(1);
  });

  it('reads deep JSON without recursion', async () => {
    const deep = `{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":1},"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const { findings } = await read([deep, neighbour]);
    expect(findings.map((finding) => finding.origin?.source.locate(finding.origin.path).line)).toEqual([1, 1]);
  });
});

describe('positions', () => {
  const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => ingress({ name: `i-${index}`, path: 'path: x', metadata: '  annotations:\n    a: |\n      - text\n' }));
  const objects = (count: number): unknown => ({ apiVersion: 'v1', kind: 'List', items: many(count).map((text): unknown => parse(text)) });
  const forms = [
    ['documents', (count: number) => many(count).join('---\n')],
    ['a list in JSON', (count: number) => JSON.stringify(objects(count), undefined, 1)],
    ['a list in YAML', (count: number) => `${stringify(objects(count), { indentSeq: false })}metadata:\n  resourceVersion: ""\n`],
  ] as const;

  it.each(forms)('of %s cost in proportion to the findings', async (_what, write) => {
    const count = 100;
    const text = write(count);
    const linesOf = async (source: string): Promise<readonly number[]> => (await read(source)).findings.map(({ origin }) => origin?.source.locate(origin.path).line ?? 0);
    const lines = await linesOf(text);
    const texts = new Map([count, 16 * count].map((size) => [size, write(size)]));
    // Reading the text again for every finding would be quadratic.
    expect(await growth((size) => linesOf(texts.get(size) ?? ''), count)).toBeLessThan(inProportion);
    const all = text.split('\n');
    expect(lines.every((line) => /"?path"?: "?x/u.test(all[line - 1] ?? ''))).toBe(true);
    expect(new Set(lines).size).toBe(count);
  });
});
