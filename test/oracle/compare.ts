import type { Guard, ProbeOutcome, ProbeRequest } from '../../src/verify/outcome.ts';
import { isUnjudged, refusal, type Bearer } from './bearer.ts';
import type { Answer } from '../traffic/send.ts';
import { differs, excluded, headerPairs, type Pair, type Verdict } from '../traffic/verdict.ts';
import { isOlder } from './world/version.ts';

/** Headers that only annotations set: the evaluator must name each that is there. */
const setOnTheWay = ['x-forwarded-prefix'] as const;
const setOnTheWayBack = ['origin', 'credentials', 'methods', 'headers', 'expose-headers', 'max-age'].map((name) => (/origin|credentials|methods|^headers/.test(name) ? `access-control-allow-${name}` : `access-control-${name}`));

/** What the authentication service says of a request stands in brackets; the one here sends no headers back. */
const withoutAnswer = (value: string): string => value.replace(/<[^>]* of the authentication service>/g, '').trim();

/** Undefined where the evaluator names none, or takes one away: then there must be none. */
function namedPairs(side: string, expected: ReadonlyMap<string, string>, also: readonly string[], real: (name: string) => unknown): readonly Pair[] {
  const values = new Map([...expected].map(([name, value]) => [name, withoutAnswer(value) === '' ? undefined : withoutAnswer(value)] as const));
  return [...headerPairs(values, real, side), ...also.filter((name) => !expected.has(name)).map((name) => [`${side} ${name}`, undefined, real(name)] as const)];
}

type Forwarded = Extract<ProbeOutcome, { kind: 'forwarded' }>;

/** A login may be asked for by sending the client to it, and an error page may stand for 400: neither is part of an outcome. */
function refusedAs(status: number, { status: real, headers }: Answer): boolean {
  if (status === real) return true;
  return real === 302 && ((status === 401 && /[?&]rd=|signin|start|login/.test(headers.get('location') ?? '')) || status === 400);
}

/** What the evaluator says of a request, and what nginx asks of who sends it. */
export interface Expected {
  readonly request: ProbeRequest;
  readonly outcome: ProbeOutcome;
  readonly guards: readonly Guard[];
}

/** The verdict of the conditions; undefined when they let the bearer in. */
function compareConditions(guards: readonly Guard[], answer: Answer, bearer: Bearer): Verdict | undefined {
  if (guards.some(isUnjudged)) return excluded('behind a snippet, which may do anything');
  const limited = guards.some(({ kind }) => kind === 'rate-limit' || kind === 'connection-limit');
  if (limited && answer.status === 503) return excluded('over the limit of the Ingress');
  const status = refusal(guards, bearer);
  if (status !== undefined) return refusedAs(status, answer) ? { kind: 'same' } : differs([['status', status, answer.status], ['location', undefined, answer.headers.get('location')]]);
  const asked = guards.some(({ detail }) => detail.includes('://'));
  return asked && answer.status === 500 ? excluded('the authentication service has a port of its own') : undefined;
}

function compareForwarded(outcome: Forwarded, answer: Answer, request: ProbeRequest): Verdict {
  const { backends } = outcome;
  const { echo } = answer;
  if (echo === undefined) return differs([['status', 200, answer.status], ['echo', true, false], ['location', undefined, answer.headers.get('location')]]);
  const names = backends.map(({ namespace, name }) => `${namespace}/${name}`);
  return differs([
    ['status', 200, answer.status],
    ['backend', names.includes(echo.service) ? echo.service : names.join(' or '), echo.service],
    ['target', outcome.target, echo.path],
    ['host', outcome.host, echo.headers['host'] ?? echo.headers[':authority']],
    ...namedPairs('request', new Map([...request.headers].filter(([name]) => name === 'x-forwarded-prefix').concat([...outcome.requestHeaders])), setOnTheWay, (name) => echo.headers[name]),
    ...namedPairs('response', outcome.responseHeaders, setOnTheWayBack, (name) => answer.headers.get(name)),
  ]);
}

/** The older controller's www redirect has no port in the address; 1.12 and later write :80 and :443. */
const withoutPort = (location: string): string => (isOlder ? location.replace(/^(https?:\/\/[^/:]+):(?:80|443)(?=\/|$)/, '$1') : location);

/** Whether nginx did what the evaluator says for a request of this bearer. */
export function compare({ request, outcome, guards }: Expected, answer: Answer, bearer: Bearer): Verdict {
  const refused = compareConditions(guards, answer, bearer);
  if (refused !== undefined) return refused;
  switch (outcome.kind) {
    case 'forwarded':
      return compareForwarded(outcome, answer, request);
    case 'redirected':
      return differs([
        ['status', outcome.status, answer.status],
        ['location', withoutPort(outcome.location), withoutPort(answer.headers.get('location') ?? '')],
      ]);
    case 'answered':
      return differs([
        ['status', outcome.status, answer.status],
        ['echo', undefined, answer.echo?.service],
        ...namedPairs('response', outcome.responseHeaders, setOnTheWayBack, (name) => answer.headers.get(name)),
      ]);
  }
}
