import { readFile, writeFile } from 'node:fs/promises';
import { readBaseline, renderBaseline, type BaselineEntry } from '../gate/baseline-file.ts';
import { UsageError } from './exit.ts';
import { write, type Streams } from './streams.ts';

interface BaselineFlags {
  readonly baseline?: string;
  readonly updateBaseline: boolean;
}

export interface Baseline {
  readonly entries: readonly BaselineEntry[];
  readonly update: boolean;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function textOf(file: string, update: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing && update) return undefined;
    throw new UsageError(missing ? `there is no baseline ${file}; --update-baseline writes it` : `the baseline ${file} cannot be read: ${reasonOf(error)}`);
  }
}

/** @throws UsageError when the file is missing (unless it is to be written) or is no baseline */
export async function openBaseline(flags: BaselineFlags): Promise<Baseline | undefined> {
  const { baseline: file, updateBaseline: update } = flags;
  if (file === undefined) {
    if (update) throw new UsageError('--update-baseline needs --baseline FILE to know what to write');
    return undefined;
  }
  const text = await textOf(file, update);
  if (text === undefined) return { entries: [], update };
  const read = readBaseline(text);
  if ('error' in read) throw new UsageError(`the baseline ${file}: ${read.error}`);
  return { entries: read.entries, update };
}

interface Updated {
  readonly baseline: readonly BaselineEntry[] | undefined;
  readonly unreadable: boolean;
  readonly internal: boolean;
}

/** Writes the baseline that the run gave. One that would forget what could not be read this time is not written. */
export async function saveBaseline(result: Updated, flags: BaselineFlags, streams: Streams): Promise<void> {
  const { baseline: file, updateBaseline: update } = flags;
  if (!update || file === undefined || result.baseline === undefined) return;
  if (result.unreadable || result.internal) {
    await write(streams.stderr, `the baseline ${file} is left as it is, since not everything could be read\n`);
    return;
  }
  try {
    await writeFile(file, renderBaseline(result.baseline));
  } catch (error) {
    throw new UsageError(`the baseline ${file} cannot be written: ${reasonOf(error)}`);
  }
}
