import type { ObjectRef } from './object.ts';
import type { Origin, Source, ValuePath } from './origin.ts';

/** pathType after the controller's own defaulting: nil and ImplementationSpecific act as Prefix, but are kept apart for reports. */
export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

export type PortRef =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'name'; readonly name: string };

export type IngressBackend =
  | { readonly kind: 'service'; readonly service: string; readonly port: PortRef | undefined; readonly origin: Origin }
  | { readonly kind: 'resource'; readonly description: string; readonly origin: Origin };

export interface IngressPath {
  /** Text as written; '' and an absent path are '/'. */
  readonly path: string;
  readonly pathType: PathType;
  readonly backend: IngressBackend;
  readonly origin: Origin;
}

export interface IngressRule {
  /** Lower-cased, without a trailing dot; '' when the rule names no host. */
  readonly host: string;
  readonly paths: readonly IngressPath[];
  readonly origin: Origin;
}

export interface IngressTls {
  readonly hosts: readonly string[];
  /** '' when absent: the controller's default certificate. */
  readonly secretName: string;
  readonly origin: Origin;
}

/** An Ingress of any API version in one shape. Immutable. */
export interface Ingress {
  readonly ref: ObjectRef;
  readonly source: Source;
  /** Path of the object in its document: [] or ['items', n] in a List. */
  readonly root: ValuePath;
  /** metadata.creationTimestamp in milliseconds since the epoch, if stated. */
  readonly createdAtMs: number | undefined;
  /** The creation time is the user's assumption (--assume-order) and its value means nothing beyond the order. */
  readonly orderAssumed?: boolean;
  readonly labels: ReadonlyMap<string, string>;
  /** Whole keys. Only strings: other types are findings, as the API server would refuse them. */
  readonly annotations: ReadonlyMap<string, string>;
  readonly className: string | undefined;
  readonly defaultBackend: IngressBackend | undefined;
  readonly rules: readonly IngressRule[];
  readonly tls: readonly IngressTls[];
}

/** Place of an annotation (or of the annotations map, without a key). */
export function annotationOrigin(ingress: Ingress, key?: string): Origin {
  const base = [...ingress.root, 'metadata', 'annotations'];
  return { source: ingress.source, path: key === undefined ? base : [...base, key] };
}

/** Place of a line of an annotation's text, from 1: a number below a text counts its lines. */
export function annotationLineOrigin(ingress: Ingress, key: string, line: number): Origin {
  const { source, path } = annotationOrigin(ingress, key);
  return { source, path: [...path, line] };
}

export function ingressOrigin(ingress: Ingress): Origin {
  return { source: ingress.source, path: [...ingress.root, 'metadata', 'name'] };
}
