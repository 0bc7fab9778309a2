import { convert, OptionError, type ConvertOptions, type ConvertResult } from '../convert.ts';
import { openInputs } from '../input/open.ts';
import { exitCodeOf, exitCodes, UsageError } from './exit.ts';
import type { RunFlags } from './options.ts';
import { progressOn, type Progress } from './progress.ts';
import type { Streams } from './streams.ts';
import { version } from './version.ts';

export type RunResult = ConvertResult;

function inputsOf(files: readonly string[], flags: RunFlags): readonly string[] {
  const inputs = [...flags.filename, ...files];
  if (inputs.length === 0) throw new UsageError('name at least one file or directory, or - to read standard input');
  return inputs;
}

/** Baselines are rare: their code is loaded when one is named. */
async function convertGated(files: readonly string[], flags: RunFlags, streams: Streams, { verify, progress }: { readonly verify: ConvertOptions['verify']; readonly progress: Progress | undefined }): Promise<RunResult> {
  const stdin = (): Streams['stdin'] => streams.stdin;
  const gate = flags.baseline === undefined && !flags.updateBaseline ? undefined : await import('./baseline.ts');
  const baseline = await gate?.openBaseline(flags);
  const items = openInputs(inputsOf(files, flags), { recursive: flags.recursive, stdin });
  const result = await convert(progress?.reading(items) ?? items, {
    ...flags,
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

/** Runs the conversion as the flags ask: what `convert`, `audit` and `verify` share. */
export async function execute(files: readonly string[], flags: RunFlags, streams: Streams, verify?: ConvertOptions['verify']): Promise<RunResult> {
  const progress = progressOn(streams);
  try {
    return await convertGated(files, flags, streams, { verify, progress });
  } catch (error) {
    if (error instanceof OptionError) throw new UsageError(error.message);
    throw error;
  } finally {
    progress?.done();
  }
}

export function exitOf(result: RunResult): number {
  return result.internal ? exitCodes.bug : exitCodeOf(result);
}
