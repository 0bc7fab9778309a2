import { raise, type Finding } from '../../diagnostics/finding.ts';
import type { ClusterInput, SourceItem } from '../define.ts';
import type { Fields } from '../reading.ts';
import { bundleItems } from './bundle-findings.ts';
import { clusterCodes as codes } from './codes.ts';
import { readController } from './controller.ts';
import { fatal } from './answer.ts';
import { gap, placeOf } from './gaps.ts';
import { getOne, type Listed, type Server } from './list.ts';
import { readNamedConfigMaps } from './named-config-maps.ts';
import { nameOf } from './names.ts';
import { ClusterError, type ClusterScope } from './options.ts';
import { readList } from './read-list.ts';
import type { Reading } from './reading.ts';
import { resources, type ResourceType } from './resources.ts';

const failure = (finding: Finding): SourceItem => ({ kind: 'failure', finding });

function readNamed(listed: Listed, namespace: string, name: string): readonly Finding[] {
  if (listed.problem === undefined) return [];
  if (listed.problem.kind === 'not-found') return [raise(codes, 'cluster/not-found', {}, { name, namespace })];
  return [gap(resources.ingresses, namespace, listed.problem)];
}

/** @throws ClusterError when the server does not answer the first question at all */
async function readIngresses({ server, scope }: ClusterInput): Promise<Reading> {
  const { namespace, names } = scope;
  const type = resources.ingresses;
  if (names.length === 0) {
    const options = { namespace: namespaceOf(scope), labelSelector: scope.selector, fieldSelector: scope.fieldSelector };
    return await readList(server, type, options, (problem) => {
      if (fatal(problem)) throw new ClusterError(problem.message);
      // What the server does not understand is what the user wrote.
      if (problem.kind === 'invalid' && (scope.selector ?? scope.fieldSelector) !== undefined) throw new ClusterError(problem.message, true);
    });
  }
  const read = await Promise.all(names.map(async (name) => ({ name, listed: await getOne(server, type, namespace, name) })));
  const [first] = read;
  if (first?.listed.problem !== undefined && fatal(first.listed.problem)) throw new ClusterError(first.listed.problem.message);
  return { type, objects: read.flatMap(({ listed }) => listed.objects), gaps: read.flatMap(({ name, listed }) => readNamed(listed, namespace, name)) };
}

function namespaceOf({ allNamespaces, namespace }: ClusterScope): string | undefined {
  return allNamespaces ? undefined : namespace;
}

async function readNamespaces(server: Server, scope: ClusterScope): Promise<Reading> {
  const type = resources.namespaces;
  if (scope.allNamespaces) return await readList(server, type);
  const { objects, problem } = await getOne(server, type, undefined, scope.namespace);
  return { type, objects, gaps: problem === undefined || problem.kind === 'not-found' ? [] : [gap(type, undefined, problem)] };
}

/** An empty list is an answer, but rarely the one that was hoped for. */
function noteOf({ objects, gaps, type }: Reading, scope: ClusterScope): readonly SourceItem[] {
  if (objects.length > 0 || gaps.length > 0) return [];
  const selected = [scope.selector, scope.fieldSelector].filter((text) => text !== undefined).map((text) => ` with ${text}`).join('');
  return [{ kind: 'note', finding: raise(codes, 'cluster/no-ingress', {}, { where: `${placeOf(type, namespaceOf(scope))}${selected}` }) }];
}

/** The file name that stands for an object of a cluster. */
function placeIn(context: string, { plural }: ResourceType, object: Fields): string {
  const { namespace, name } = nameOf(object);
  return [context === '' ? 'cluster' : context, ...(namespace === '' ? [] : [namespace]), plural, name].join('/');
}

function itemsOf(context: string, { type, objects, gaps, complete = [] }: Reading): readonly SourceItem[] {
  const { kind } = type;
  return [
    { kind: 'objects', objects: objects.map((value) => ({ file: placeIn(context, type, value), value })) },
    ...gaps.map(failure),
    ...(kind === 'Service' || kind === 'Secret' ? complete.map((namespace): SourceItem => ({ kind: 'complete', of: kind, namespace })) : []),
  ];
}

/**
 * Everything in a cluster that says what ingress-nginx serves. What may not or cannot be read becomes a failure, and the rest is there.
 * @throws ClusterError when the server cannot be used at all
 */
export async function* readCluster(input: ClusterInput): AsyncGenerator<SourceItem> {
  const { server, scope, context } = input;
  const namespace = namespaceOf(scope);
  const ingresses = await readIngresses(input);
  const rest = await Promise.all([
    readList(server, resources.ingressClasses),
    readList(server, resources.services, { namespace }),
    readNamespaces(server, scope),
    ...(scope.secrets ? [readList(server, resources.secrets, { namespace, metadataOnly: true })] : []),
    readNamedConfigMaps(server, ingresses.objects),
  ]);
  const controller = input.controller ? await readController(server) : undefined;
  for (const reading of [ingresses, ...rest, ...(controller?.readings ?? [])]) yield* itemsOf(context, reading);
  yield* noteOf(ingresses, scope);
  if (controller?.note !== undefined) yield { kind: 'note', finding: controller.note };
  yield* bundleItems(input);
}
