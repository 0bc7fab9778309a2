import { raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress, IngressBackend } from '../model/ingress.ts';
import type { ObjectRef } from '../model/object.ts';
import { objectCodes as codes } from './object-codes.ts';
import { readBackend } from './read-backend.ts';
import { nameProblem, readAnnotations, readCreation, readLabels, refOf, type RawObject, type ReadContext } from './read-metadata.ts';
import { readRules, readTls } from './read-rules.ts';
import { Reading, type Fields } from './reading.ts';
import { specCodes } from './spec-codes.ts';

const specFields = new Set(['ingressClassName', 'defaultBackend', 'backend', 'rules', 'tls']);
const objectFields = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);

export interface IngressRead {
  /** Undefined when the object cannot be converted at all: a finding says why. */
  readonly ingress: Ingress | undefined;
  readonly ref: ObjectRef;
  /** Some of it was left out. */
  readonly incomplete: boolean;
  readonly findings: readonly Finding[];
}

function readDefaultBackend(reading: Reading, spec: Fields): IngressBackend | undefined {
  const modern = reading.ref.apiVersion === 'networking.k8s.io/v1';
  const own = modern ? 'defaultBackend' : 'backend';
  const other = modern ? 'backend' : 'defaultBackend';
  const stated = (name: string): boolean => spec[name] !== undefined && spec[name] !== null;
  if (stated(own)) return readBackend(reading, spec[own], ['spec', own]);
  if (!stated(other)) return undefined;
  const { apiVersion } = reading.ref;
  reading.report(raise(specCodes, 'input/mixed-generations', reading.about(['spec', other]), { apiVersion, field: `spec.${other}` }));
  return readBackend(reading, spec[other], ['spec', other]);
}

function readSpec(reading: Reading, metadata: Fields, spec: Fields): Ingress | undefined {
  const annotations = readAnnotations(reading, metadata);
  if (annotations === undefined) return undefined;
  reading.known(spec, ['spec'], specFields);
  return {
    ref: reading.ref,
    source: reading.source,
    root: reading.root,
    createdAtMs: readCreation(reading, metadata),
    labels: readLabels(reading, metadata),
    annotations,
    className: reading.text(spec['ingressClassName'], ['spec', 'ingressClassName']),
    defaultBackend: readDefaultBackend(reading, spec),
    rules: readRules(reading, spec['rules']),
    tls: readTls(reading, spec['tls']),
  };
}

/** Reads an Ingress of any API version. Never throws, whatever the fields hold. */
export function readIngress(raw: RawObject, context: ReadContext): IngressRead {
  const ref = refOf(raw, context);
  const reading = new Reading(raw.source, raw.root, ref);
  const { fields } = raw;
  const read = (ingress: Ingress | undefined): IngressRead => ({
    ingress,
    ref,
    incomplete: ingress === undefined || reading.incomplete,
    findings: reading.findings,
  });
  if (raw.apiVersion === '') reading.report(raise(codes, 'input/no-api-version', reading.about([]), {}));
  reading.known(fields, [], objectFields);
  const metadata = reading.map(fields['metadata'], ['metadata']) ?? {};
  const problem = nameProblem(reading, metadata);
  if (problem !== undefined) {
    reading.report(problem);
    return read(undefined);
  }
  const spec = reading.map(fields['spec'], ['spec']);
  if (spec === undefined) {
    if (!reading.incomplete) reading.report(raise(codes, 'input/partial-object', reading.about([]), { name: `Ingress ${ref.name}` }));
    return read(undefined);
  }
  return read(readSpec(reading, metadata, spec));
}
