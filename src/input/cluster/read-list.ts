import type { Problem } from './answer.ts';
import { gap, gapOfNamespaces } from './gaps.ts';
import { listAll, type Listed, type ListOptions, type Server } from './list.ts';
import { nameOf } from './names.ts';
import type { Reading } from './reading.ts';
import { resources, type ResourceType } from './resources.ts';

function readingOf(type: ResourceType, namespace: string | undefined, { objects, problem }: Listed): Reading {
  return problem === undefined ? { type, objects, gaps: [], complete: [namespace] } : { type, objects, gaps: [gap(type, namespace, problem, objects.length)] };
}

/** Namespace by namespace; undefined where that gives no more than the one list did. */
async function readEach(server: Server, type: ResourceType, options: ListOptions): Promise<Reading | undefined> {
  const namespaces = (await listAll(server, resources.namespaces)).objects.map((object) => nameOf(object).name);
  const lists = await Promise.all(namespaces.map(async (namespace) => ({ namespace, ...(await listAll(server, type, { ...options, namespace })) })));
  const refused = lists.filter(({ problem }) => problem?.kind === 'forbidden');
  if (refused.length === lists.length) return undefined;
  const others = lists.filter(({ problem }) => problem !== undefined && problem.kind !== 'forbidden');
  return {
    type,
    objects: lists.flatMap(({ objects }) => objects),
    gaps: [...gapOfNamespaces(type, refused), ...others.flatMap(({ namespace, ...listed }) => readingOf(type, namespace, listed).gaps)],
    complete: lists.filter(({ problem }) => problem === undefined).map(({ namespace }) => namespace),
  };
}

/**
 * Lists a kind. Who may not list it in all namespaces at once gets those that may be listed one by one, if the namespaces are known.
 * `onNothing` is told of a problem that leaves no object at all, and may throw.
 */
export async function readList(server: Server, type: ResourceType, options: ListOptions = {}, onNothing?: (problem: Problem) => void): Promise<Reading> {
  const listed = await listAll(server, type, options);
  if (listed.problem !== undefined && listed.objects.length === 0) onNothing?.(listed.problem);
  const each = listed.problem?.kind === 'forbidden' && type.namespaced && options.namespace === undefined ? await readEach(server, type, options) : undefined;
  return each ?? readingOf(type, options.namespace, listed);
}
