import type { Finding } from '../../diagnostics/finding.ts';
import type { Fields } from '../reading.ts';
import { servedResources } from './discovery.ts';
import { gap } from './gaps.ts';
import { listAll, type Server } from './list.ts';
import type { ResourceType } from './resources.ts';

/** Objects that exist, as the API server holds them: with status, without managedFields. */
export interface Existing {
  readonly objects: readonly Fields[];
  /** Kinds that the server has, whether or not there are objects of them. */
  readonly types: readonly ResourceType[];
  /** What could not be read: nobody may take it as absent. */
  readonly gaps: readonly Finding[];
}

export interface ExistingOptions {
  /** Namespaces to look into; undefined: all of them. */
  readonly namespaces?: readonly string[] | undefined;
  /** API groups besides the Gateway API's own: those of a target's policies. */
  readonly groups?: readonly string[];
}

const gatewayGroup = 'gateway.networking.k8s.io';
const group = (name: string): ResourceType => ({ group: name, version: '', plural: 'APIs', kind: '', namespaced: false });

async function existingOf(server: Server, type: ResourceType, namespaces: ExistingOptions['namespaces']): Promise<{ readonly objects: readonly Fields[]; readonly gaps: readonly Finding[] }> {
  const places = type.namespaced && namespaces !== undefined ? namespaces : [undefined];
  const lists = await Promise.all(places.map(async (namespace) => ({ namespace, ...(await listAll(server, type, { namespace, status: true })) })));
  return {
    objects: lists.flatMap(({ objects }) => objects),
    gaps: lists.flatMap(({ namespace, problem, objects }) => (problem === undefined ? [] : [gap(type, namespace, problem, objects.length)])),
  };
}

/** Every object of the Gateway API (and of a target's policies) that the cluster holds, in whatever versions it serves. */
export async function listExisting(server: Server, { namespaces, groups = [] }: ExistingOptions = {}): Promise<Existing> {
  const served = await Promise.all([gatewayGroup, ...groups].map(async (name) => ({ name, ...(await servedResources(server, name)) })));
  const types = served.flatMap((one) => one.types);
  const unknown = served.flatMap(({ name, problem }) => (problem === undefined ? [] : [gap(group(name), undefined, problem)]));
  const lists = await Promise.all(types.map(async (type) => await existingOf(server, type, namespaces)));
  return { objects: lists.flatMap(({ objects }) => objects), types, gaps: [...unknown, ...lists.flatMap(({ gaps }) => gaps)] };
}
