import type { FindRoutes, VerificationOptions } from '../../convert.ts';
import { comparisonFails } from '../../report/compared.ts';
import { objectsOfRoutes } from '../existing.ts';
import { exitCodes, UsageError } from '../exit.ts';
import type { VerifyFlags } from '../options.ts';
import { writeReports } from '../reports.ts';
import { execute, type RunResult } from '../run.ts';
import type { Streams } from '../streams.ts';

async function routesOf(flags: VerifyFlags, streams: Streams): Promise<VerificationOptions['routes']> {
  const objects = await objectsOfRoutes(flags, streams);
  if (objects?.some(({ kind }) => kind.endsWith('Route')) === false) throw new UsageError('--routes: there is no route in it');
  return objects;
}

/**
 * A difference that nothing explains fails the run, and one that is explained by a finding that fails it. Findings that explain no
 * difference are the business of convert and audit.
 */
function fails({ report }: RunResult, { failOn }: VerifyFlags): boolean {
  return report.verified !== undefined && comparisonFails(report, report.verified, failOn);
}

/** Behaviour before and after: which requests nginx and the routes answer differently. */
export async function verify(files: readonly string[], flags: VerifyFlags, streams: Streams, program: string, findRoutes?: FindRoutes): Promise<number> {
  const result = await execute(files, flags, streams, { requests: flags.requests, seed: flags.seed, routes: await routesOf(flags, streams), findRoutes });
  const failed = fails(result, flags);
  await writeReports({ ...result, failed }, flags, { command: 'verify', program, stream: streams.stdout, env: streams.env });
  if (result.internal) return exitCodes.bug;
  if (result.unreadable) return exitCodes.partialInput;
  return failed ? exitCodes.findings : exitCodes.clean;
}
