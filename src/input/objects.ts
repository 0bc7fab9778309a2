import type { ExistingObject } from '../model/gateway.ts';
import type { SourceItem } from './define.ts';
import { decodeExactly } from './document.ts';
import { InputFile } from './source.ts';
import { splitDocuments } from './split.ts';

interface ReadObjects {
  readonly objects: readonly ExistingObject[];
  /** Inputs and documents that could not be read. */
  readonly unreadable: number;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What has a kind, a name and a spec; spec and status are read by those who look into them, who take nothing in them for granted. */
export function isObject(value: unknown): value is ExistingObject {
  if (!isMap(value) || !isMap(value['metadata']) || !isMap(value['spec'])) return false;
  const { name, namespace } = value['metadata'];
  return typeof value['kind'] === 'string' && typeof value['apiVersion'] === 'string' && typeof name === 'string' && (namespace === undefined || typeof namespace === 'string');
}

function objectsIn(value: unknown): readonly ExistingObject[] {
  if (isMap(value) && typeof value['kind'] === 'string' && value['kind'].endsWith('List') && Array.isArray(value['items'])) return value['items'].flatMap(objectsIn);
  return isObject(value) ? [value] : [];
}

/** Objects of any kind, for routes that exist already. Never throws for what the sources hold. */
export async function readObjects(sources: AsyncIterable<SourceItem> | Iterable<SourceItem>): Promise<ReadObjects> {
  const objects: ExistingObject[] = [];
  let unreadable = 0;
  for await (const item of sources) {
    if (item.kind === 'failure') unreadable += 1;
    if (item.kind === 'objects') objects.push(...item.objects.flatMap(({ value }) => objectsIn(value)));
    if (item.kind !== 'text') continue;
    for (const document of splitDocuments(new InputFile(item.file, item.text))) {
      const decoded = await decodeExactly(document);
      if (decoded.value === undefined) unreadable += 1;
      else objects.push(...objectsIn(decoded.value));
    }
  }
  return { objects, unreadable };
}
