import { setTimeout as sleep } from 'node:timers/promises';
import type { ProbeRequest } from '../../src/verify/outcome.ts';
import { generateRequests } from '../../src/verify/requests/generate.ts';
import { send, type Ends as SendEnds } from '../traffic/send.ts';
import { credentials } from '../traffic/supply.ts';
import { judgeAll, type Tally } from '../traffic/tally.ts';
import { withBody } from '../traffic/telling.ts';
import type { Verdict } from '../traffic/verdict.ts';
import { compare } from './compare.ts';
import type { Subject } from './subject.ts';
import { addressOf } from './world/addresses.ts';
import type { Implementation } from './world/state.ts';
import type { World } from './world/world.ts';

type Ends = Required<Pick<SendEnds, 'to' | 'pair'>>;

const withPassword: ReadonlyMap<string, string> = new Map([['authorization', credentials]]);
const alone: ReadonlyMap<string, string> = new Map();

/** How long a gateway may take for endpoints of a new Service, after everything else. */
const endpointsMilliseconds = 15_000;

/** Credentials are a condition to the evaluator: where they are asked for, the right ones stand in the place of any others. */
function withCredentials({ headers, ...request }: ProbeRequest): ProbeRequest {
  return { ...request, headers: new Map([...headers, ...withPassword]) };
}

/** The requests have a password and a certificate, and one address. */
async function judgeOne({ evaluate }: Subject, request: ProbeRequest, { to, pair }: Ends): Promise<Verdict> {
  const outcome = evaluate(request);
  const guarded = outcome.kind === 'forwarded' && outcome.guards.some(({ kind }) => kind === 'basic-auth');
  // A port that nobody opened and a name that no listener has both end without an answer.
  return compare(outcome, await send(guarded ? withCredentials(request) : request, alone, { to, pair }).catch(() => undefined));
}

/** A configuration reaches the threads of a gateway one after the other, and endpoints come last: only what stays is a disagreement. */
async function judgePatiently(subject: Subject, request: ProbeRequest, ends: Ends, deadline: number): Promise<Verdict> {
  for (;;) {
    const last = Date.now() > deadline;
    const verdict = await judgeOne(subject, request, ends);
    const early = verdict.kind === 'differs' && verdict.aspects.some((aspect) => aspect.endsWith('real 503'));
    if (verdict.kind !== 'differs' || (last && !early) || Date.now() > deadline + endpointsMilliseconds) return verdict;
    await sleep(300);
  }
}

/** Sends the generated requests and holds the answers against the evaluator. */
export async function judge(name: string, subject: Subject, implementation: Implementation, { pair }: World, limit: number, tally: Tally): Promise<void> {
  const deadline = Date.now() + 600;
  const requests = withBody(generateRequests(subject.configuration, limit));
  await judgeAll(name, requests, (request) => judgePatiently(subject, request, { to: addressOf[implementation], pair }, deadline), tally);
}
