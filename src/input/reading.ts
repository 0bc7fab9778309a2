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

  #wrongType(path: ValuePath, expected: string, value: unknown): undefined {
    this.refuse(raise(codes, 'input/wrong-type', this.about(path), { field: fieldName(path), expected, actual: typeName(value) }));
    return undefined;
  }

  map(value: unknown, path: ValuePath): Fields | undefined {
    if (value === undefined || value === null) return undefined;
    if (isFields(value)) return value;
    if (value instanceof TemplateText) return this.template(value.text, path);
    return this.#wrongType(path, 'a map', value);
  }

  list(value: unknown, path: ValuePath): readonly unknown[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    if (value instanceof TemplateText) this.template(value.text, path);
    else this.#wrongType(path, 'a list', value);
    return [];
  }

  /** Text of a scalar. A number or boolean keeps its text, as the author plainly meant it; undefined if absent or unusable. */
  text(value: unknown, path: ValuePath): string | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    const text = scalarText(value);
    if (text === undefined) return value instanceof TemplateText ? this.template(value.text, path) : this.#wrongType(path, 'a string', value);
    this.report(raise(codes, 'input/unquoted-scalar', this.about(path), { field: fieldName(path), actual: typeName(value), text }));
    return text;
  }

  template(text: string, path: ValuePath): undefined {
    this.refuse(raise(codes, 'input/template-placeholder', this.about(path), { field: fieldName(path), text }));
    return undefined;
  }

  /** Text in which nothing is left to be filled in by another tool. */
  finalText(value: unknown, path: ValuePath): string | undefined {
    const text = this.text(value, path);
    if (text === undefined) return undefined;
    const placeholder = findPlaceholder(text);
    return placeholder === undefined ? text : this.template(placeholder, path);
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
