import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asReported, fails, withFindings } from '../../account.ts';
import type { GatewayObject } from '../../model/gateway.ts';
import { UsageError } from '../exit.ts';
import type { ConvertFlags } from '../options.ts';
import { writeReports } from '../reports.ts';
import { execute, exitOf, type RunResult } from '../run.ts';
import { write, type Streams } from '../streams.ts';

async function renderAs(format: ConvertFlags['output'], objects: readonly GatewayObject[]): Promise<Iterable<string>> {
  switch (format) {
    case 'yaml':
      return (await import('../../render/yaml.ts')).yamlPieces(objects);
    case 'json':
      return [(await import('../../render/json.ts')).renderJson(objects)];
    case 'name':
      return [(await import('../../render/name.ts')).renderNames(objects)];
  }
}

async function writeDirectory(directory: string, flags: ConvertFlags, objects: readonly GatewayObject[]): Promise<void> {
  if (flags.output === 'name') throw new UsageError('--output-dir needs -o yaml or -o json');
  const { fileNames } = await import('../../render/files.ts');
  await mkdir(directory, { recursive: true });
  for (const [name, object] of fileNames(objects, flags.output)) {
    const text = flags.output === 'json' ? [`${JSON.stringify(object, undefined, 2)}\n`] : await renderAs('yaml', [object]);
    await writeFile(join(directory, name), text);
  }
}

async function writeObjects(flags: ConvertFlags, objects: readonly GatewayObject[], streams: Streams): Promise<void> {
  if (flags.outputDir !== undefined && flags.outputFile !== undefined) throw new UsageError('--output-dir and --output-file exclude each other');
  try {
    if (flags.outputDir !== undefined) await writeDirectory(flags.outputDir, flags, objects);
    else if (flags.outputFile !== undefined) await writeFile(flags.outputFile, await renderAs(flags.output, objects));
    else for (const piece of await renderAs(flags.output, objects)) await write(streams.stdout, piece);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the manifests cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** With what the API server says about the objects, when it is to be asked. */
async function asked(result: RunResult, flags: ConvertFlags, streams: Streams): Promise<RunResult> {
  if (flags.dryRun !== 'server' || result.internal) return result;
  const { dryRun } = await import('../dry-run.ts');
  const { findings, complete } = await dryRun(result.objects, flags, streams);
  const { migration } = result;
  const report = withFindings(result.report, asReported([...findings, ...(await migration.unneeded(['dry-run'], findings))], migration));
  return { ...result, report, failed: fails(report, flags.failOn), unreadable: result.unreadable || !complete };
}

/** Enough to notice a mistake, and a few hundredths of a second; `verify` asks for more. */
const quickCheck = { requests: 200, hosts: 300 } as const;

/** Gateway API manifests to stdout (or files), the report to stderr. */
export async function convert(files: readonly string[], flags: ConvertFlags, streams: Streams, program: string): Promise<number> {
  const result = await asked(await execute(files, flags, streams, flags.verify ? quickCheck : undefined), flags, streams);
  // An output that fails its own check is never handed out.
  if (!result.internal) await writeObjects(flags, result.migration.objects, streams);
  await writeReports(result, flags, { command: 'convert', program, stream: streams.stderr, env: streams.env });
  return exitOf(result);
}
