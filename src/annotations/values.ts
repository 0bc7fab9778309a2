/**
 * How ingress-nginx reads the text of an annotation.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/parser/main.go
 */

const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false] as const),
]);

/** The spellings of Go's strconv.ParseBool, with no space around them; undefined for any other text. */
export function parseBoolean(raw: string): boolean | undefined {
  return booleans.get(raw);
}

const integer = /^[+-]?[0-9]+$/;

/** Go's strconv.Atoi: decimal digits with an optional sign, no space, no unit; undefined for any other text. */
export function parseInteger(raw: string): number | undefined {
  if (!integer.test(raw)) return undefined;
  const value = Number(raw);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Text without the space around each line; the controller treats an empty result like a value it cannot use. */
export function normaliseText(raw: string): string {
  return raw.includes('\n') ? raw.split('\n').map((line) => line.trim()).join('\n') : raw.trim();
}

/** True when the text, all spaces taken out, has the form and holds no line break (the controller's ValidateRegex). */
export function hasForm(raw: string, form: RegExp): boolean {
  return form.test(raw.replaceAll(' ', '')) && !/[\r\n]/.test(raw);
}

const units: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['k', 1024],
  ['m', 1024 ** 2],
  ['g', 1024 ** 3],
]);

/** Bytes of an nginx size such as `8m`; binary units, `g` only where nginx takes an offset; undefined when nginx would not be given it. */
export function parseSizeBytes(text: string, largest: 'm' | 'g'): number | undefined {
  const match = /^([0-9]+)([kmg]?)$/i.exec(text);
  const unit = match?.[2]?.toLowerCase() ?? '';
  if (match === null || (unit === 'g' && largest === 'm')) return undefined;
  const bytes = Number(match[1]) * (units.get(unit) ?? 1);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
