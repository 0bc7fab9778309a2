import { raise, type Finding, type Subject } from '../diagnostics/finding.ts';
import type { ObjectRef } from '../model/object.ts';
import type { Origin, Source, ValuePath } from '../model/origin.ts';
import { objectCodes as codes } from './object-codes.ts';
import { findPlaceholder } from './placeholder.ts';
import { TemplateText, TypedScalar } from './scalar.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof TypedScalar) && !(value instanceof TemplateText);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Unquoted text of a scalar that YAML does not type as a string. */
export function scalarText(value: unknown): string | undefined {
  if (value instanceof TypedScalar) return value.text;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** In the user's words. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (value instanceof TypedScalar) return value.type === 'boolean' ? 'a boolean' : 'a number';
  if (value instanceof TemplateText) return 'a template';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}

/** `spec.rules[0].host`. */
export function fieldName(path: ValuePath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** Reads the fields of one object: values of the wrong type become findings, never exceptions. */
export class Reading {
  readonly source: Source;
  readonly root: ValuePath;
  readonly ref: ObjectRef;
  readonly findings: Finding[] = [];
  /** Some part of the object could not be read and is not converted. */
  incomplete = false;

  constructor(source: Source, root: ValuePath, ref: ObjectRef) {
    this.source = source;
    this.root = root;
    this.ref = ref;
  }

  origin(path: ValuePath): Origin {
    return { source: this.source, path: this.root.length === 0 ? path : [...this.root, ...path] };
  }

  about(path: ValuePath): Subject {
    return { object: this.ref, origin: this.origin(path) };
  }

  report(finding: Finding): void {
    this.findings.push(finding);
  }

  /** Reports a part that is left out of the conversion. */
  refuse(finding: Finding): void {
    this.findings.push(finding);
    this.incomplete = true;
  }

  /** Reports a value of the wrong type, or the template that stands in its place. */
  unusable(value: unknown, path: ValuePath, expected: string): void {
    if (value instanceof TemplateText) this.template(value.text, path);
    else this.refuse(raise(codes, 'input/wrong-type', this.about(path), { field: fieldName(path), expected, actual: typeName(value) }));
  }

  template(text: string, path: ValuePath): void {
    this.refuse(raise(codes, 'input/template-placeholder', this.about(path), { field: fieldName(path), text }));
  }

  /** A map; undefined if absent, or if it is something else, with a finding. */
  map(value: unknown, path: ValuePath): Fields | undefined {
    if (isFields(value)) return value;
    if (value !== undefined && value !== null) this.unusable(value, path, 'a map');
    return undefined;
  }

  /** An item of a list, which must be a map. */
  item(value: unknown, path: ValuePath): Fields | undefined {
    if (isFields(value)) return value;
    this.unusable(value, path, 'a map');
    return undefined;
  }

  list(value: unknown, path: ValuePath): readonly unknown[] {
    if (isList(value)) return value;
    if (value !== undefined && value !== null) this.unusable(value, path, 'a list');
    return [];
  }

  /** Text of a scalar. A number or boolean keeps its text, as the author plainly meant it; undefined if absent or unusable. */
  text(value: unknown, path: ValuePath): string | undefined {
    if (typeof value === 'string') return value;
    if (value === undefined || value === null) return undefined;
    const text = scalarText(value);
    if (text === undefined) this.unusable(value, path, 'a string');
    else this.report(raise(codes, 'input/unquoted-scalar', this.about(path), { field: fieldName(path), actual: typeName(value), text }));
    return text;
  }

  /** Text in which nothing is left to be filled in by another tool. */
  finalText(value: unknown, path: ValuePath): string | undefined {
    const text = this.text(value, path);
    const placeholder = text === undefined ? undefined : findPlaceholder(text);
    if (placeholder === undefined) return text;
    this.template(placeholder, path);
    return undefined;
  }

  /** Reports fields that this version of the object does not have: `parh` for `path` would else vanish. */
  known(fields: Fields, path: ValuePath, names: ReadonlySet<string>): void {
    for (const name of Object.keys(fields)) {
      if (names.has(name)) continue;
      const field = [...path, name];
      this.report(raise(codes, 'input/unknown-field', this.about(field), { field: fieldName(field) }));
    }
  }
}
