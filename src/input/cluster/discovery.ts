import { isFields, isList } from '../reading.ts';
import type { Problem } from './answer.ts';
import type { Server } from './list.ts';
import type { ResourceType } from './resources.ts';

export interface Served {
  /** Each kind once, in the version that the server prefers. */
  readonly types: readonly ResourceType[];
  readonly problem: Problem | undefined;
}

function typesOf(group: string, version: string, list: unknown): readonly ResourceType[] {
  const all = isFields(list) && isList(list['resources']) ? list['resources'].filter(isFields) : [];
  return all.flatMap(({ name, kind, namespaced, verbs }): readonly ResourceType[] => {
    // `httproutes/status` is a part of an object.
    if (typeof name !== 'string' || typeof kind !== 'string' || name.includes('/')) return [];
    return isList(verbs) && verbs.includes('list') ? [{ group, version, plural: name, kind, namespaced: namespaced === true }] : [];
  });
}

function versionsOf(group: unknown): readonly string[] {
  const versions = isFields(group) && isList(group['versions']) ? group['versions'].filter(isFields) : [];
  return versions.map(({ version }) => version).filter((version) => typeof version === 'string');
}

/** The kinds of an API group that the server has; none when it does not have the group. Everybody who is logged in may ask this. */
export async function servedResources(server: Server, group: string): Promise<Served> {
  const found = await server.send({ path: `/apis/${group}` });
  if (!found.ok) return { types: [], problem: found.problem.kind === 'not-found' ? undefined : found.problem };
  const types = new Map<string, ResourceType>();
  let problem: Problem | undefined;
  for (const version of versionsOf(found.value)) {
    const answer = await server.send({ path: `/apis/${group}/${version}` });
    if (!answer.ok) {
      problem ??= answer.problem;
      continue;
    }
    for (const type of typesOf(group, version, answer.value)) if (!types.has(type.kind)) types.set(type.kind, type);
  }
  return { types: [...types.values()], problem };
}
