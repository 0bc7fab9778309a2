import { setTimeout as sleep } from 'node:timers/promises';
import type { Guard, ProbeOutcome, ProbeRequest } from '../../src/verify/outcome.ts';
import { generateRequests } from '../../src/verify/requests/generate.ts';
import type { KubernetesObject } from '../traffic/object.ts';
import { send } from '../traffic/send.ts';
import { credentials } from '../traffic/supply.ts';
import { judgeAll, type Tally } from '../traffic/tally.ts';
import { withBody } from '../traffic/telling.ts';
import { differs, excluded, type Verdict } from '../traffic/verdict.ts';
import { compare } from './compare.ts';
import { unanswered } from './exclusions.ts';
import type { Subject } from './subject.ts';
import { addressOf } from './world/addresses.ts';
import type { Implementation } from './world/state.ts';
import type { World } from './world/world.ts';

interface Judging {
  /** Of what is served, for people. */
  readonly name: string;
  readonly subject: Subject;
  readonly implementation: Implementation;
  readonly world: World;
  /** Requests at most. */
  readonly limit: number;
}

const withPassword: ReadonlyMap<string, string> = new Map([['authorization', credentials]]);
const alone: ReadonlyMap<string, string> = new Map();

/** How long a gateway may take for endpoints of a new Service, after everything else. */
const endpointsMilliseconds = 15_000;

/** Credentials are a condition to the evaluator: where they are asked for, the right ones stand in the place of any others. */
function withCredentials({ headers, ...request }: ProbeRequest): ProbeRequest {
  return { ...request, headers: new Map([...headers, ...withPassword]) };
}

/** Protections that the requests bring everything for. */
const brought: ReadonlySet<Guard['kind']> = new Set(['basic-auth', 'client-certificate']);

const guardsOf = (outcome: ProbeOutcome): readonly Guard[] => (outcome.kind === 'forwarded' ? outcome.guards.filter(({ kind }) => brought.has(kind)) : []);

/** The requests have a password and a certificate, and one address. Where one of them is asked for, the same request without must not get in. */
async function judgeOne({ subject, implementation, world: { pair } }: Judging, request: ProbeRequest): Promise<Verdict> {
  const outcome = subject.evaluate(request);
  const reason = outcome.kind === 'forwarded' ? (subject.unreachable ?? unanswered(outcome.backends, implementation)) : undefined;
  if (reason !== undefined) return excluded(reason);
  const to = addressOf[implementation];
  const guards = guardsOf(outcome);
  const asked = guards.some(({ kind }) => kind === 'basic-auth') ? withCredentials(request) : request;
  // A port that nobody opened and a name that no listener has both end without an answer.
  const verdict = compare(outcome, await send(asked, alone, { to, pair }).catch(() => undefined));
  if (guards.length === 0 || verdict.kind !== 'same') return verdict;
  const bare = await send(request, alone, { to }).catch(() => undefined);
  return differs([[`without ${guards.map(({ kind }) => kind).join(' and ')}`, undefined, bare?.echo?.service]]);
}

/** Endpoints of a new Service may come after everything else. */
const isWithoutEndpoints = (verdict: Verdict): boolean => verdict.kind === 'differs' && verdict.aspects.some((aspect) => aspect.endsWith('real 503'));

/**
 * Sends the generated requests and holds the answers against the evaluator. A difference counts when it is still there after one more object was
 * applied and is served, and endpoints had their time: then nothing is on its way any more.
 */
async function judge(judging: Judging, tally: Tally): Promise<void> {
  const { name, subject, implementation, world, limit } = judging;
  let settled: Promise<readonly string[]> | undefined;
  const patiently = async (request: ProbeRequest): Promise<Verdict> => {
    let verdict = await judgeOne(judging, request);
    if (verdict.kind !== 'differs') return verdict;
    await (settled ??= world.settle(implementation));
    const deadline = Date.now() + endpointsMilliseconds;
    for (verdict = await judgeOne(judging, request); isWithoutEndpoints(verdict) && Date.now() < deadline; verdict = await judgeOne(judging, request)) await sleep(300);
    return verdict;
  };
  await judgeAll(name, withBody(generateRequests(subject.configuration, limit)), patiently, tally);
}

/** Has the objects served, and judges what becomes of requests. `given` is the input of the conversion. */
export async function serveAndJudge(judging: Judging, given: readonly KubernetesObject[], tally: Tally): Promise<void> {
  const { name, subject, implementation, world } = judging;
  const { refused, complaints } = await world.serve(implementation, subject.objects, given);
  tally.disagreements.push(...[...refused, ...complaints].map((complaint) => `${name}: ${complaint}`));
  await judge(judging, tally);
}
