import type { ConvertResult, VerificationOptions } from './convert.ts';
import type { Expectation } from './probe/known.ts';
import { createExplainer } from './verify/compare/explain.ts';
import { evaluateNginx } from './verify/nginx/evaluate.ts';
import type { ProbeOutcome, ProbeRequest } from './verify/outcome.ts';
import { generateRequests, requestKey } from './verify/requests/generate.ts';

/** What the models say about the requests of a run. */
export interface Expected extends Expectation {
  readonly requests: readonly ProbeRequest[];
  /** What ingress-nginx answers, by its model. */
  readonly nginx: (request: ProbeRequest) => ProbeOutcome;
}

/** Requests of a verified run, with the differences that the models predict for them. The options are those of the verification. */
export function expectationOf({ migration, report }: ConvertResult, { requests, seed }: Pick<VerificationOptions, 'requests' | 'seed'>): Expected {
  const { configuration, findings, accepted } = migration;
  const predicted = new Map(report.verified?.divergences.map((divergence) => [requestKey(divergence.request), divergence]));
  return {
    requests: generateRequests(configuration, requests, seed),
    predicted: (request) => predicted.get(requestKey(request)),
    explain: createExplainer(configuration, findings, accepted),
    nginx: (request) => evaluateNginx(configuration, request),
  };
}
