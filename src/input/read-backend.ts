import { raise } from '../diagnostics/finding.ts';
import type { IngressBackend, PortRef } from '../model/ingress.ts';
import type { ValuePath } from '../model/origin.ts';
import { isServiceName } from './names.ts';
import { fieldName, typeName, type Fields, type Reading } from './reading.ts';
import { findPlaceholder } from './placeholder.ts';
import { TemplateText, TypedScalar } from './scalar.ts';
import { specCodes as codes } from './spec-codes.ts';

const oldFields = new Set(['serviceName', 'servicePort']);
const newFields = new Set(['service']);
const serviceFields = new Set(['name', 'port']);
const portFields = new Set(['name', 'number']);
const allFields = new Set([...oldFields, ...newFields, 'resource']);

const has = (fields: Fields, names: ReadonlySet<string>): boolean => [...names].some((name) => fields[name] !== undefined && fields[name] !== null);

const validNumber = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 65535;

/** A port as number or name; undefined with a finding when it is neither. `null` and absence are no port. */
export function readPort(reading: Reading, value: unknown, path: ValuePath): PortRef | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const field = fieldName(path);
  if (typeof value === 'number' && validNumber(value)) return { kind: 'number', number: value };
  if (typeof value === 'string') {
    if (/^\d+$/u.test(value) && validNumber(Number(value))) {
      reading.report(raise(codes, 'input/quoted-port', reading.about(path), { field, value }));
      return { kind: 'number', number: Number(value) };
    }
    const placeholder = findPlaceholder(value);
    if (placeholder !== undefined) return reading.template(placeholder, path);
    if (/^[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*$/u.test(value)) return { kind: 'name', name: value };
  }
  if (value instanceof TemplateText) return reading.template(value.text, path);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : value instanceof TypedScalar ? value.text : typeName(value);
  reading.refuse(raise(codes, 'input/invalid-port', reading.about(path), { field, value: text }));
  return undefined;
}

function readServiceName(reading: Reading, value: unknown, path: ValuePath): string | undefined {
  const name = reading.finalText(value, path);
  if (name === undefined || isServiceName(name)) return name;
  reading.refuse(raise(codes, 'input/invalid-service-name', reading.about(path), { field: fieldName(path), value: name }));
  return undefined;
}

/** A backend whose Service has no usable name; `reported` when a finding says so already. */
function service(reading: Reading, name: unknown, namePath: ValuePath, port: () => PortRef | undefined, path: ValuePath): IngressBackend | undefined {
  const text = readServiceName(reading, name, namePath);
  if (text !== undefined) return { kind: 'service', service: text, port: port(), origin: reading.origin(path) };
  if (name === undefined || name === null) noBackend(reading, path);
  return undefined;
}

function noBackend(reading: Reading, path: ValuePath): undefined {
  reading.refuse(raise(codes, 'input/no-backend', reading.about(path), { field: fieldName(path) }));
  return undefined;
}

function readNew(reading: Reading, backend: Fields, path: ValuePath): IngressBackend | undefined {
  const servicePath = [...path, 'service'];
  const fields = reading.map(backend['service'], servicePath);
  if (fields === undefined) return undefined;
  reading.known(fields, servicePath, serviceFields);
  const portPath = [...servicePath, 'port'];
  const port = (): PortRef | undefined => {
    const value = fields['port'];
    // `port: 80` instead of `port: {number: 80}`.
    if (typeof value === 'number' || typeof value === 'string') return readPort(reading, value, portPath);
    const ports = reading.map(value, portPath) ?? {};
    reading.known(ports, portPath, portFields);
    if (has(ports, new Set(['number'])) && has(ports, new Set(['name'])) && ports['name'] !== '') {
      reading.report(raise(codes, 'input/two-ports', reading.about(portPath), { field: fieldName(portPath) }));
    }
    return readPort(reading, ports['number'], [...portPath, 'number']) ?? readPort(reading, ports['name'], [...portPath, 'name']);
  };
  return service(reading, fields['name'], [...servicePath, 'name'], port, path);
}

function readOld(reading: Reading, backend: Fields, path: ValuePath): IngressBackend | undefined {
  const port = (): PortRef | undefined => readPort(reading, backend['servicePort'], [...path, 'servicePort']);
  return service(reading, backend['serviceName'], [...path, 'serviceName'], port, path);
}

function readResource(reading: Reading, backend: Fields, path: ValuePath): IngressBackend | undefined {
  const fields = reading.map(backend['resource'], [...path, 'resource']);
  if (fields === undefined) return undefined;
  const part = (name: string): string => reading.text(fields[name], [...path, 'resource', name]) ?? '';
  return { kind: 'resource', description: `${part('kind')} ${part('name')}`.trim(), origin: reading.origin(path) };
}

/**
 * A backend in any generation's form. What another generation wrote is read as it was meant, with a finding.
 * Undefined when there is no usable backend; a finding says so.
 */
export function readBackend(reading: Reading, value: unknown, path: ValuePath): IngressBackend | undefined {
  const backend = reading.map(value, path);
  if (backend === undefined) return value === undefined || value === null ? noBackend(reading, path) : undefined;
  reading.known(backend, path, allFields);
  if (has(backend, new Set(['resource']))) return readResource(reading, backend, path);
  const { apiVersion } = reading.ref;
  const modern = apiVersion === 'networking.k8s.io/v1';
  const isNew = has(backend, newFields);
  const isOld = has(backend, oldFields);
  if (isNew && isOld) reading.report(raise(codes, 'input/both-backend-forms', reading.about(path), { apiVersion, field: fieldName(path) }));
  else if (modern ? isOld : isNew) {
    reading.report(raise(codes, 'input/mixed-generations', reading.about(path), { apiVersion, field: modern ? 'serviceName and servicePort' : 'service' }));
  }
  if (!isNew && !isOld) return noBackend(reading, path);
  return isNew && (modern || !isOld) ? readNew(reading, backend, path) : readOld(reading, backend, path);
}
