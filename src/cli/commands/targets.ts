import type { Target } from '../../targets/define.ts';
import { targetNames } from '../../targets/names.ts';
import { loadTarget } from '../../targets/registry.ts';
import { renderMatrix, renderTarget, type MatrixColumn } from '../../report/matrix.ts';
import { UsageError } from '../exit.ts';
import { reportWidth, write, type Streams } from '../streams.ts';

interface TargetFlags {
  readonly output: string;
  readonly gatewayApiVersion?: string;
  readonly channel?: string;
}

function columnOf(target: Target, flags: TargetFlags): MatrixColumn {
  const profile = target.profile({ version: undefined, gatewayApiVersion: flags.gatewayApiVersion, channel: flags.channel });
  if ('error' in profile) throw new UsageError(profile.error);
  return {
    name: target.name,
    title: target.title,
    version: `${profile.targetVersion}, Gateway API ${profile.gatewayApiVersion}, ${profile.channel} channel`,
    intents: target.capabilities,
    defaults: target.defaults,
  };
}

/** What each target can express: one in detail, or all side by side. */
export async function targets(name: string | undefined, flags: TargetFlags, streams: Streams): Promise<number> {
  const names: readonly string[] = name === undefined ? targetNames : [name];
  const unknown = names.find((wanted) => !targetNames.some((known) => known === wanted));
  if (unknown !== undefined) throw new UsageError(`there is no target "${unknown}"; there are: ${targetNames.join(', ')}`);
  const columns = (await Promise.all(names.map(loadTarget))).map((target) => columnOf(target, flags));
  const [only] = columns;
  if (flags.output === 'json') await write(streams.stdout, `${JSON.stringify(columns, undefined, 2)}\n`);
  else if (name !== undefined && only !== undefined && flags.output === 'text') await write(streams.stdout, renderTarget(only, reportWidth));
  else await write(streams.stdout, renderMatrix(columns, flags.output === 'markdown'));
  return 0;
}
