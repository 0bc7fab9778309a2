import type { Finding } from '../diagnostics/finding.ts';
import { ingressOrigin, type Ingress } from '../model/ingress.ts';
import type { Index, IngressClass, Inventory, UnreadDocument } from '../model/inventory.ts';
import { compareText, objectKey, type ObjectKey, type ObjectRef } from '../model/object.ts';
import type { Origin } from '../model/origin.ts';
import { Collection, collectDocument, collectObject } from './collect.ts';
import type { SourceItem } from './define.ts';
import { annotationsOf, chooseOne, duplicateFinding } from './duplicates.ts';
import { readIngress } from './read-ingress.ts';
import type { RawObject, ReadContext } from './read-metadata.ts';
import { readConfigMap, readIngressClass, readNamespace, readSecret } from './read-objects.ts';
import { readService } from './read-service.ts';
import { readWorkload } from './read-workload.ts';
import { isFields } from './reading.ts';
import { InputFile } from './source.ts';
import { splitDocuments } from './split.ts';

export interface InventoryOptions {
  /** Namespace of objects that state none. Default: `default`. */
  readonly namespace?: string | undefined;
}

export interface InventoryRead {
  readonly value: Inventory;
  readonly findings: readonly Finding[];
}

interface IngressesRead {
  readonly ingresses: readonly Ingress[];
  readonly unread: readonly UnreadDocument[];
  readonly incomplete: number;
  readonly findings: readonly Finding[];
}

function grouped<T>(values: readonly T[], key: (value: T) => ObjectKey): ReadonlyMap<ObjectKey, readonly T[]> {
  const groups = new Map<ObjectKey, T[]>();
  for (const value of values) {
    const name = key(value);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return new Map([...groups].sort(([a], [b]) => compareText(a, b)));
}

function readIngresses(objects: readonly RawObject[], context: ReadContext): IngressesRead {
  const read: Ingress[] = [];
  const unread: UnreadDocument[] = [];
  const findings: Finding[] = [];
  let incomplete = 0;
  for (const raw of objects) {
    const result = readIngress(raw, context);
    findings.push(...result.findings);
    if (result.incomplete) incomplete += 1;
    if (result.ingress === undefined) unread.push({ ref: result.ref, origin: { source: raw.source, path: [...raw.root, 'metadata', 'name'] } });
    else read.push(result.ingress);
  }
  const ingresses: Ingress[] = [];
  for (const same of grouped(read, ({ ref }) => objectKey(ref.namespace, ref.name)).values()) {
    const chosen = chooseOne(same, annotationsOf);
    if (chosen === undefined) continue;
    ingresses.push(chosen.value);
    const finding = duplicateFinding(chosen, (ingress) => ({ ref: ingress.ref, origin: ingressOrigin(ingress) }));
    if (finding !== undefined) findings.push(finding);
    unread.push(...chosen.left.map((ingress) => ({ ref: ingress.ref, origin: ingressOrigin(ingress) })));
  }
  return { ingresses, unread, incomplete, findings };
}

const nowhere: ReadonlySet<string | undefined> = new Set();

function indexOf<T extends { readonly ref: ObjectRef; readonly origin: Origin }>(objects: readonly T[], findings: Finding[], complete: ReadonlySet<string | undefined> = nowhere): Index<T> {
  const index = new Map<ObjectKey, T>();
  for (const [key, same] of grouped(objects, ({ ref }) => objectKey(ref.namespace, ref.name))) {
    const chosen = chooseOne(same, () => 0);
    if (chosen === undefined) continue;
    index.set(key, chosen.value);
    const finding = duplicateFinding(chosen, (value) => value);
    if (finding !== undefined) findings.push(finding);
  }
  const keys = [...index.keys()];
  const isAbsent = (key: ObjectKey): boolean => !index.has(key) && (complete.has(undefined) || complete.has(key.slice(0, key.indexOf('/'))));
  return { get: (key) => index.get(key), keys: () => keys, isAbsent };
}

function statesNamespace(raw: RawObject): boolean {
  const { metadata } = raw.fields;
  return isFields(metadata) && typeof metadata['namespace'] === 'string' && metadata['namespace'] !== '';
}

function readClasses(objects: readonly RawObject[]): ReadonlyMap<string, IngressClass> {
  const classes = objects.map(readIngressClass).filter(({ name }) => name !== '');
  const groups = grouped(classes, ({ name }) => objectKey('', name));
  const chosen = [...groups.values()].map((same) => chooseOne(same, () => 0)?.value).filter((value) => value !== undefined);
  return new Map(chosen.map((value) => [value.name, value]));
}

function inventoryOf(collection: Collection, options: InventoryOptions): InventoryRead {
  const context: ReadContext = { defaultNamespace: options.namespace ?? 'default' };
  const { objects } = collection;
  const findings: Finding[] = [...collection.findings];
  const ingresses = readIngresses(objects.Ingress, context);
  findings.push(...ingresses.findings);
  const broken = collection.broken.map((source): UnreadDocument => ({ ref: undefined, origin: { source, path: [] } }));
  const value: Inventory = {
    ingresses: ingresses.ingresses,
    ingressClasses: readClasses(objects.IngressClass),
    services: indexOf(objects.Service.map((raw) => readService(raw, context)), findings, collection.complete.Service),
    secrets: indexOf(objects.Secret.map((raw) => readSecret(raw, context)), findings, collection.complete.Secret),
    configMaps: indexOf(objects.ConfigMap.map((raw) => readConfigMap(raw, context)), findings),
    controllers: [...objects.Deployment, ...objects.DaemonSet]
      .flatMap((raw) => readWorkload(raw, context))
      .sort((a, b) => compareText(a.ref.namespace, b.ref.namespace) || compareText(a.ref.name, b.ref.name) || compareText(a.flags.join('\n'), b.flags.join('\n'))),
    namespaces: new Map(objects.Namespace.map(readNamespace).sort((a, b) => compareText(a.name, b.name)).map(({ name, labels }) => [name, labels])),
    namespaceStated: options.namespace !== undefined || objects.Ingress.some(statesNamespace),
    counts: { documents: collection.documents, unrelated: collection.unrelated, unreadable: collection.unreadable + ingresses.incomplete },
    unread: [...broken, ...ingresses.unread],
  };
  return { value, findings };
}

/**
 * Reads everything the inputs hold into one inventory. Nothing that stands in an input makes it throw: what cannot be
 * read becomes a finding and the rest is there. The inventory does not depend on the order of files and documents.
 */
export async function readInventory(items: AsyncIterable<SourceItem> | Iterable<SourceItem>, options: InventoryOptions): Promise<InventoryRead> {
  const collection = new Collection();
  for await (const item of items) {
    if (item.kind === 'text') for (const document of splitDocuments(new InputFile(item.file, item.text, item.stream))) await collectDocument(collection, document);
    else if (item.kind === 'objects') for (const { file, value } of item.objects) collectObject(collection, file, value);
    else if (item.kind === 'complete') collection.complete[item.of].add(item.namespace);
    else collection.findings.push(item.finding);
    if (item.kind === 'failure') collection.unreadable += 1;
  }
  return inventoryOf(collection, options);
}
