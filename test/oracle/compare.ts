import type { Guard, ProbeOutcome } from '../../src/verify/outcome.ts';
import { admitsAll } from '../traffic/address-guards.ts';
import { address, type Answer } from '../traffic/send.ts';
import { differs, excluded, headerPairs, type Verdict } from '../traffic/verdict.ts';

/** Status that a guard answers with, when it does not let the test's requests in: they have a password, no certificate, one address. */
function refusal(guards: readonly Guard[]): number | undefined {
  if (guards.some(({ kind }) => kind === 'client-certificate')) return 400;
  if (!admitsAll(guards, address)) return 403;
  return undefined;
}

type Forwarded = Extract<ProbeOutcome, { kind: 'forwarded' }>;

function compareForwarded(outcome: Forwarded, answer: Answer): Verdict {
  const { guards, backends } = outcome;
  const limited = guards.some(({ kind }) => kind === 'rate-limit' || kind === 'connection-limit');
  if (limited && answer.status === 503) return excluded('over the limit of the Ingress');
  if (guards.some(({ kind }) => kind === 'unknown')) return excluded('conditions the evaluator does not know: snippets, one of several checks');
  const status = refusal(guards);
  if (status !== undefined) return differs([['status', status, answer.status]]);
  if (guards.some(({ kind }) => kind === 'external-auth') && answer.status === 500) return excluded('the authentication service has a port of its own');
  const { echo } = answer;
  if (echo === undefined) return differs([['status', 200, answer.status], ['echo', true, false], ['location', undefined, answer.headers.get('location')]]);
  const names = backends.map(({ namespace, name }) => `${namespace}/${name}`);
  return differs([
    ['backend', names.includes(echo.service) ? echo.service : names.join(' or '), echo.service],
    ['target', outcome.target, echo.path],
    ['host', outcome.host, echo.headers['host'] ?? echo.headers[':authority']],
    ...headerPairs(outcome.requestHeaders, (name) => echo.headers[name], 'request'),
    ...headerPairs(outcome.responseHeaders, (name) => answer.headers.get(name), 'response'),
    ['response access-control-allow-origin', outcome.responseHeaders.get('access-control-allow-origin'), answer.headers.get('access-control-allow-origin')],
  ]);
}

/** This controller's www redirect has no port in the address; 1.12 and later write :80 and :443. */
const withoutPort = (location: string): string => location.replace(/^(https?:\/\/[^/:]+):(?:80|443)(?=\/|$)/, '$1');

/** Whether nginx did what the evaluator says. */
export function compare(outcome: ProbeOutcome, answer: Answer): Verdict {
  switch (outcome.kind) {
    case 'forwarded':
      return compareForwarded(outcome, answer);
    case 'redirected':
      return differs([
        ['status', outcome.status, answer.status],
        ['location', withoutPort(outcome.location), answer.headers.get('location')],
      ]);
    case 'answered':
      return differs([
        ['status', outcome.status, answer.status],
        ['echo', undefined, answer.echo?.service],
        ...headerPairs(outcome.status === 204 ? outcome.responseHeaders : new Map(), (name) => answer.headers.get(name), 'response'),
      ]);
  }
}
