import { raise } from '../diagnostics/finding.ts';
import type { IngressBackend, PortRef } from '../model/ingress.ts';
import type { ValuePath } from '../model/origin.ts';
import { isServiceName } from './names.ts';
import { readPort } from './read-port.ts';
import { fieldName, type Fields, type Reading } from './reading.ts';
import { specCodes as codes } from './spec-codes.ts';

const serviceFields = new Set(['name', 'port']);
const portFields = new Set(['name', 'number']);
const backendFields = new Set(['service', 'resource', 'serviceName', 'servicePort']);

const has = (fields: Fields, ...names: readonly string[]): boolean => names.some((name) => fields[name] !== undefined && fields[name] !== null);

function readServiceName(reading: Reading, value: unknown, path: ValuePath): string | undefined {
  const name = reading.finalText(value, path);
  if (name === undefined || isServiceName(name)) return name;
  reading.refuse(raise(codes, 'input/invalid-service-name', reading.about(path), { field: fieldName(path), value: name }));
  return undefined;
}

function service(reading: Reading, name: unknown, namePath: ValuePath, port: () => PortRef | undefined, path: ValuePath): IngressBackend | undefined {
  const text = readServiceName(reading, name, namePath);
  if (text !== undefined) return { kind: 'service', service: text, port: port(), origin: reading.origin(path) };
  if (name === undefined || name === null) noBackend(reading, path);
  return undefined;
}

function noBackend(reading: Reading, path: ValuePath): void {
  reading.refuse(raise(codes, 'input/no-backend', reading.about(path), { field: fieldName(path) }));
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
    if (has(ports, 'number') && has(ports, 'name') && ports['name'] !== '') {
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
  if (value === undefined || value === null) noBackend(reading, path);
  if (backend === undefined) return undefined;
  reading.known(backend, path, backendFields);
  if (has(backend, 'resource')) return readResource(reading, backend, path);
  const { apiVersion } = reading.ref;
  const modern = apiVersion === 'networking.k8s.io/v1';
  const isNew = has(backend, 'service');
  const isOld = has(backend, 'serviceName', 'servicePort');
  if (isNew && isOld) reading.report(raise(codes, 'input/both-backend-forms', reading.about(path), { apiVersion, field: fieldName(path) }));
  else if (modern ? isOld : isNew) {
    reading.report(raise(codes, 'input/mixed-generations', reading.about(path), { apiVersion, field: modern ? 'serviceName and servicePort' : 'service' }));
  }
  if (isNew && (modern || !isOld)) return readNew(reading, backend, path);
  if (isOld) return readOld(reading, backend, path);
  noBackend(reading, path);
  return undefined;
}
