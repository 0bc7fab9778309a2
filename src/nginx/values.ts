/**
 * How ingress-nginx reads values: of annotations, and of its ConfigMap where that says so.
 * Nothing here throws: a value the controller cannot use is undefined.
 * Sources: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/parser/main.go
 * and parser/validators.go beside it.
 */

const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false] as const),
]);

/** The spellings of Go's strconv.ParseBool, with no space around them. */
export function parseBoolean(raw: string): boolean | undefined {
  return booleans.get(raw);
}

const integer = /^[+-]?[0-9]+$/;

/** Go's strconv.Atoi: decimal digits with an optional sign, 64 bits; no space, no unit. Beyond 2^53 the number is rounded. */
export function parseInteger(raw: string): number | undefined {
  if (!integer.test(raw)) return undefined;
  const value = Number(raw);
  return Number.isSafeInteger(value) || BigInt.asIntN(64, BigInt(raw)) === BigInt(raw) ? value : undefined;
}

/** Text without the space around each line. The controller treats an empty result like an absent annotation. */
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

/**
 * Bytes of an nginx size such as `8m`: binary units, `g` only where nginx takes an offset.
 * Source: https://nginx.org/en/docs/syntax.html
 */
export function parseSizeBytes(text: string, largest: 'm' | 'g' = 'g'): number | undefined {
  const match = /^([0-9]+)([kmg]?)$/i.exec(text);
  const unit = match?.[2]?.toLowerCase() ?? '';
  if (match === null || (unit === 'g' && largest === 'm')) return undefined;
  const bytes = Number(match[1]) * (units.get(unit) ?? 1);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

const escaped: ReadonlyMap<string, string> = new Map([['t', '\t'], ['r', '\r'], ['n', '\n']]);

/**
 * A word of nginx configuration as nginx reads it: without its quotes, `\\` as one backslash; a backslash before another letter stays.
 * Source: ngx_conf_read_token in https://github.com/nginx/nginx/blob/release-1.26.3/src/core/ngx_conf_file.c
 */
export function readWord(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2').replace(/\\(["'\\trn])/g, (_, char: string) => escaped.get(char) ?? char);
}

/** Comma list: entries without the space around them, empty ones left out. */
export function parseList(raw: string): readonly string[] {
  return raw
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** A header name the controller accepts in lists and in ConfigMaps: letters, digits, `-` and `_`. */
export function isHeaderName(text: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(text);
}

/** `CN=` and a regular expression of Go, which has no look-around and no back references; else close enough to those of JavaScript to tell a typo. */
export function isSubjectPattern(raw: string): boolean {
  if (!raw.startsWith('CN=') || /\(\?<?[=!]|\\[1-9]/.test(raw)) return false;
  try {
    new RegExp(raw.slice(3));
    return true;
  } catch {
    return /\(\?[imsU-]/.test(raw);
  }
}

/** An nginx variable (`$host`, `${host}`); `$1` is a capture group, not a variable. */
export function hasVariable(text: string): boolean {
  return /\$(?:[A-Za-z_]|\{)/.test(text);
}

/** A URL as Go's net/url splits it. */
export interface ParsedUrl {
  readonly scheme: string;
  /** With the port, without user information. */
  readonly authority: string;
  readonly host: string;
}

const urlForm = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(?:[^/?#]*@)?([^/?#]*)/;
const hostForm = /^(?:\[[0-9A-Fa-f:.%]+\]|[^\s:<>"\\^`|[\]]*)(?::[0-9]*)?$/;

/**
 * An absolute URL as the controller's StringToURL accepts it: a scheme, a host without `..`, no control characters, sound escapes.
 * nginx variables pass where Go's parser lets them pass: in host, path and query, not in the port.
 */
export function parseUrl(text: string): ParsedUrl | undefined {
  if (/[\u0000-\u001f\u007f]/.test(text)) return undefined;
  const match = urlForm.exec(text);
  const scheme = match?.[1];
  const authority = match?.[2];
  if (match === null || scheme === undefined || authority === undefined || authority === '' || authority.includes('..')) return undefined;
  if (!hostForm.test(authority) || /%(?![0-9A-Fa-f]{2})/.test(text.split('?', 1)[0] ?? '')) return undefined;
  return { scheme: scheme.toLowerCase(), authority, host: authority.replace(/:[0-9]*$/, '') };
}
