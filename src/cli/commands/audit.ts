import type { RunFlags } from '../options.ts';
import type { Streams } from '../streams.ts';
import { execute, exitOf } from '../run.ts';
import { writeReports } from '../reports.ts';

/** The report alone, to stdout. */
export async function audit(files: readonly string[], flags: RunFlags, streams: Streams, program: string): Promise<number> {
  const result = await execute(files, flags, streams);
  await writeReports(result, flags, { command: 'audit', program, stream: streams.stdout, env: streams.env });
  return exitOf(result);
}
