import type { Finding } from '../diagnostics/finding.ts';
import { openInputs } from '../input/open.ts';
import type { ExistingObject, GatewayObject } from '../model/gateway.ts';
import type { ObjectRef } from '../model/object.ts';
import { UsageError } from './exit.ts';
import type { DiffFlags, VerifyFlags } from './options.ts';
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

/** The objects that `--routes` names; undefined when it names none. What cannot be read is a wrong command line: half a picture would mislead. */
export async function objectsOfRoutes({ routes, recursive }: Pick<VerifyFlags, 'routes' | 'recursive'>, streams: Streams): Promise<readonly ExistingObject[] | undefined> {
  if (routes.length === 0) return undefined;
  const { readObjects } = await import('../input/objects.ts');
  const { objects, unreadable } = await readObjects(openInputs(routes, { recursive, stdin: () => streams.stdin }));
  if (unreadable > 0) throw new UsageError('--routes: some of it cannot be read');
  return objects;
}

/**
 * What exists: what `--routes` names, or what the cluster holds.
 *
 * @param desired what it is going to be compared with: it says which APIs and namespaces matter
 * @throws UsageError or UnreachableError
 */
export async function readExisting(desired: readonly GatewayObject[], flags: DiffFlags, streams: Streams): Promise<Existing> {
  const objects = await objectsOfRoutes(flags, streams);
  if (objects !== undefined) return { objects, gaps: [], isUnread: () => false, live: false, namespace: undefined };
  const { liveExisting } = await import('./live-existing.ts');
  return await liveExisting(desired, flags, streams);
}
