import { isFields, isList, type Fields } from '../reading.ts';
import type { Answer, Problem } from './answer.ts';
import type { ApiRequest } from './api-server.ts';
import { apiVersionOf, pathOf, type ResourceType } from './resources.ts';

/** What lists need of an API server. */
export interface Server {
  readonly send: (request: ApiRequest) => Promise<Answer>;
}

export interface ListOptions {
  /** undefined: all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Names, labels and annotations alone: the server then sends nothing else, no contents of Secrets above all. */
  readonly metadataOnly?: boolean;
  /** What the controllers say about it as well. */
  readonly status?: boolean;
}

/** Objects of one kind. With a `problem` they are those of the pages before it, and there may be more. */
export interface Listed {
  readonly objects: readonly Fields[];
  readonly problem: Problem | undefined;
}

/** As kubectl's --chunk-size. */
const pageSize = 500;

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables, and metadata fetches of the same page. */
const metadataList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const metadataObject = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** Whose manager wrote which field says nothing here, and is half of many objects. */
function withoutManagers(metadata: unknown): unknown {
  if (!isFields(metadata) || metadata['managedFields'] === undefined) return metadata;
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== 'managedFields'));
}

/**
 * Items of a list come without their own kind, and metadata comes with another one. Only what is needed is kept: a page that was read is
 * garbage, and memory grows with what the objects say, not with what the server sends.
 */
function asObject(type: ResourceType, item: Fields, status = false): Fields {
  const { status: said, ...rest } = item;
  return { ...rest, ...(status && said !== undefined ? { status: said } : {}), apiVersion: apiVersionOf(type), kind: type.kind, metadata: withoutManagers(item['metadata']) };
}

function pathOfPage(type: ResourceType, options: ListOptions, limit: number | undefined, token: string): string {
  const query = new URLSearchParams();
  if (limit !== undefined) query.set('limit', String(limit));
  if (token !== '') query.set('continue', token);
  if (options.labelSelector !== undefined) query.set('labelSelector', options.labelSelector);
  if (options.fieldSelector !== undefined) query.set('fieldSelector', options.fieldSelector);
  const text = query.toString();
  return `${pathOf(type, options.namespace)}${text === '' ? '' : `?${text}`}`;
}

async function readPages(server: Server, type: ResourceType, options: ListOptions, limit: number | undefined): Promise<Listed> {
  const objects: Fields[] = [];
  const accept = options.metadataOnly === true ? metadataList : 'application/json';
  for (let token = ''; ; ) {
    const answer = await server.send({ path: pathOfPage(type, options, limit, token), accept });
    if (!answer.ok) return { objects, problem: answer.problem };
    const list: Fields = isFields(answer.value) ? answer.value : {};
    // A list of metadata that is empty has `items: null`.
    const items = list['items'] ?? [];
    if (!isList(items) || list['metadata'] === undefined) return { objects, problem: { kind: 'server', message: 'the answer is no list', passing: false } };
    for (const item of items) if (isFields(item)) objects.push(asObject(type, item, options.status));
    const metadata = isFields(list['metadata']) ? list['metadata'] : {};
    const next = metadata['continue'];
    if (typeof next !== 'string' || next === '') return { objects, problem: undefined };
    // A server that answers with the same page for ever.
    if (next === token) return { objects, problem: { kind: 'server', message: 'the list does not come to an end', passing: false } };
    token = next;
  }
}

/**
 * Lists a kind page by page. When the server no longer knows the state that the first page showed (410), the list starts again and is asked
 * for whole, as client-go's pager does: there is no page left that could expire.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
export async function listAll(server: Server, type: ResourceType, options: ListOptions = {}): Promise<Listed> {
  const paged = await readPages(server, type, options, pageSize);
  if (paged.problem?.kind !== 'expired') return paged;
  const whole = await readPages(server, type, options, undefined);
  return whole.problem === undefined ? whole : { objects: paged.objects, problem: whole.problem };
}

/** One object by its name. */
export async function getOne(server: Server, type: ResourceType, namespace: string | undefined, name: string, metadataOnly = false): Promise<Listed> {
  const answer = await server.send({ path: pathOf(type, namespace, name), accept: metadataOnly ? metadataObject : 'application/json' });
  if (!answer.ok) return { objects: [], problem: answer.problem };
  return isFields(answer.value) ? { objects: [asObject(type, answer.value)], problem: undefined } : { objects: [], problem: { kind: 'server', message: 'the answer is no object', passing: false } };
}
