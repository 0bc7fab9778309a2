import type { Finding } from '../diagnostics/finding.ts';
import { fatal } from '../input/cluster/answer.ts';
import type { ApiServer } from '../input/cluster/api-server.ts';
import { servedResources } from '../input/cluster/discovery.ts';
import { listExisting, type Existing as Listed } from '../input/cluster/existing.ts';
import { placeOf } from '../input/cluster/gaps.ts';
import { ClusterError } from '../input/cluster/options.ts';
import { qualifiedName } from '../input/cluster/resources.ts';
import { isObject } from '../input/objects.ts';
import type { ExistingObject, GatewayObject } from '../model/gateway.ts';
import type { ObjectRef } from '../model/object.ts';
import type { ClusterFlags } from './cluster-options.ts';
import { clusterFailure, connect } from './live.ts';
import type { Streams } from './streams.ts';

/** What exists, and what is not known of it. */
export interface Existing {
  readonly objects: readonly ExistingObject[];
  /** What could not be read: it is not absent. */
  readonly gaps: readonly Finding[];
  readonly isUnread: (ref: ObjectRef) => boolean;
  /** Of a cluster: objects without status have no controller. Manifests have none anyway. */
  readonly live: boolean;
  /** Namespace of objects that state none, where it is known. */
  readonly namespace: string | undefined;
}

const gatewayGroup = 'gateway.networking.k8s.io';

export const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');

/** @throws UsageError or UnreachableError when there is no talking to the server at all */
export async function greet(server: ApiServer): Promise<void> {
  const { problem } = await servedResources(server, gatewayGroup);
  if (fatal(problem) && problem !== undefined) throw clusterFailure(new ClusterError(problem.message), server);
}

/** Whom nobody lets look everywhere may still look where the objects are going to be. */
async function listWhereAllowed(server: ApiServer, desired: readonly GatewayObject[]): Promise<readonly Listed[]> {
  const groups = [...new Set(desired.map(({ apiVersion }) => groupOf(apiVersion)))].filter((group) => group !== gatewayGroup);
  const everywhere = await listExisting(server, { groups });
  if (!everywhere.gaps.some(({ code }) => code === 'cluster/forbidden')) return [everywhere];
  const namespaces = [...new Set(desired.map(({ metadata }) => metadata.namespace ?? server.namespace))];
  return [everywhere, await listExisting(server, { groups, namespaces })];
}

const gapKey = ({ args }: Finding): string => `${args['resource'] ?? ''} ${args['where'] ?? ''}`;

/** Whether nobody could look for an object: neither everywhere nor in its namespace. */
function unreadIn({ types, gaps }: Listed): (ref: ObjectRef) => boolean {
  const keys = new Set(gaps.map(gapKey));
  return ({ apiVersion, kind, namespace }) => {
    const group = groupOf(apiVersion);
    const type = types.find((one) => one.group === group && one.kind === kind);
    if (type === undefined) return keys.has(`APIs.${group} in the cluster`);
    return keys.has(`${qualifiedName(type)} ${placeOf(type, undefined)}`) || keys.has(`${qualifiedName(type)} ${placeOf(type, namespace)}`);
  };
}

/** Every object of the Gateway API, and of the other APIs that the conversion writes, as far as the user may see them. */
export async function liveExisting(desired: readonly GatewayObject[], flags: ClusterFlags, streams: Streams): Promise<Existing> {
  const server = await connect(flags, streams);
  try {
    await greet(server);
    const lists = await listWhereAllowed(server, desired);
    const found: readonly unknown[] = lists.flatMap((list) => list.objects);
    const objects = found.filter(isObject);
    const byKey = new Map(objects.map((object) => [`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object]));
    const unread = lists.map(unreadIn);
    return {
      objects: [...byKey.values()],
      gaps: [...new Map(lists.flatMap(({ gaps }) => gaps).map((gap) => [gapKey(gap), gap])).values()],
      isUnread: (ref) => unread.every((isUnread) => isUnread(ref)),
      live: true,
      namespace: server.namespace,
    };
  } finally {
    server.close();
  }
}
