import { differencesOf, namespaceFor, type Difference } from '../../difference.ts';
import { shownDifferences, type Differences } from '../../report/differences.ts';
import { existingOf } from '../existing.ts';
import { exitCodes, UsageError } from '../exit.ts';
import type { DiffFlags } from '../options.ts';
import { execute, type RunResult } from '../run.ts';
import { reportWidth, wantsColour, write, type Streams } from '../streams.ts';

async function writeText(differences: Differences, patches: boolean, flags: DiffFlags, { stdout, stderr, env }: Streams): Promise<void> {
  const { renderDifferences } = await import('../../report/differences-text.ts');
  const stream = patches ? stdout : stderr;
  await write(stream, renderDifferences(differences, { colour: wantsColour(stream, env, flags.color), width: reportWidth, patches }));
}

/** Shows the differences; what it returns is the exit code if nothing else went wrong. */
async function show(all: readonly Difference[], differences: Differences, flags: DiffFlags, streams: Streams): Promise<number> {
  const shown = shownDifferences(differences);
  const code = shown.length > 0 ? exitCodes.findings : exitCodes.clean;
  if (flags.output === 'json') {
    const { differencesJson } = await import('../../report/differences-json.ts');
    await write(streams.stdout, differencesJson(differences));
    return code;
  }
  const external = streams.env['KUBECTL_EXTERNAL_DIFF'] ?? '';
  await writeText(differences, external === '', flags, streams);
  if (external === '') return code;
  const { showExternally } = await import('../external-diff.ts');
  const objects = new Set(shown.map(({ object }) => object));
  return await showExternally(external, all.filter(({ reported: { object } }) => object !== undefined && objects.has(object)), streams);
}

async function writeConversionReports(result: RunResult, flags: DiffFlags, streams: Streams, program: string): Promise<void> {
  if (flags.report.length === 0) return;
  const { writeReports } = await import('../reports.ts');
  await writeReports(result, flags, { command: 'diff', program, stream: streams.stderr, env: streams.env });
}

/** What the conversion gives against what exists: objects, or with --behaviour what becomes of requests. */
export async function diff(files: readonly string[], flags: DiffFlags, streams: Streams, program: string): Promise<number> {
  if (flags.routes.length === 0) throw new UsageError('name what exists: --routes FILE');
  if (flags.behaviour) {
    const { verify } = await import('./verify.ts');
    return await verify(files, flags, streams, program);
  }
  const existing = (await existingOf(flags, streams)) ?? [];
  const result = await execute(files, flags, streams);
  if (result.internal) return exitCodes.bug;
  const { migration, report } = result;
  const all = await differencesOf(migration, { objects: existing }, namespaceFor(migration, existing, flags.namespace));
  const differences: Differences = { tool: report.tool, target: report.target, objects: all.map(({ reported }) => reported), findings: [], hideKnown: flags.hideKnown };
  const code = await show(all, differences, flags, streams);
  await writeConversionReports(result, flags, streams, program);
  return result.unreadable && code <= exitCodes.findings ? exitCodes.partialInput : code;
}
