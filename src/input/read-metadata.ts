import { raise, type Finding } from '../diagnostics/finding.ts';
import { compareText, type ObjectRef } from '../model/object.ts';
import type { Source, ValuePath } from '../model/origin.ts';
import { annotationCodes } from './annotation-codes.ts';
import { isLabelKey, isLabelValue, isNamespace, isObjectName } from './names.ts';
import { objectCodes as codes } from './object-codes.ts';
import { isFields, scalarText, typeName, type Fields, type Reading } from './reading.ts';
import { findPlaceholder } from './placeholder.ts';
import { TemplateText } from './scalar.ts';

/** An object of the input, not yet read. */
export interface RawObject {
  readonly source: Source;
  /** Path of the object in its document. */
  readonly root: ValuePath;
  /** '' when neither the object nor its list states one. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly fields: Fields;
}

export interface ReadContext {
  /** Namespace of objects that state none. */
  readonly defaultNamespace: string;
}

const named = (value: unknown): string => (typeof value === 'string' ? value : (scalarText(value) ?? ''));

/** Names the object as it names itself, for findings about it; checks nothing. */
export function refOf(raw: RawObject, context: ReadContext): ObjectRef {
  const metadata = isFields(raw.fields['metadata']) ? raw.fields['metadata'] : {};
  const namespace = named(metadata['namespace']);
  const apiVersion = raw.apiVersion === '' ? 'networking.k8s.io/v1' : raw.apiVersion;
  return { apiVersion, kind: raw.kind, namespace: namespace === '' ? context.defaultNamespace : namespace, name: named(metadata['name']) };
}

/** Why the object cannot be converted under its name; undefined if it can. */
export function nameProblem(reading: Reading, metadata: Fields): Finding | undefined {
  for (const field of ['name', 'namespace'] as const) {
    const value = metadata[field];
    const path = ['metadata', field];
    const text = value instanceof TemplateText ? value.text : named(value);
    const placeholder = findPlaceholder(text);
    if (placeholder !== undefined) return raise(codes, 'input/template-placeholder', reading.about(path), { field: `metadata.${field}`, text: placeholder });
    if (text === '' && (value === undefined || value === null || value === '')) {
      if (field === 'name') return raise(codes, 'input/no-name', reading.about(['metadata']), {});
      continue;
    }
    const valid = field === 'name' ? isObjectName(text) : isNamespace(text);
    if (!valid) return raise(codes, 'input/invalid-name', reading.about(path), { field: `metadata.${field}`, value: text === '' ? typeName(value) : text });
  }
  return undefined;
}

const sorted = (entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
  new Map([...entries].sort(([a], [b]) => compareText(a, b)));

export function readLabels(reading: Reading, metadata: Fields): ReadonlyMap<string, string> {
  const labels = reading.map(metadata['labels'], ['metadata', 'labels']) ?? {};
  const entries: (readonly [string, string])[] = [];
  for (const [key, value] of Object.entries(labels)) {
    const path = ['metadata', 'labels', key];
    const text = value === null ? '' : reading.text(value, path);
    if (text === undefined) continue;
    if (isLabelKey(key) && isLabelValue(text)) entries.push([key, text]);
    else reading.report(raise(codes, 'input/invalid-label', reading.about(path), { field: key }));
  }
  return sorted(entries);
}

/**
 * All annotations as text; undefined when one of them is none: the object is then refused as a whole, since what
 * that annotation was to protect cannot be told.
 */
export function readAnnotations(reading: Reading, metadata: Fields): ReadonlyMap<string, string> | undefined {
  const value = metadata['annotations'];
  const path = ['metadata', 'annotations'];
  if (value === undefined || value === null) return new Map();
  if (!isFields(value)) {
    reading.refuse(raise(annotationCodes, 'input/annotations-not-a-map', reading.about(path), { actual: typeName(value) }));
    return undefined;
  }
  const entries: (readonly [string, string])[] = [];
  for (const [key, one] of Object.entries(value)) {
    if (typeof one === 'string') {
      entries.push([key, one]);
      continue;
    }
    const about = { ...reading.about([...path, key]), annotation: key };
    const text = one === null ? '' : scalarText(one);
    if (text === undefined) {
      reading.refuse(raise(annotationCodes, 'input/annotation-not-text', about, { annotation: key, actual: typeName(one) }));
      return undefined;
    }
    reading.report(raise(annotationCodes, 'input/unquoted-annotation', about, { annotation: key, actual: typeName(one), text }));
    entries.push([key, text]);
  }
  return sorted(entries);
}

/** Milliseconds since the epoch. `creationTimestamp: null` is what kubectl writes for objects that were never created. */
export function readCreation(reading: Reading, metadata: Fields): number | undefined {
  const path = ['metadata', 'creationTimestamp'];
  const text = reading.text(metadata['creationTimestamp'], path);
  if (text === undefined || text === '') return undefined;
  const time = /^\d{4}-\d\d-\d\dT/u.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  reading.report(raise(codes, 'input/invalid-timestamp', reading.about(path), { value: text }));
  return undefined;
}
