import { raise } from '../diagnostics/finding.ts';
import type { PortRef } from '../model/ingress.ts';
import type { ValuePath } from '../model/origin.ts';
import { findPlaceholder } from './placeholder.ts';
import { fieldName, typeName, type Reading } from './reading.ts';
import { TemplateText, TypedScalar } from './scalar.ts';
import { specCodes as codes } from './spec-codes.ts';

const isPortNumber = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 65535;
const portName = /^[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*$/u;

function textOf(value: unknown): string {
  if (value instanceof TypedScalar || value instanceof TemplateText) return value.text;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : typeName(value);
}

/** A port as number or name; undefined with a finding when it is neither. `null` and absence are no port. */
export function readPort(reading: Reading, value: unknown, path: ValuePath): PortRef | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number' && isPortNumber(value)) return { kind: 'number', number: value };
  const text = textOf(value);
  const about = reading.about(path);
  const placeholder = findPlaceholder(text);
  if (placeholder !== undefined) {
    reading.template(placeholder, path);
    return undefined;
  }
  if (typeof value === 'string' && /^\d+$/u.test(value) && isPortNumber(Number(value))) {
    reading.report(raise(codes, 'input/quoted-port', about, { field: fieldName(path), value }));
    return { kind: 'number', number: Number(value) };
  }
  if (typeof value === 'string' && portName.test(value)) return { kind: 'name', name: value };
  reading.refuse(raise(codes, 'input/invalid-port', about, { field: fieldName(path), value: text }));
  return undefined;
}
