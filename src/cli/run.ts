import { convert, OptionError, type ConvertOptions, type ConvertResult } from '../convert.ts';
import { defaultGatewayName } from '../emit/options.ts';
import { openInputs } from '../input/open.ts';
import { exitCodeOf, exitCodes, UsageError } from './exit.ts';
import type { LiveRun } from './live.ts';
import type { RunFlags } from './options.ts';
import { progressOn, type Progress } from './progress.ts';
import { resourceArguments } from './resource-arguments.ts';
import type { Streams } from './streams.ts';
import { version } from './version.ts';

export type RunResult = ConvertResult;

function inputsOf(files: readonly string[], flags: RunFlags): readonly string[] {
  const inputs = [...flags.filename, ...files];
  if (inputs.length === 0) throw new UsageError('name at least one file or directory, - to read standard input, or --live to read the cluster');
  return inputs;
}

interface Run {
  readonly flags: RunFlags;
  readonly inputs: readonly string[];
  readonly live: LiveRun | undefined;
  readonly verify: ConvertOptions['verify'];
  readonly progress: Progress | undefined;
}

/** Baselines are rare: their code is loaded when one is named. */
async function convertGated({ flags, inputs, live, verify, progress }: Run, streams: Streams): Promise<RunResult> {
  const stdin = (): Streams['stdin'] => streams.stdin;
  const gate = flags.baseline === undefined && !flags.updateBaseline ? undefined : await import('./baseline.ts');
  const baseline = await gate?.openBaseline(flags);
  const items = openInputs(inputs, { recursive: flags.recursive, stdin, cluster: live?.input });
  const result = await convert(progress?.reading(items) ?? items, {
    ...flags,
    ...live?.decided,
    existingGateway: flags.existingGateway || flags.toHttproute,
    gateway: flags.gateway ?? (flags.toHttproute ? { name: defaultGatewayName } : undefined),
    ingressClasses: flags.ingressClass,
    controllerConfigMap: flags.controllerConfigmap === undefined ? undefined : openInputs([flags.controllerConfigmap], { recursive: false, stdin }),
    controllerArgs: flags.controllerArgs.join(' '),
    baseline,
    verify,
    onStage: progress?.onStage,
    today: streams.today ?? new Date().toISOString().slice(0, 10),
    tool: { name: 'gwmigrate', version },
  });
  await gate?.saveBaseline(result, flags, streams);
  return result;
}

/** What a run reads: files, or the cluster, whose code is loaded only then. */
async function openRun(files: readonly string[], flags: RunFlags, streams: Streams): Promise<Pick<Run, 'inputs' | 'live'>> {
  const asked = resourceArguments(files, flags);
  if (asked === undefined) return { inputs: inputsOf(files, flags), live: undefined };
  const { clusterInput, openLive } = await import('./live.ts');
  return { inputs: [clusterInput], live: await openLive(asked, flags, streams) };
}

/** Runs the conversion as the flags ask: what `convert`, `audit` and `verify` share. */
export async function execute(files: readonly string[], flags: RunFlags, streams: Streams, verify?: ConvertOptions['verify']): Promise<RunResult> {
  const progress = progressOn(streams);
  let live: LiveRun | undefined;
  try {
    const opened = await openRun(files, flags, streams);
    live = opened.live;
    return await convertGated({ flags, ...opened, verify, progress }, streams);
  } catch (error) {
    if (error instanceof OptionError) throw new UsageError(error.message);
    throw live === undefined ? error : live.explain(error);
  } finally {
    live?.server.close();
    progress?.done();
  }
}

export function exitOf(result: RunResult): number {
  return result.internal ? exitCodes.bug : exitCodeOf(result);
}
