import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as a controller is given it. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

interface Document {
  readonly kind?: string;
  readonly items?: readonly KubernetesObject[];
}

/** The objects of a YAML file, Lists taken apart. */
export function objectsOf(file: string): readonly KubernetesObject[] {
  const objects: KubernetesObject[] = [];
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const value: unknown = document.toJS();
    if (typeof value !== 'object' || value === null) continue;
    const { kind, items = [] } = value as Document;
    objects.push(...(kind === 'List' ? items : [value as KubernetesObject]));
  }
  return objects;
}
