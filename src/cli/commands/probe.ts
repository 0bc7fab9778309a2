import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAddress, type Address } from '../../probe/address.ts';
import type { ProbeResult } from '../../probe/answer.ts';
import { chooseRequests, safeMethods } from '../../probe/choose.ts';
import { usualHeaders } from '../../probe/compare.ts';
import { renderHurl } from '../../probe/hurl.ts';
import { renderProbeJson, type ProbeReport } from '../../probe/report.ts';
import { runProbe } from '../../probe/run.ts';
import { renderScript, type ScriptOptions, type Sides } from '../../probe/script.ts';
import { createSender } from '../../probe/send.ts';
import { renderProbeText } from '../../probe/text.ts';
import { expectationOf, type Expected } from '../../expectation.ts';
import { failingCodes } from '../../report/compared.ts';
import { visible } from '../../report/visible.ts';
import type { ProbeRequest } from '../../verify/outcome.ts';
import { exitCodes, UsageError } from '../exit.ts';
import type { ProbeFlags } from '../probe-options.ts';
import { progressOn } from '../progress.ts';
import { execute, type RunResult } from '../run.ts';
import { wantsColour, write, type Streams } from '../streams.ts';
import { tellUnread } from '../unread.ts';
import { version } from '../version.ts';

/** The models look at more requests than are sent: many of theirs are of other methods. */
const generatedPerSent = 5;
const leastGenerated = 2_000;

const tool = { name: 'gwmigrate', version };

function checkFlags({ method, unsafeMethods, report }: ProbeFlags): void {
  const unsafe = method.find((name) => !safeMethods.has(name));
  if (unsafe !== undefined && !unsafeMethods) throw new UsageError(`${unsafe} may change what it reaches, on both sides: say --unsafe-methods if that is wanted`);
  const format = report.find(({ format: name }) => name !== 'text' && name !== 'json');
  if (format !== undefined) throw new UsageError(`probe reports as text or json, not as ${format.format}`);
}

const requestLine = ({ method, scheme, host, target, headers }: ProbeRequest): string =>
  visible(`${method} ${scheme}://${host}${target}${[...headers].map(([name, value]) => ` [${name}: ${value}]`).join('')}`);

async function send(requests: readonly ProbeRequest[], expected: Expected, { before, after }: Sides, flags: ProbeFlags, streams: Streams): Promise<ProbeResult> {
  const options = { timeoutMs: flags.timeout * 1000, headers: flags.header.length > 0 ? flags.header : usualHeaders, bodyHash: flags.bodyHash, userAgent: `gwmigrate-probe/${version}` };
  const senders = { before: createSender(before, options), after: createSender(after, options) };
  const progress = progressOn(streams);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  // What was learnt until then is still reported.
  process.once('SIGINT', onInterrupt);
  try {
    return await runProbe(requests, { senders, rate: flags.rate, expectation: expected, signal: stop.signal, onSent: (count) => progress?.onStage(`of ${requests.length} requests, sent`, count) });
  } finally {
    process.off('SIGINT', onInterrupt);
    progress?.done();
  }
}

/** As for verify: what nothing explains fails, and what a finding explains that fails the run. */
function fails(failing: ReadonlySet<string>, { differences }: ProbeResult, { failOn }: ProbeFlags): boolean {
  return failOn !== 'never' && differences.some(({ explainedBy }) => explainedBy.length === 0 || explainedBy.some((code) => failing.has(code)));
}

async function writeReports(report: ProbeReport, flags: ProbeFlags, streams: Streams): Promise<void> {
  const requests = flags.report.some(({ file }) => file === undefined) ? flags.report : [{ format: 'text', file: undefined }, ...flags.report];
  for (const { format, file } of requests) {
    const colour = file === undefined && wantsColour(streams.stdout, streams.env, flags.color);
    const text = format === 'json' ? renderProbeJson(report) : renderProbeText(report, colour);
    try {
      await (file === undefined ? write(streams.stdout, text) : writeFile(file, text));
    } catch (error) {
      throw new UsageError(`the report cannot be written to ${file ?? 'standard output'}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The same requests for people who may not run this program where the addresses can be reached. */
async function writeScripts(directory: string, requests: readonly ProbeRequest[], expected: Expected, options: ScriptOptions, streams: Streams): Promise<void> {
  const files = [
    { name: 'probe.sh', text: renderScript(requests, expected, options), mode: 0o755 },
    { name: 'probe.hurl', text: renderHurl(requests, expected, options), mode: 0o644 },
  ];
  try {
    await mkdir(directory, { recursive: true });
    for (const { name, text, mode } of files) await writeFile(join(directory, name), text, { mode });
  } catch (error) {
    throw new UsageError(`--write: ${error instanceof Error ? error.message : String(error)}`);
  }
  await write(streams.stderr, `wrote ${files.map(({ name }) => join(directory, name)).join(' and ')}: ${requests.length} requests, nothing was sent\n`);
}

function addressOf(option: string, text: string): Address {
  const address = readAddress(text);
  if (typeof address === 'string') throw new UsageError(`${option} ${text}: ${address}`);
  return address;
}

/** Requests of this run, with what the models expect of them. */
async function prepare(files: readonly string[], flags: ProbeFlags, streams: Streams, { before, after }: Sides): Promise<{ readonly run: RunResult; readonly expected: Expected; readonly requests: readonly ProbeRequest[] }> {
  const verification = { requests: Math.min(1_000_000, Math.max(leastGenerated, flags.maxRequests * generatedPerSent)), seed: flags.seed };
  const run = await execute(files, flags, streams, verification);
  await tellUnread(run, flags, streams);
  const expected = expectationOf(run, verification);
  const methods = new Set(flags.method.length > 0 ? flags.method : ['GET', 'HEAD']);
  return { run, expected, requests: chooseRequests(expected.requests, { methods, most: flags.maxRequests, addresses: [before, after] }) };
}

/** Sends the requests of the Ingresses to the old and the new address, and says what is answered differently. */
export async function probe(files: readonly string[], flags: ProbeFlags, streams: Streams): Promise<number> {
  checkFlags(flags);
  const sides: Sides = { before: addressOf('--before', flags.before), after: addressOf('--after', flags.after) };
  const { run, expected, requests } = await prepare(files, flags, streams, sides);
  if (run.internal) return exitCodes.bug;
  if (requests.length === 0) throw new UsageError('there is nothing to ask for: no Ingress, method or port is left');
  const { header: headers, bodyHash, rate, timeout: timeoutSeconds } = flags;
  if (flags.write !== undefined) await writeScripts(flags.write, requests, expected, { ...sides, headers, bodyHash, rate, timeoutSeconds }, streams);
  if (flags.dryRun) await write(streams.stdout, requests.map((request) => `${requestLine(request)}\n`).join(''));
  if (flags.dryRun || flags.write !== undefined) return run.unreadable ? exitCodes.partialInput : exitCodes.clean;
  const result = await send(requests, expected, sides, flags, streams);
  const failing = failingCodes(run.report, flags.failOn);
  const failed = fails(failing, result, flags);
  await writeReports({ tool, ...sides, result, failing, failed }, flags, streams);
  if (run.unreadable || result.outages.length > 0 || result.left > 0) return exitCodes.partialInput;
  return failed ? exitCodes.findings : exitCodes.clean;
}
