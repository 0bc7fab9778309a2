/**
 * A plain scalar that YAML types as a number or boolean and whose text a JavaScript value would not keep: `1.0`, `0x1F`, `yes`.
 * kubectl's parser follows YAML 1.1, so `yes` is a boolean to the API server (https://github.com/kubernetes-sigs/yaml, goyaml.v2/resolve.go).
 */
export class TypedScalar {
  readonly type: 'boolean' | 'number';
  readonly text: string;

  constructor(type: 'boolean' | 'number', text: string) {
    this.type = type;
    this.text = text;
  }
}

/** An unquoted `{{ ... }}`, which YAML reads as a map with a map as its key. */
export class TemplateText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const nulls = new Set(['', '~', 'null', 'Null', 'NULL']);
const booleans = new Set(
  ['true', 'false', 'yes', 'no', 'on', 'off'].flatMap((word) => [word, `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`, word.toUpperCase()]).concat('y', 'Y', 'n', 'N'),
);
const number = /^(?:[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?|[-+]?0x[\da-fA-F_]+|[-+]?0o[0-7_]+|[-+]?0b[01_]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/u;

const SPACE = 0x20;
const PLUS = 0x2b;
const NINE = 0x39;
const TILDE = 0x7e;

/** Value of a plain scalar; the same for every parser in use here. Timestamps and everything else stay text. */
export function resolvePlain(text: string): string | number | boolean | null | TypedScalar {
  const first = text.length === 0 ? SPACE : text.charCodeAt(0);
  if (first >= PLUS && first <= NINE) return resolveNumber(text);
  if (text.length > 5 && first !== TILDE) return text;
  if (nulls.has(text)) return null;
  if (text === 'true') return true;
  if (text === 'false') return false;
  return booleans.has(text) ? new TypedScalar('boolean', text) : text;
}

function resolveNumber(text: string): string | number | TypedScalar {
  if (!number.test(text)) return text;
  const value = Number(text);
  return String(value) === text ? value : new TypedScalar('number', text);
}
