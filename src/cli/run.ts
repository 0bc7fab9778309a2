import { convert, OptionError, type ConvertOptions, type ConvertResult } from '../convert.ts';
import { openInputs } from '../input/open.ts';
import { exitCodeOf, exitCodes, UsageError } from './exit.ts';
import type { RunFlags } from './options.ts';
import type { Streams } from './streams.ts';
import { version } from './version.ts';

export type RunResult = ConvertResult;

function inputsOf(files: readonly string[], flags: RunFlags): readonly string[] {
  const inputs = [...flags.filename, ...files];
  if (inputs.length === 0) throw new UsageError('name at least one file or directory, or - to read standard input');
  return inputs;
}

/** Baselines are rare: their code is loaded when one is named. */
async function convertGated(files: readonly string[], flags: RunFlags, streams: Streams, verify: ConvertOptions['verify']): Promise<RunResult> {
  const { stdin } = streams;
  const gate = flags.baseline === undefined && !flags.updateBaseline ? undefined : await import('./baseline.ts');
  const baseline = await gate?.openBaseline(flags);
  const result = await convert(openInputs(inputsOf(files, flags), { recursive: flags.recursive, stdin }), {
    ...flags,
    ingressClasses: flags.ingressClass,
    controllerConfigMap: flags.controllerConfigmap === undefined ? undefined : openInputs([flags.controllerConfigmap], { recursive: false, stdin }),
    controllerArgs: flags.controllerArgs.join(' '),
    baseline,
    verify,
    today: streams.today ?? new Date().toISOString().slice(0, 10),
    tool: { name: 'gwmigrate', version },
  });
  await gate?.saveBaseline(result, flags, streams);
  return result;
}

/** Runs the conversion as the flags ask: what `convert`, `audit` and `verify` share. */
export async function execute(files: readonly string[], flags: RunFlags, streams: Streams, verify?: ConvertOptions['verify']): Promise<RunResult> {
  try {
    return await convertGated(files, flags, streams, verify);
  } catch (error) {
    if (error instanceof OptionError) throw new UsageError(error.message);
    throw error;
  }
}

export function exitOf(result: RunResult): number {
  return result.internal ? exitCodes.bug : exitCodeOf(result);
}
