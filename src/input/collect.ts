import type { Finding } from '../diagnostics/finding.ts';
import type { Source, ValuePath } from '../model/origin.ts';
import { decodeExactly, decodeQuickly } from './document.ts';
import { inventoryKind, isWorkload, mayMatter, type InventoryKind } from './kinds.ts';
import { peekKind } from './peek.ts';
import { mentionsController } from './read-workload.ts';
import type { RawObject } from './read-metadata.ts';
import { isFields, isList, type Fields } from './reading.ts';
import { wholeSource, type DocumentSource } from './source.ts';

/** Objects by kind, with what went wrong on the way. */
export class Collection {
  readonly objects: Readonly<Record<InventoryKind, RawObject[]>> = { Ingress: [], IngressClass: [], Service: [], Secret: [], ConfigMap: [], Namespace: [], Deployment: [], DaemonSet: [] };
  readonly findings: Finding[] = [];
  /** Ingress documents that are no readable YAML. */
  readonly broken: Source[] = [];
  /** Namespaces in which a kind was listed whole; undefined: in all of them. */
  readonly complete: Readonly<Record<'Service' | 'Secret', Set<string | undefined>>> = { Service: new Set(), Secret: new Set() };
  documents = 0;
  unrelated = 0;
  unreadable = 0;

  /** Adds what a document holds; a list adds its items. */
  add(source: Source, value: unknown, root: ValuePath, fallback?: { readonly apiVersion: string; readonly kind: string }): void {
    if (!isFields(value)) {
      this.unrelated += 1;
      return;
    }
    const apiVersion = stringOr(value['apiVersion'], fallback?.apiVersion ?? '');
    const kind = stringOr(value['kind'], fallback?.kind ?? '');
    if (kind.endsWith('List') && mayMatter(kind)) {
      this.#addItems(source, value, root, apiVersion, kind);
      return;
    }
    const known = inventoryKind(apiVersion, kind);
    if (known === undefined) {
      this.unrelated += 1;
      return;
    }
    this.objects[known].push({ source, root, apiVersion, kind, fields: value });
  }

  /** Items of an `IngressList` may come without their own kind, as the API server sends them. */
  #addItems(source: Source, list: Fields, root: ValuePath, apiVersion: string, kind: string): void {
    const items = list['items'];
    if (!isList(items)) return;
    const fallback = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) };
    items.forEach((item, index) => this.add(source, item, [...root, 'items', index], fallback));
  }
}

function stringOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

const kindLine = /^\s*["']?kind["']?\s*:\s*["']?([A-Za-z]\w*)/mu;

/** Kind of a document that does not parse, as far as its text tells. */
function guessKind(text: string): string | undefined {
  return kindLine.exec(text)?.[1];
}

function addFailure(collection: Collection, document: DocumentSource, failure: Finding): void {
  const kind = guessKind(document.text);
  // A broken Deployment is not this tool's business.
  if (kind !== undefined && (!mayMatter(kind) || isWorkload(kind))) {
    collection.unrelated += 1;
    return;
  }
  collection.unreadable += 1;
  collection.findings.push(failure);
  if (kind === 'Ingress') collection.broken.push(document);
}

/** Decodes one document and adds what it holds to the collection. */
export async function collectDocument(collection: Collection, document: DocumentSource): Promise<void> {
  collection.documents += 1;
  const { text } = document.input;
  const kind = peekKind(text, document.start, document.end);
  if (kind !== undefined && (!mayMatter(kind) || (isWorkload(kind) && !mentionsController(text, document.start, document.end)))) {
    collection.unrelated += 1;
    return;
  }
  const decoded = decodeQuickly(document) ?? (await decodeExactly(document));
  if ('failure' in decoded) {
    addFailure(collection, document, decoded.failure);
    return;
  }
  collection.findings.push(...decoded.findings);
  collection.add(document, decoded.value, []);
}

/** Adds an object that was never text. */
export function collectObject(collection: Collection, file: string, value: Fields): void {
  collection.documents += 1;
  collection.add(wholeSource(file), value, []);
}
