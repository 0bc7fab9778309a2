import { raise, type Finding } from '../../diagnostics/finding.ts';
import type { Problem } from './answer.ts';
import { clusterCodes as codes } from './codes.ts';
import { qualifiedName, type ResourceType } from './resources.ts';

/** Where a list looked, for a sentence. */
export function placeOf(type: ResourceType, namespace: string | undefined): string {
  if (!type.namespaced) return 'in the cluster';
  return namespace === undefined ? 'across all namespaces' : `in namespace ${namespace}`;
}

/** What was not read, as a finding. `count` objects came before the problem. */
export function gap(type: ResourceType, namespace: string | undefined, problem: Problem, count = 0): Finding {
  const resource = qualifiedName(type);
  const where = placeOf(type, namespace);
  const reason = problem.message.replace(/\.$/u, '');
  if (problem.kind === 'forbidden') return raise(codes, 'cluster/forbidden', {}, { resource, where, reason });
  return raise(codes, 'cluster/unread', {}, { resource, where, reason, count: String(count) });
}

const named = 5;

/** Namespaces that may not be read, as one finding. */
export function gapOfNamespaces(type: ResourceType, refused: readonly { readonly namespace: string; readonly problem: Problem | undefined }[]): readonly Finding[] {
  const [first] = refused;
  if (first?.problem === undefined) return [];
  const names = refused.slice(0, named).map(({ namespace }) => namespace).join(', ');
  const more = refused.length > named ? ` and ${refused.length - named} more` : '';
  const where = `in ${refused.length === 1 ? 'namespace' : 'the namespaces'} ${names}${more}`;
  return [raise(codes, 'cluster/forbidden', {}, { resource: qualifiedName(type), where, reason: first.problem.message.replace(/\.$/u, '') })];
}
