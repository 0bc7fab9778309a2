import type { ConfigMap, IngressClass, SecretNames } from '../model/inventory.ts';
import type { Origin } from '../model/origin.ts';
import { passwordFormats } from './password-formats.ts';
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

/** Types whose values are no passwords of users: their keys are names enough. */
const hasPasswords = (type: string): boolean => type === '' || type === 'Opaque' || type.includes('htpasswd') || type === 'kubernetes.io/basic-auth';

/** Reads the names of the keys, and how passwords are kept; values go nowhere. */
export function readSecret(raw: RawObject, context: ReadContext): SecretNames {
  const type = textOf(raw.fields['type']);
  const [data, stringData] = [fieldsOf(raw.fields['data']), fieldsOf(raw.fields['stringData'])];
  const keys = new Set([...Object.keys(data), ...Object.keys(stringData)]);
  const formats = hasPasswords(type) && keys.size > 0 ? { formats: passwordFormats(data, stringData) } : {};
  return { ref: refOf(raw, context), type: type === '' ? 'Opaque' : type, keys, ...formats, origin: originOf(raw) };
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
