import { asReported } from '../../account.ts';
import { differencesOf, namespaceFor, type Difference } from '../../difference.ts';
import type { Finding } from '../../diagnostics/finding.ts';
import { messageOf } from '../../diagnostics/message.ts';
import { compareFindings } from '../../diagnostics/order.ts';
import { statusFindings } from '../../live/status.ts';
import { shownDifferences, type Differences } from '../../report/differences.ts';
import { failingFindings } from '../../report/failing.ts';
import { readExisting } from '../existing.ts';
import type { Existing } from '../live-existing.ts';
import { exitCodes } from '../exit.ts';
import type { DiffFlags } from '../options.ts';
import { execute, type RunResult } from '../run.ts';
import { reportWidth, wantsColour, write, type Streams } from '../streams.ts';
import { tellUnread } from '../unread.ts';

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
  if (!flags.report.some(({ file }) => file === undefined)) await tellUnread(result, flags, streams);
  if (flags.report.length === 0) return;
  const { writeReports } = await import('../reports.ts');
  await writeReports(result, flags, { command: 'diff', program, stream: streams.stderr, env: streams.env });
}

/** What the controllers say about the objects that the conversion is held against. Manifests in files have no status to speak of. */
function aboutStatus(all: readonly Difference[], { objects, live }: Existing): readonly Finding[] {
  const refs = new Set(all.flatMap(({ reported }) => reported.existing).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`));
  return statusFindings(objects.filter(({ kind, metadata, status }) => (live || status !== undefined) && refs.has(`${kind} ${metadata.namespace ?? ''}/${metadata.name}`)));
}

interface Checked {
  readonly findings: readonly Finding[];
  readonly complete: boolean;
}

async function asked(result: RunResult, flags: DiffFlags, streams: Streams): Promise<Checked> {
  if (flags.dryRun !== 'server') return { findings: [], complete: true };
  const { dryRun } = await import('../dry-run.ts');
  return await dryRun(result.objects, flags, streams);
}

async function compare(files: readonly string[], flags: DiffFlags, streams: Streams, program: string): Promise<number> {
  const result = await execute(files, flags, streams);
  if (result.internal) return exitCodes.bug;
  const { migration, report } = result;
  const existing = await readExisting(migration.objects, flags, streams);
  const all = await differencesOf(migration, existing, namespaceFor(migration, existing.objects, existing.namespace ?? flags.namespace));
  const refused = await asked(result, flags, streams);
  const said = [...existing.gaps, ...aboutStatus(all, existing), ...refused.findings];
  const families = [...(existing.live ? ['status'] : []), ...(flags.dryRun === 'server' ? ['dry-run'] : [])];
  const findings = asReported([...said, ...(await migration.unneeded(families, said))].sort(compareFindings), migration);
  const code = await show(all, { tool: report.tool, target: report.target, objects: all.map(({ reported }) => reported), findings, hideKnown: flags.hideKnown }, flags, streams);
  await writeConversionReports(result, flags, streams, program);
  if (code > exitCodes.findings) return code;
  if (result.unreadable || existing.gaps.length > 0 || !refused.complete) return exitCodes.partialInput;
  return failingFindings({ annotations: [], findings }, flags.failOn).size > 0 ? exitCodes.findings : code;
}

/** What becomes of requests, under ingress-nginx and by the routes that exist. */
async function compareBehaviour(files: readonly string[], flags: DiffFlags, streams: Streams, program: string): Promise<number> {
  const { verify } = await import('./verify.ts');
  const gaps: Finding[] = [];
  const code = await verify(files, flags, streams, program, async (written) => {
    const existing = await readExisting(written, flags, streams);
    gaps.push(...existing.gaps);
    return existing.objects;
  });
  for (const gap of gaps) await write(streams.stderr, `${gap.code}: ${messageOf(gap).what}\n`);
  return gaps.length > 0 && code <= exitCodes.findings ? exitCodes.partialInput : code;
}

/** What the conversion gives against what exists: objects, or with --behaviour what becomes of requests. */
export async function diff(files: readonly string[], flags: DiffFlags, streams: Streams, program: string): Promise<number> {
  return flags.behaviour ? await compareBehaviour(files, flags, streams, program) : await compare(files, flags, streams, program);
}
