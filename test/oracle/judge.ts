import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EffectiveConfiguration, Location } from '../../src/nginx/configuration.ts';
import type { Guard, ProbeOutcome, ProbeRequest } from '../../src/verify/outcome.ts';
import { evaluateNginx } from '../../src/verify/nginx/evaluate.ts';
import { consentHeader } from '../traffic/backends.ts';
import { send, type Answer, type Ends } from '../traffic/send.ts';
import { credentials } from '../traffic/supply.ts';
import { judgeAll, type Tally } from '../traffic/tally.ts';
import { differs, excluded, type Verdict } from '../traffic/verdict.ts';
import { member, stranger, type Bearer } from './bearer.ts';
import { certificateAspects } from './certificate.ts';
import { compare, type Expected } from './compare.ts';
import { leaveMixed } from './mixed.ts';

/**
 * Where no Ingress serves a path, nginx forwards to the controller's own 404 like to any Service: only who is let in sees it. An outcome does
 * not say so, hence the conditions of the same configuration with a Service in its place.
 */
function withService(configuration: EffectiveConfiguration): EffectiveConfiguration {
  const upstream = { key: 'oracle-404', ingresses: [], canary: undefined };
  const serve = (location: Location): Location => {
    const { backend, ingress } = location;
    if (backend.kind === 'service' || backend.status !== 404 || ingress === undefined) return location;
    const origin = { source: ingress.source, path: [] };
    return { ...location, backend: { kind: 'service', namespace: 'oracle', name: '404', port: 80, appProtocol: '', origin, upstream } };
  };
  return { ...configuration, servers: configuration.servers.map((server) => ({ ...server, locations: server.locations.map(serve) })) };
}

function guardsOf(outcome: ProbeOutcome, elsewhere: ProbeOutcome): readonly Guard[] {
  if (outcome.kind === 'forwarded') return outcome.guards;
  return outcome.kind === 'answered' && outcome.status === 404 && elsewhere.kind === 'forwarded' ? elsewhere.guards : [];
}

/** A certificate counts before anything else, so those who are answered without a condition have one. */
function bearersFor(outcome: ProbeOutcome, guards: readonly Guard[]): readonly (Bearer | undefined)[] {
  if (guards.length > 0) return [stranger(), member(guards)];
  return [outcome.kind === 'forwarded' ? stranger() : { ...stranger(), certificate: true }];
}

/** Headers by which a bearer shows what it has. */
function shown({ password, consent }: Bearer): ReadonlyMap<string, string> {
  return new Map([[consentHeader, consent ? 'yes' : 'no'], ...(password ? [['authorization', credentials] as const] : [])]);
}

function clientPair(): NonNullable<Ends['pair']> {
  const folder = `${process.env['GWMIGRATE_ORACLE'] ?? ''}/run`;
  return { key: readFileSync(`${folder}/backend.key`, 'utf8'), certificate: readFileSync(`${folder}/backend.crt`, 'utf8') };
}

/** Sends a request as somebody. Credentials of the request itself give way to those of the bearer. */
export async function sendAs(request: ProbeRequest, bearer: Bearer, body = ''): Promise<Answer> {
  const headers = new Map([...request.headers].filter(([name]) => name !== 'authorization'));
  return await send({ ...request, headers }, shown(bearer), { from: bearer.address, body, ...(bearer.certificate ? { pair: clientPair() } : {}) });
}

/** Milliseconds. */
const pause = 300;

async function ask(configuration: EffectiveConfiguration, expected: Expected, bearer: Bearer): Promise<Verdict> {
  const once = async (): Promise<Verdict> => {
    const answer = await sendAs(expected.request, bearer);
    const verdict = compare(expected, answer, bearer);
    return verdict.kind === 'same' ? differs(certificateAspects(configuration, expected.request, answer)) : verdict;
  };
  // A worker that is on its way out may close a connection without a word, or answer as it was told before: only what stays is a difference.
  const first = await once().catch((): Verdict => ({ kind: 'differs', aspects: [] }));
  if (first.kind === 'differs') await sleep(pause);
  const whole = first.kind === 'differs' ? await once() : first;
  return whole.kind === 'differs' ? { ...whole, aspects: [...whole.aspects, `asked as a ${bearer.password ? 'member' : 'stranger'} from ${bearer.address}`] } : whole;
}

/** Sends the requests as a stranger and as a member, and holds the answers against the evaluator. */
export async function judge(name: string, configuration: EffectiveConfiguration, requests: readonly ProbeRequest[], tally: Tally): Promise<void> {
  const served = withService(configuration);
  const unlessMixed = leaveMixed(configuration);
  const judgeOne = async (request: ProbeRequest): Promise<Verdict> => {
    const outcome = evaluateNginx(configuration, request);
    const guards = guardsOf(outcome, evaluateNginx(served, request));
    const verdicts: Verdict[] = [];
    for (const bearer of bearersFor(outcome, guards)) {
      const verdict = bearer === undefined ? excluded('no IPv4 address is let in') : await unlessMixed(outcome, async () => await ask(configuration, { request, outcome, guards }, bearer));
      if (verdict.kind === 'differs') return verdict;
      verdicts.push(verdict);
    }
    // Where nobody can be let in, who is refused has been asked about.
    return verdicts.find(({ kind }) => kind === 'same') ?? verdicts[0] ?? excluded('nobody can ask');
  };
  await judgeAll(name, requests, judgeOne, tally);
}
