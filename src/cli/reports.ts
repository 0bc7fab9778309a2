import { writeFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { ReportContext } from '../report/define.ts';
import { loadReporter } from '../report/registry.ts';
import { UsageError } from './exit.ts';
import type { ReportRequest, RunFlags } from './options.ts';
import type { RunResult } from './run.ts';
import { reportWidth, wantsColour, write, type Streams } from './streams.ts';

interface Destination {
  readonly command: string;
  readonly program: string;
  /** Where a report without a file name goes. */
  readonly stream: Writable & { readonly isTTY?: boolean };
  readonly env: Streams['env'];
}

async function writeReport(request: ReportRequest, result: RunResult, context: ReportContext, stream: Writable): Promise<void> {
  const reporter = await loadReporter(request.format);
  if (reporter === undefined) throw new UsageError(`there is no report format "${request.format}"`);
  const text = reporter.report(result.report, context);
  try {
    if (request.file === undefined) await write(stream, text);
    else await writeFile(request.file, text);
  } catch (error) {
    throw new UsageError(`the report cannot be written to ${request.file ?? 'standard output'}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Every requested report; text to the command's stream when none is asked for there. */
export async function writeReports(result: RunResult, flags: RunFlags, destination: Destination): Promise<void> {
  const toStream = flags.report.some((request) => request.file === undefined);
  const requests = toStream ? flags.report : [{ format: 'text', file: undefined }, ...flags.report];
  for (const request of requests) {
    const colour = request.file === undefined && wantsColour(destination.stream, destination.env, flags.color);
    const context: ReportContext = {
      colour,
      width: reportWidth,
      command: destination.command,
      program: destination.program,
      failOn: flags.failOn,
      failed: result.failed,
    };
    await writeReport(request, result, context, destination.stream);
  }
}
