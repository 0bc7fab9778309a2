import { convert, OptionError, type ConvertResult } from '../convert.ts';
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

/** Runs the conversion as the flags ask: what `convert` and `audit` share. */
export async function execute(files: readonly string[], flags: RunFlags, streams: Streams): Promise<RunResult> {
  const inputs = inputsOf(files, flags);
  const { stdin } = streams;
  try {
    return await convert(openInputs(inputs, { recursive: flags.recursive, stdin }), {
      ...flags,
      ingressClasses: flags.ingressClass,
      controllerConfigMap: flags.controllerConfigmap === undefined ? undefined : openInputs([flags.controllerConfigmap], { recursive: false, stdin }),
      controllerArgs: flags.controllerArgs.join(' '),
      tool: { name: 'gwmigrate', version },
    });
  } catch (error) {
    if (error instanceof OptionError) throw new UsageError(error.message);
    throw error;
  }
}

export function exitOf(result: RunResult): number {
  return result.internal ? exitCodes.bug : exitCodeOf(result);
}
