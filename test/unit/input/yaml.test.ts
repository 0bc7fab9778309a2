import { describe, expect, it } from 'vitest';
import { TemplateText, TypedScalar, resolvePlain } from '../../../src/input/scalar.ts';
import { loadRepair, parseQuickly } from '../../../src/input/yaml.ts';

const repair = await loadRepair();
const readers = [
  ['js-yaml', (text: string) => parseQuickly(text)],
  ['yaml', (text: string) => repair.parse(text)],
] as const;

describe.each(readers)('%s', (_name, parse) => {
  const valueOf = (text: string): unknown => {
    const parsed = parse(text);
    return parsed.ok ? parsed.value : parsed;
  };

  it('keeps the text of scalars that a JavaScript value would change', () => {
    expect(valueOf('[1.0, 80, 1e3, yes, true, null, 2024-01-01T00:00:00Z, "80", 0x1F, 12345678901234567890]')).toEqual([
      new TypedScalar('number', '1.0'),
      80,
      new TypedScalar('number', '1e3'),
      new TypedScalar('boolean', 'yes'),
      true,
      null,
      '2024-01-01T00:00:00Z',
      '80',
      new TypedScalar('number', '0x1F'),
      new TypedScalar('number', '12345678901234567890'),
    ]);
  });

  it('merges maps, and the map itself wins', () => {
    const value = valueOf('base: &b { a: 1, c: 2 }\nx: { <<: *b, a: 3 }\n');
    expect(value).toMatchObject({ x: { a: 3, c: 2 } });
  });

  it.each(['__proto__: { polluted: 1 }\n', 'b: &b { "__proto__": { polluted: 1 } }\nx: { <<: *b }\n'])('keeps prototypes clean: %j', (text) => {
    const value: unknown = valueOf(text);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Reflect.get(Object.prototype, 'polluted')).toBeUndefined();
    expect(Reflect.get(Object(value), 'polluted')).toBeUndefined();
  });
});

describe('js-yaml', () => {
  it.each([
    ['depth', '['.repeat(101)],
    ['aliases', `a: &a 1\nb: [${'*a, '.repeat(1001)}]\n`],
    ['duplicate-key', 'a: 1\na: 2\n'],
    ['refused', 'a: b\u0007\n'],
    ['syntax', 'a: b: c\n'],
  ])('tells %s from other problems', (problem, text) => {
    expect(parseQuickly(text)).toMatchObject({ ok: false, problem });
  });
});

describe('yaml', () => {
  it('reads unquoted templates as templates', () => {
    expect(repair.parse('name: {{ .Values.name }}\nhosts:\n- {{ .Values.host }}\n')).toEqual({
      ok: true,
      value: { name: new TemplateText('{{ .Values.name }}'), hosts: [new TemplateText('{{ .Values.host }}')] },
    });
  });

  it('refuses an alias without an anchor and says what was meant', () => {
    const parsed = repair.parse('host: *.example.com\n');
    expect(parsed).toMatchObject({ ok: false, offset: 6 });
    expect(!parsed.ok && parsed.reason).toContain('needs quotes');
  });

  it('survives any depth', () => {
    expect(repair.parse('['.repeat(200_000))).toMatchObject({ ok: false });
  });
});

describe('resolvePlain', () => {
  it.each(['y', 'No', 'OFF', 'True'])('types %s as YAML 1.1 does', (text) => {
    expect(resolvePlain(text)).toEqual(new TypedScalar('boolean', text));
  });
  it.each(['1.2.3', '10.0.0.0/8', '1m', '-', '.', '+', '0x', 'yes please', '1:30', '/', '8k', 'nul'])('leaves %s as text', (text) => {
    expect(resolvePlain(text)).toBe(text);
  });
});
