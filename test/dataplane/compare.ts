import type { Guard, ProbeOutcome } from '../../src/verify/outcome.ts';
import { admitsAll } from '../traffic/address-guards.ts';
import { address, type Answer } from '../traffic/send.ts';
import { differs, excluded, headerPairs, type Verdict } from '../traffic/verdict.ts';

type Forwarded = Extract<ProbeOutcome, { kind: 'forwarded' }>;

const has = (guards: readonly Guard[], kind: Guard['kind']): boolean => guards.some((guard) => guard.kind === kind);

/** A removed header is '' for the evaluator. */
const removedAsAbsent = (headers: ReadonlyMap<string, string>): ReadonlyMap<string, string | undefined> => new Map([...headers].map(([name, value]) => [name, value === '' ? undefined : value]));

function compareForwarded(outcome: Forwarded, answer: Answer): Verdict {
  const { guards, backends } = outcome;
  if (has(guards, 'rate-limit') && answer.status === 429) return excluded('over the limit of the policy');
  if (!admitsAll(guards, address)) return differs([['status', 403, answer.status]]);
  if (!outcome.target.startsWith('/')) return excluded('handed on unopened, and refused by the backend itself: no path');
  if (answer.status >= 500 && backends.some(({ name }) => name === '')) return { kind: 'same' };
  const { echo } = answer;
  if (echo === undefined) return differs([['status', 200, answer.status], ['echo', true, false], ['location', undefined, answer.headers.get('location')]]);
  const names = backends.map(({ namespace, name }) => `${namespace}/${name}`);
  return differs([
    ['backend', names.includes(echo.service) ? echo.service : names.join(' or '), echo.service],
    ['target', outcome.target, echo.path],
    ['host', outcome.host, echo.headers['host'] ?? echo.headers[':authority']],
    ...headerPairs(removedAsAbsent(outcome.requestHeaders), (name) => echo.headers[name], 'request'),
    ...headerPairs(removedAsAbsent(outcome.responseHeaders), (name) => answer.headers.get(name), 'response'),
    ['response access-control-allow-origin', outcome.responseHeaders.get('access-control-allow-origin'), answer.headers.get('access-control-allow-origin')],
  ]);
}

/** Whether the gateway did what the evaluator says. `answer` is undefined when it closed the connection without one. */
export function compare(outcome: ProbeOutcome, answer: Answer | undefined): Verdict {
  if (answer === undefined) return differs([['status', outcome.kind === 'forwarded' ? 200 : outcome.status, 0]]);
  switch (outcome.kind) {
    case 'forwarded':
      return compareForwarded(outcome, answer);
    case 'redirected':
      return differs([
        ['status', outcome.status, answer.status],
        ['location', outcome.location, answer.headers.get('location')],
      ]);
    case 'answered':
      return differs([
        ['status', outcome.status, answer.status],
        ['echo', undefined, answer.echo?.service],
        ...headerPairs(outcome.responseHeaders, (name) => answer.headers.get(name), 'response'),
      ]);
  }
}
