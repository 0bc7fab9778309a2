import { raise } from '../diagnostics/finding.ts';
import type { IngressPath, IngressRule, IngressTls, PathType } from '../model/ingress.ts';
import type { ValuePath } from '../model/origin.ts';
import { readHost } from './host.ts';
import { isObjectName } from './names.ts';
import { readBackend } from './read-backend.ts';
import { fieldName, type Reading } from './reading.ts';
import { specCodes as codes } from './spec-codes.ts';

const pathFields = new Set(['path', 'pathType', 'backend']);
const ruleFields = new Set(['host', 'http']);
const httpFields = new Set(['paths']);
const tlsFields = new Set(['hosts', 'secretName']);
const pathTypes: readonly PathType[] = ['Exact', 'Prefix', 'ImplementationSpecific'];

/** Undefined when the host cannot be used: a finding says so. `''` when none is named. */
function hostAt(reading: Reading, value: unknown, path: ValuePath): string | undefined {
  if (value === undefined || value === null || value === '') return '';
  const text = reading.finalText(value, path);
  if (text === undefined) return undefined;
  const host = readHost(text);
  if (!host.ok) {
    reading.refuse(raise(codes, 'input/invalid-host', reading.about(path), { host: text, field: fieldName(path), reason: host.reason }));
    return undefined;
  }
  if (host.host !== text) reading.report(raise(codes, 'input/host-adjusted', reading.about(path), { host: text, adjusted: host.host }));
  return host.host;
}

function readPathType(reading: Reading, value: unknown, at: ValuePath, path: string): PathType {
  const text = reading.text(value, [...at, 'pathType']);
  if (text === undefined) {
    if (reading.ref.apiVersion === 'networking.k8s.io/v1') reading.report(raise(codes, 'input/missing-path-type', reading.about(at), { path }));
    return 'ImplementationSpecific';
  }
  const exact = pathTypes.find((type) => type === text);
  if (exact !== undefined) return exact;
  const adjusted = pathTypes.find((type) => type.toLowerCase() === text.trim().toLowerCase()) ?? 'ImplementationSpecific';
  reading.report(raise(codes, 'input/unknown-path-type', reading.about([...at, 'pathType']), { value: text, adjusted }));
  return adjusted;
}

function readPath(reading: Reading, value: unknown, at: ValuePath): IngressPath | undefined {
  const fields = reading.item(value, at);
  if (fields === undefined) return undefined;
  reading.known(fields, at, pathFields);
  const stated = fields['path'];
  const text = reading.finalText(stated, [...at, 'path']);
  // A path that cannot be read is left out; an absent one is the whole host.
  if (text === undefined && stated !== undefined && stated !== null) return undefined;
  const written = text === undefined || text === '' ? '/' : text;
  const path = written.startsWith('/') ? written : `/${written}`;
  if (path !== written) reading.report(raise(codes, 'input/relative-path', reading.about([...at, 'path']), { path: written }));
  const pathType = readPathType(reading, fields['pathType'], at, path);
  const backend = readBackend(reading, fields['backend'], [...at, 'backend']);
  return backend === undefined ? undefined : { path, pathType, backend, origin: reading.origin(at) };
}

function present<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value) => value !== undefined);
}

function readRule(reading: Reading, value: unknown, at: ValuePath): IngressRule | undefined {
  const fields = reading.item(value, at);
  if (fields === undefined) return undefined;
  reading.known(fields, at, ruleFields);
  const host = hostAt(reading, fields['host'], [...at, 'host']);
  if (host === undefined) return undefined;
  const http = reading.map(fields['http'], [...at, 'http']) ?? {};
  reading.known(http, [...at, 'http'], httpFields);
  const listPath = [...at, 'http', 'paths'];
  const paths = present(reading.list(http['paths'], listPath).map((path, index) => readPath(reading, path, [...listPath, index])));
  return { host, paths, origin: reading.origin(at) };
}

export function readRules(reading: Reading, value: unknown): readonly IngressRule[] {
  return present(reading.list(value, ['spec', 'rules']).map((rule, index) => readRule(reading, rule, ['spec', 'rules', index])));
}

function readSecretName(reading: Reading, value: unknown, at: ValuePath): string {
  const name = reading.finalText(value, at);
  if (name === undefined || name === '' || isObjectName(name)) return name ?? '';
  reading.report(raise(codes, 'input/invalid-secret-name', reading.about(at), { field: fieldName(at), value: name }));
  return '';
}

function readTlsEntry(reading: Reading, value: unknown, at: ValuePath): IngressTls | undefined {
  const fields = reading.item(value, at);
  if (fields === undefined) return undefined;
  reading.known(fields, at, tlsFields);
  const hosts = reading.list(fields['hosts'], [...at, 'hosts']).map((host, index) => hostAt(reading, host, [...at, 'hosts', index]));
  const usable = present(hosts).filter((host) => host !== '');
  // An entry whose hosts are all unusable must not become one for every host.
  if (hosts.length > 0 && usable.length === 0) return undefined;
  return { hosts: usable, secretName: readSecretName(reading, fields['secretName'], [...at, 'secretName']), origin: reading.origin(at) };
}

export function readTls(reading: Reading, value: unknown): readonly IngressTls[] {
  return present(reading.list(value, ['spec', 'tls']).map((entry, index) => readTlsEntry(reading, entry, ['spec', 'tls', index])));
}
