import { messageOf } from '../../diagnostics/message.ts';
import { decodeExactly, decodeQuickly } from '../../input/document.ts';
import { TypedScalar } from '../../input/scalar.ts';
import { InputFile } from '../../input/source.ts';
import { splitDocuments } from '../../input/split.ts';
import { placeText, type Source, type ValuePath } from '../../model/origin.ts';
import { UsageError } from '../exit.ts';

/** A configuration as data, with the places of its values. */
export interface ConfigDocument {
  readonly source: Source;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof TypedScalar);
}

/** `file:line:column: message`. */
export function configError(source: Source, path: ValuePath, message: string): UsageError {
  return new UsageError(`${placeText(source.locate(path))}: ${message}`);
}

/** Text of a scalar as it is written (`1.10` stays `1.10`); undefined for anything else. */
export function scalarText(value: unknown): string | undefined {
  if (value instanceof TypedScalar) return value.text;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** @throws UsageError for what is no single YAML map */
export async function readConfigDocument(file: string, text: string): Promise<ConfigDocument | undefined> {
  const [document, second] = splitDocuments(new InputFile(file, text));
  if (document === undefined) return undefined;
  if (second !== undefined) throw configError(second, [], 'a configuration is a single document');
  const decoded = decodeQuickly(document) ?? (await decodeExactly(document));
  const problem = 'failure' in decoded ? decoded.failure : decoded.findings[0];
  if (problem !== undefined) throw configError(problem.origin?.source ?? document, problem.origin?.path ?? [], messageOf(problem).what);
  if (decoded.value === undefined || decoded.value === null) return undefined;
  if (!isFields(decoded.value)) throw configError(document, [], 'a configuration is a map of option names to values');
  return { source: document, fields: decoded.value };
}
