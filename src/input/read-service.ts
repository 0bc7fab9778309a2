import type { Service, ServicePort } from '../model/inventory.ts';
import type { RawObject, ReadContext } from './read-metadata.ts';
import { refOf } from './read-metadata.ts';
import { isFields, scalarText, type Fields } from './reading.ts';

/** Objects beside the Ingresses are read leniently: what is not usable in them counts as absent, and whoever needs it says so. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (scalarText(value) ?? '');
}

/** One for all: thousands of Services have no annotations. */
const none: ReadonlyMap<string, string> = new Map();

export function textMap(value: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(fieldsOf(value)).filter(([, text]) => typeof text === 'string' || scalarText(text) !== undefined);
  return entries.length === 0 ? none : new Map(entries.map(([key, text]) => [key, textOf(text)]));
}

function readServicePort(value: unknown): readonly ServicePort[] {
  const fields = fieldsOf(value);
  const { port, targetPort } = fields;
  if (typeof port !== 'number') return [];
  const target = typeof targetPort === 'number' || typeof targetPort === 'string' ? targetPort : undefined;
  const protocol = textOf(fields['protocol']);
  return [{ name: textOf(fields['name']), port, targetPort: target, appProtocol: textOf(fields['appProtocol']), protocol: protocol === '' ? 'TCP' : protocol }];
}

export function readService(raw: RawObject, context: ReadContext): Service {
  const spec = fieldsOf(raw.fields['spec']);
  const ports: readonly unknown[] = Array.isArray(spec['ports']) ? spec['ports'] : [];
  const type = textOf(spec['type']);
  return {
    ref: refOf(raw, context),
    type: type === '' ? 'ClusterIP' : type,
    externalName: textOf(spec['externalName']),
    ports: ports.flatMap(readServicePort),
    annotations: textMap(fieldsOf(raw.fields['metadata'])['annotations']),
    origin: { source: raw.source, path: [...raw.root, 'metadata', 'name'] },
  };
}
