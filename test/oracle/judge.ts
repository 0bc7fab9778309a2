import type { EffectiveConfiguration } from '../../src/nginx/configuration.ts';
import type { ProbeRequest } from '../../src/verify/outcome.ts';
import { evaluateNginx } from '../../src/verify/nginx/evaluate.ts';
import { generateRequests } from '../../src/verify/requests/generate.ts';
import { send } from '../traffic/send.ts';
import { credentials } from '../traffic/supply.ts';
import { judgeAll, type Tally } from '../traffic/tally.ts';
import type { Verdict } from '../traffic/verdict.ts';
import { compare } from './compare.ts';

const withPassword: ReadonlyMap<string, string> = new Map([['authorization', credentials]]);
const alone: ReadonlyMap<string, string> = new Map();

async function judgeOne(configuration: EffectiveConfiguration, request: ProbeRequest): Promise<Verdict> {
  const outcome = evaluateNginx(configuration, request);
  const guarded = outcome.kind === 'forwarded' && outcome.guards.some(({ kind, detail }) => kind === 'basic-auth' || detail.includes('basic-auth'));
  return compare(outcome, await send(request, guarded ? withPassword : alone));
}

/** Sends the generated requests and holds the answers against the evaluator. */
export async function judge(name: string, configuration: EffectiveConfiguration, limit: number, tally: Tally): Promise<void> {
  await judgeAll(name, generateRequests(configuration, limit), (request) => judgeOne(configuration, request), tally);
}
