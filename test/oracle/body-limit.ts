import type { EffectiveConfiguration } from '../../src/nginx/configuration.ts';
import { evaluateNginx } from '../../src/verify/nginx/evaluate.ts';
import type { ProbeOutcome, ProbeRequest } from '../../src/verify/outcome.ts';
import { judgeAll, type Tally } from '../traffic/tally.ts';
import { differs, excluded, type Verdict } from '../traffic/verdict.ts';
import { member } from './bearer.ts';
import { sendAs } from './judge.ts';
import { leaveMixed } from './mixed.ts';

/** Larger bodies are not sent, only announced. */
const mostSent = 2 * 1024 ** 2;

interface Question {
  readonly request: ProbeRequest;
  /** Bytes; undefined: no limit. */
  readonly limit: number | undefined;
  readonly outcome: Extract<ProbeOutcome, { kind: 'forwarded' }>;
}

/** One request for each host, Service and limit. */
function questions(configuration: EffectiveConfiguration, requests: readonly ProbeRequest[]): ReadonlyMap<ProbeRequest, Question> {
  const chosen = new Map<string, Question>();
  for (const asked of requests) {
    const request: ProbeRequest = { ...asked, method: 'POST' };
    const outcome = evaluateNginx(configuration, request);
    const value = outcome.kind === 'forwarded' ? outcome.limits.find(({ kind }) => kind === 'body-size')?.value : undefined;
    if (outcome.kind !== 'forwarded' || value === undefined) continue;
    const [first] = outcome.backends;
    const key = `${request.host.toLowerCase()} ${first?.namespace ?? ''}/${first?.name ?? ''} ${value}`;
    if (!chosen.has(key)) chosen.set(key, { request, limit: value === 'none' ? undefined : Number(value), outcome });
  }
  return new Map([...chosen.values()].map((question) => [question.request, question]));
}

/** A body of the limit gets through, and one byte more is refused (413) before anybody is asked who they are. */
async function judgeSize({ request, limit, outcome }: Question): Promise<Verdict> {
  const bearer = member(outcome.guards);
  if (bearer === undefined) return excluded('no IPv4 address is let in');
  const send = async (announced: number, body = ''): Promise<number> => {
    const headers = new Map(body === '' ? [...request.headers, ['content-length', String(announced)]] : request.headers);
    return (await sendAs({ ...request, headers }, bearer, body)).status;
  };
  const over = limit === undefined ? undefined : await send(limit + 1);
  const size = limit ?? mostSent;
  const within = size > mostSent || size === 0 ? undefined : await send(size, 'x'.repeat(size));
  return differs([
    ['status over the limit', limit === undefined ? undefined : 413, over],
    ['413 within the limit', false, within === 413],
  ]);
}

/** Holds the limits on the size of bodies against nginx. */
export async function judgeBodies(name: string, configuration: EffectiveConfiguration, requests: readonly ProbeRequest[], tally: Tally): Promise<void> {
  const asked = questions(configuration, requests);
  const unlessMixed = leaveMixed(configuration);
  await judgeAll(`${name}, body size`, [...asked.keys()], async (request) => {
    const question = asked.get(request);
    return question === undefined ? excluded('never asked') : await unlessMixed(question.outcome, async () => await judgeSize(question));
  }, tally);
}
