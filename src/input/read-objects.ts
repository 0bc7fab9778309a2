import type { ConfigMap, IngressClass, SecretNames } from '../model/inventory.ts';
import type { Origin } from '../model/origin.ts';
import { refOf, type RawObject, type ReadContext } from './read-metadata.ts';
import { fieldsOf, textMap, textOf } from './read-service.ts';

const originOf = (raw: RawObject): Origin => ({ source: raw.source, path: [...raw.root, 'metadata', 'name'] });

export function readIngressClass(raw: RawObject): IngressClass {
  const metadata = fieldsOf(raw.fields['metadata']);
  const annotations = fieldsOf(metadata['annotations']);
  const spec = fieldsOf(raw.fields['spec']);
  const parameters = fieldsOf(spec['parameters']);
  return {
    name: textOf(metadata['name']),
    controller: textOf(spec['controller']),
    isDefault: textOf(annotations['ingressclass.kubernetes.io/is-default-class']) === 'true',
    parameters: [textOf(parameters['kind']), textOf(parameters['name'])].filter((part) => part !== '').join(' '),
    origin: originOf(raw),
  };
}

/** Reads the names of the keys alone; the values are never looked at. */
export function readSecret(raw: RawObject, context: ReadContext): SecretNames {
  const type = textOf(raw.fields['type']);
  const keys = [...Object.keys(fieldsOf(raw.fields['data'])), ...Object.keys(fieldsOf(raw.fields['stringData']))];
  return { ref: refOf(raw, context), type: type === '' ? 'Opaque' : type, keys: new Set(keys), origin: originOf(raw) };
}

export function readConfigMap(raw: RawObject, context: ReadContext): ConfigMap {
  return { ref: refOf(raw, context), data: textMap(raw.fields['data']), origin: originOf(raw) };
}

export interface NamespaceLabels {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

export function readNamespace(raw: RawObject): NamespaceLabels {
  const metadata = fieldsOf(raw.fields['metadata']);
  const name = textOf(metadata['name']);
  // The API server sets this label on every namespace (https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#automatic-labelling).
  return { name, labels: new Map([...textMap(metadata['labels']), ['kubernetes.io/metadata.name', name]]) };
}
