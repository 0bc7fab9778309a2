import { compareText } from '../model/object.ts';
import { isDay } from './days.ts';

/** One finding that was there when the baseline was written. Only the fingerprint decides; the rest is for people. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly code: string;
  /** `namespace/name`; '' for findings about no object. */
  readonly object: string;
  readonly annotation: string;
  /** Last day on which it passes, as YYYY-MM-DD; written by hand, kept by updates. */
  readonly expires?: string;
  readonly reason?: string;
}

const version = 1;
const textFields = ['code', 'object', 'annotation', 'expires', 'reason'] as const;
const known: ReadonlySet<string> = new Set(['fingerprint', ...textFields]);

export type BaselineRead = { readonly entries: readonly BaselineEntry[] } | { readonly error: string };

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readEntry(value: unknown, index: number): BaselineEntry | string {
  const place = `entry ${index + 1} of "findings"`;
  if (!isRecord(value)) return `${place} is no object`;
  const { fingerprint, expires, reason, code, object, annotation } = value;
  if (typeof fingerprint !== 'string' || !/^[0-9a-f]{32}$/u.test(fingerprint)) return `${place} has no fingerprint of 32 hexadecimal digits`;
  const unknown = Object.keys(value).find((key) => !known.has(key));
  if (unknown !== undefined) return `${place} has an unknown field "${unknown}"`;
  const wrong = textFields.find((key) => value[key] !== undefined && typeof value[key] !== 'string');
  if (wrong !== undefined) return `${place}: "${wrong}" is no text`;
  const text = (field: unknown): string => (typeof field === 'string' ? field : '');
  if (typeof expires === 'string' && !isDay(expires)) return `${place}: "expires" is no day like 2027-01-31`;
  return {
    fingerprint,
    code: text(code),
    object: text(object),
    annotation: text(annotation),
    ...(typeof expires === 'string' ? { expires } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

/** Reads a baseline file, or says in one sentence why it is none. */
export function readBaseline(text: string): BaselineRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { error: `it is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!isRecord(value) || !Array.isArray(value['findings'])) return { error: 'it holds no list "findings"' };
  if (value['version'] !== version) return { error: `its version is ${JSON.stringify(value['version'])}, and this program reads version ${version}; write it again with --update-baseline` };
  const entries: BaselineEntry[] = [];
  for (const [index, item] of value['findings'].entries()) {
    const entry = readEntry(item, index);
    if (typeof entry === 'string') return { error: entry };
    entries.push(entry);
  }
  return { entries };
}

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  return compareText(a.code, b.code) || compareText(a.object, b.object) || compareText(a.annotation, b.annotation) || compareText(a.fingerprint, b.fingerprint);
}

/** One entry a line, sorted: a change shows as the lines of its findings, and branches merge. */
export function renderBaseline(entries: readonly BaselineEntry[]): string {
  const lines = [...entries].sort(compareEntries).map(({ code, object, annotation, expires, reason, fingerprint }) =>
    JSON.stringify({ code, ...(object === '' ? {} : { object }), ...(annotation === '' ? {} : { annotation }), expires, reason, fingerprint }),
  );
  const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  return `{\n  "version": ${version},\n  "findings": ${list}\n}\n`;
}
