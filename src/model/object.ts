/** Names one Kubernetes object. `namespace` is '' for cluster-scoped kinds. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** `namespace/name`, the key of the indexes. */
export type ObjectKey = string & { readonly __brand: 'ObjectKey' };

export function objectKey(namespace: string, name: string): ObjectKey {
  return `${namespace}/${name}` as ObjectKey;
}

/** Stable total order on strings by code unit: locale must never reach the output. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
