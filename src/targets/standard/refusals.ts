import { defineCodes, raise } from '../../diagnostics/finding.ts';
import type { MethodGuardIntent } from '../../plan/intents.ts';
import type { Lower } from '../define.ts';
import type { DraftMethodGuard, DraftResponse } from '../draft.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

export const refusalCodes = defineCodes({
  'fixed-response/status': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The {status} of {key} becomes a closed rule: requests are refused with the status of your gateway for it, 500 on most.',
    why: 'The Gateway API has no filter that answers with a status.',
    do: 'Nothing, unless clients look at the status; then let an application answer the path, or use a filter of your gateway.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httproutefilter',
  },
  'fixed-response/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The answer {status} of {key} is lost, and its rule is closed.',
    why: 'The Gateway API has no filter that answers by itself.',
    do: 'Let an application answer the path, or use a filter of your gateway.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httproutefilter',
  },
  'method-guard/status': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Requests that {key} refuses for their method meet a closed rule: your gateway answers with its own status, 500 on most, instead of {status}.',
    why: 'Routes match methods, and the Gateway API has no filter that answers with a status.',
    do: 'Nothing, unless clients look at the status.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch',
  },
});

export const lowerFixedResponse: Lower<'fixed-response'> = (intent, _draft, context) => {
  const code = intent.status >= 400 ? 'fixed-response/status' : 'fixed-response/lost';
  return { kind: 'closed', findings: [raise(refusalCodes, code, subjectOf(intent, context), { key: keyOf(intent), status: String(intent.status) })] };
};

/** A request must pass both. */
export function joinGuards(one: DraftMethodGuard | undefined, { allowed, refused }: MethodGuardIntent, response?: DraftResponse): DraftMethodGuard {
  if (one === undefined) return { allowed, refused, response };
  const both = one.allowed === undefined || allowed === undefined ? (one.allowed ?? allowed) : one.allowed.filter((method) => allowed.includes(method));
  const none = [...new Set([...one.refused, ...refused])].sort();
  return { allowed: both?.filter((method) => !none.includes(method)), refused: none, response: one.response ?? response };
}

export const lowerMethodGuard: Lower<'method-guard'> = (intent, draft, context) => {
  draft.methodGuard = joinGuards(draft.methodGuard, intent);
  const args = { key: keyOf(intent), status: String(intent.status) };
  return { kind: 'approximate', findings: [raise(refusalCodes, 'method-guard/status', subjectOf(intent, context), args)] };
};
