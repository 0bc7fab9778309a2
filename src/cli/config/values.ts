import { isAbsolute, join } from 'node:path';
import { nearest } from '../../annotations/edit-distance.ts';
import type { Acceptance } from '../../diagnostics/acceptance.ts';
import { isDay } from '../../gate/days.ts';
import type { ValuePath } from '../../model/origin.ts';
import { configError, isFields, scalarText, type ConfigDocument } from './document.ts';
import type { ConfigKey } from './keys.ts';

/** Where a value stands, and where relative paths start. */
export interface ValueContext {
  readonly document: ConfigDocument;
  /** Directory of the configuration, relative to the working directory; '' when it is that. */
  readonly directory: string;
}

export function unknownName(what: string, name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  return `there is no ${what} "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`;
}

function fromDirectory(file: string, directory: string): string {
  return file === '' || file === '-' || isAbsolute(file) ? file : join(directory, file);
}

function resolvePath(text: string, path: ConfigKey['path'], directory: string): string {
  if (path === 'file') return fromDirectory(text, directory);
  const split = path === 'report' ? text.indexOf('=') : -1;
  return split < 0 ? text : `${text.slice(0, split + 1)}${fromDirectory(text.slice(split + 1), directory)}`;
}

/** Reads one text as the command line would. */
function parse(key: ConfigKey, text: string, previous: unknown, at: ValuePath, { document, directory }: ValueContext): unknown {
  const value = resolvePath(text, key.path, directory);
  try {
    return key.option.parseArg === undefined ? value : key.option.parseArg(value, previous);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw configError(document.source, at, `${key.key}: ${JSON.stringify(text)} is not allowed: ${reason}`);
  }
}

const acceptanceFields = ['code', 'object', 'reason', 'expires'] as const;

function fieldText(fields: Readonly<Record<string, unknown>>, name: string, at: ValuePath, { document }: ValueContext): string | undefined {
  if (fields[name] === undefined) return undefined;
  const text = scalarText(fields[name]);
  if (text === undefined || text === '') throw configError(document.source, [...at, name], `${name} is a text`);
  return text;
}

function readAcceptance(key: ConfigKey, value: unknown, at: ValuePath, context: ValueContext): Acceptance {
  const { source } = context.document;
  const fields = isFields(value) ? value : { code: value };
  const unknown = Object.keys(fields).find((name) => !acceptanceFields.some((known) => known === name));
  if (unknown !== undefined) throw configError(source, [...at, unknown], unknownName('field of an acceptance', unknown, acceptanceFields));
  const code = fieldText(fields, 'code', at, context);
  if (code === undefined) throw configError(source, at, 'an acceptance needs a code');
  const object = fieldText(fields, 'object', at, context);
  const expires = fieldText(fields, 'expires', at, context);
  if (expires !== undefined && !isDay(expires)) throw configError(source, [...at, 'expires'], `expires: ${JSON.stringify(expires)} is no day like 2027-01-31`);
  const parsed = parse(key, object === undefined ? code : `${code}@${object}`, [], at, context);
  // The parser of --accept, which adds one acceptance to a list.
  const [named] = parsed as readonly Acceptance[];
  if (named === undefined) throw configError(source, at, 'an acceptance needs a code');
  return { ...named, expires, reason: fieldText(fields, 'reason', at, context), about: { origin: { source, path: at } } };
}

function readList(key: ConfigKey, value: unknown, context: ValueContext): unknown {
  const { source } = context.document;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const place = (index: number): ValuePath => (Array.isArray(value) ? [key.key, index] : [key.key]);
  if (key.kind === 'acceptances') return items.map((item, index) => readAcceptance(key, item, place(index), context));
  let list: unknown = [];
  for (const [index, item] of items.entries()) {
    const text = scalarText(item);
    if (text === undefined) throw configError(source, place(index), `${key.key} is a list of texts`);
    list = parse(key, text, list, place(index), context);
  }
  return list;
}

/** A value as the command line would have given it. @throws UsageError with file, line and column */
export function readValue(key: ConfigKey, value: unknown, context: ValueContext): unknown {
  const { source } = context.document;
  if (key.kind === 'list' || key.kind === 'acceptances') return readList(key, value, context);
  if (key.kind === 'boolean') {
    if (typeof value !== 'boolean') throw configError(source, [key.key], `${key.key} is true or false`);
    return value;
  }
  const text = scalarText(value);
  if (text === undefined) throw configError(source, [key.key], `${key.key} is a single text`);
  return parse(key, text, undefined, [key.key], context);
}
