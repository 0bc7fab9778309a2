import { openInputs } from '../input/open.ts';
import type { GatewayObject } from '../model/gateway.ts';
import { UsageError } from './exit.ts';
import type { VerifyFlags } from './options.ts';
import type { Streams } from './streams.ts';

/** The objects that `--routes` names; undefined when it names none. What cannot be read is a wrong command line: half a picture would mislead. */
export async function existingOf({ routes, recursive }: Pick<VerifyFlags, 'routes' | 'recursive'>, streams: Streams): Promise<readonly GatewayObject[] | undefined> {
  if (routes.length === 0) return undefined;
  const { readObjects } = await import('../input/objects.ts');
  const { objects, unreadable } = await readObjects(openInputs(routes, { recursive, stdin: () => streams.stdin }));
  if (unreadable > 0) throw new UsageError('--routes: some of it cannot be read');
  return objects;
}
