import type { Ingress } from './ingress.ts';
import type { ObjectKey, ObjectRef } from './object.ts';
import type { Origin } from './origin.ts';

export interface IngressClass {
  readonly name: string;
  readonly controller: string;
  /** annotation ingressclass.kubernetes.io/is-default-class. */
  readonly isDefault: boolean;
  /** spec.parameters as `Kind name`; '' without. */
  readonly parameters: string;
  readonly origin: Origin;
}

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string | undefined;
  readonly appProtocol: string;
  readonly protocol: string;
}

export interface Service {
  readonly ref: ObjectRef;
  readonly type: string;
  readonly externalName: string;
  readonly ports: readonly ServicePort[];
  readonly annotations: ReadonlyMap<string, string>;
  readonly origin: Origin;
}

/** How a password is kept; `plain` is the {PLAIN} of nginx. */
export type PasswordFormat = 'apr1' | 'bcrypt' | 'crypt' | 'plain' | 'SHA' | 'SSHA';

/** Of a Secret only its name, type, the names of its keys, and the kinds of hashes in it are ever kept: no value, nor a part of one. */
export interface SecretNames {
  readonly ref: ObjectRef;
  readonly type: string;
  readonly keys: ReadonlySet<string>;
  /** By key, where the Secret was given with its data and may hold passwords. */
  readonly formats?: ReadonlyMap<string, readonly PasswordFormat[]>;
  readonly origin: Origin;
}

/** A Deployment or DaemonSet of the controller. */
export interface ControllerWorkload {
  readonly ref: ObjectRef;
  /** As written, with the namespace of the pod filled in. */
  readonly flags: readonly string[];
  readonly origin: Origin;
}

/** Of a ConfigMap its keys; values only for the controller's own ConfigMap and for maps an annotation names (custom-headers). */
export interface ConfigMap {
  readonly ref: ObjectRef;
  readonly data: ReadonlyMap<string, string>;
  readonly origin: Origin;
}

/** A look-up that is lazy where the documents are: a Service nobody refers to is never parsed. */
export interface Index<T> {
  readonly get: (key: ObjectKey) => T | undefined;
  readonly keys: () => readonly ObjectKey[];
  /** Known not to exist: a cluster listed the kind in its namespace, whole, and it was not there. Never true of files, which need not hold everything. */
  readonly isAbsent: (key: ObjectKey) => boolean;
}

/** Documents that did not become part of the inventory, for the summary. */
export interface UnreadDocument {
  readonly ref: ObjectRef | undefined;
  readonly origin: Origin;
}

/** Everything the input holds. Immutable; independent of the order of files and documents. */
export interface Inventory {
  /** In input-independent order: namespace, then name. */
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: ReadonlyMap<string, IngressClass>;
  readonly services: Index<Service>;
  readonly secrets: Index<SecretNames>;
  readonly configMaps: Index<ConfigMap>;
  /** Workloads that run ingress-nginx, by namespace and name. */
  readonly controllers: readonly ControllerWorkload[];
  /** Labels of Namespace objects, by name. */
  readonly namespaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** False when no Ingress states a namespace and the user gave none: the output then states none either. */
  readonly namespaceStated: boolean;
  readonly counts: { readonly documents: number; readonly unrelated: number; readonly unreadable: number };
  /** Ingress documents that could not be read at all: each has a finding. */
  readonly unread: readonly UnreadDocument[];
}
