import { defineCodes, raise } from '../../diagnostics/finding.ts';
import type { Lower } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

const lost = { fidelity: 'lost', risk: 'availability' } as const;

export const balancingCodes = defineCodes({
  'load-balance/lost': {
    ...lost,
    what: '{key}: {algorithm} is lost: endpoints are chosen as the gateway does it.',
    why: 'The Gateway API has no field for the algorithm.',
    do: 'Watch the latency of slow endpoints after the switch, or set a policy of your gateway.',
  },
  'upstream-hash/lost': {
    ...lost,
    what: '{key} is lost: requests with the same {by} may reach different endpoints.',
    why: 'The Gateway API has no field that chooses endpoints by a hash.',
    do: 'Expect more cache misses in the pods, or set a policy of your gateway; sessions in memory have to be shared.',
  },
});

export const lowerLoadBalance: Lower<'load-balance'> = (intent, _draft, context) => ({
  kind: 'lost',
  findings: [raise(balancingCodes, 'load-balance/lost', subjectOf(intent, context), { key: keyOf(intent), algorithm: intent.algorithm })],
});

export const lowerUpstreamHash: Lower<'upstream-hash'> = (intent, _draft, context) => ({
  kind: 'lost',
  findings: [raise(balancingCodes, 'upstream-hash/lost', subjectOf(intent, context), { key: keyOf(intent), by: intent.by })],
});
