import { openInputs } from '../input/open.ts';
import type { ExistingObject, GatewayObject } from '../model/gateway.ts';
import { UsageError } from './exit.ts';
import type { Existing } from './live-existing.ts';
import type { DiffFlags, VerifyFlags } from './options.ts';
import type { Streams } from './streams.ts';

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
