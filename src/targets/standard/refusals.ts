import { defineCodes, raise, type Finding } from '../../diagnostics/finding.ts';
import type { Intent } from '../../plan/intents.ts';
import { inServerBlock, standingOf } from '../../plan/standing.ts';
import { codes } from '../codes.ts';
import type { FixedAnswer, Lower, LoweringContext, Verdict } from '../define.ts';
import type { DraftResponse } from '../draft.ts';
import { namespaceOf } from '../lower-rule.ts';
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
  'fixed-response/empty-page': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The {status} of {key} is answered by the gateway itself, with an empty body.',
    why: 'nginx writes a short page of its own under an error that the configuration gives no text.',
    do: 'Nothing, unless somebody reads that page.',
    source: 'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
  },
  'fixed-response/no-answer': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Requests that {key} cuts off get {status} from the gateway.',
    why: 'The status 444 makes nginx close the connection without an answer, which no filter does.',
    do: 'Nothing: the requests stay refused.',
    source: 'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
  },
  'method-guard/status': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Requests that {key} refuses for their method meet a closed rule: your gateway answers with its own status, 500 on most, instead of {status}.',
    why: 'Routes match methods, and the Gateway API has no filter that answers with a status.',
    do: 'Nothing, unless clients look at the status.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch',
  },
  'plain-http/closed': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Plain HTTP, which {key} answers with {status}, meets a closed rule: your gateway answers with its own status, 500 on most.',
    why: 'The Gateway API has no filter that answers with a status.',
    do: 'Nothing, unless clients look at the status.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httproutefilter',
  },
});

/** nginx closes the connection. https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return */
const hangUp = 444;

/** The nearest answer of the target, and what differs; undefined where it has none. */
export function respondTo(intent: Intent, answer: FixedAnswer, context: LoweringContext): { readonly response: DraftResponse; readonly verdict: Verdict } | undefined {
  const silent = answer.status === hangUp;
  const status = silent ? 403 : answer.status;
  const response = context.respond?.({ ...answer, status }, namespaceOf(context));
  if (response === undefined) return undefined;
  const code = silent ? 'fixed-response/no-answer' : status >= 400 && answer.body === '' ? 'fixed-response/empty-page' : undefined;
  if (code === undefined) return { response, verdict: { kind: 'exact' } };
  const finding = raise(refusalCodes, code, subjectOf(intent, context), { key: keyOf(intent), status: String(status) });
  return { response, verdict: { kind: 'approximate', findings: [finding] } };
}

/** What becomes of an answer for which the target has no filter: its requests are refused. */
export function withoutAnswer(intent: Intent, status: number, context: LoweringContext): { readonly code: 'fixed-response/status' | 'fixed-response/lost'; readonly finding: Finding } {
  const code = status >= 400 ? 'fixed-response/status' : 'fixed-response/lost';
  return { code, finding: raise(refusalCodes, code, subjectOf(intent, context), { key: keyOf(intent), status: String(status) }) };
}

export const lowerFixedResponse: Lower<'fixed-response'> = (intent, draft, context) => {
  const answer = respondTo(intent, intent, context);
  if (answer === undefined) return { kind: 'closed', findings: [withoutAnswer(intent, intent.status, context).finding] };
  draft.response = answer.response;
  return answer.verdict;
};

export const lowerMethodGuard: Lower<'method-guard'> = (intent, draft, context) => {
  const answer = respondTo(intent, { status: intent.status, body: '', contentType: '' }, context);
  draft.methodGuards.push({ allowed: intent.allowed, refused: intent.refused, response: answer?.response, standing: standingOf(intent) });
  if (answer !== undefined) return answer.verdict;
  const args = { key: keyOf(intent), status: String(intent.status) };
  return { kind: 'approximate', findings: [raise(refusalCodes, 'method-guard/status', subjectOf(intent, context), args)] };
};

/** Preflights that nginx answers before the location refuses plain HTTP. */
function preflightsOf(intent: Intent, context: LoweringContext): readonly Finding[] {
  const cors = inServerBlock(intent) ? undefined : context.rule.intents.find(({ kind }) => kind === 'cors');
  return cors === undefined ? [] : [raise(codes, 'cors/answered-first', subjectOf(cors, context), { key: keyOf(cors) })];
}

export const lowerPlainHttp: Lower<'plain-http'> = (intent, draft, context) => {
  const answer = respondTo(intent, { status: intent.status, body: '', contentType: '' }, context);
  draft.plainHttp = { response: answer?.response, code: 'plain-http/closed', standing: standingOf(intent) };
  const args = { key: keyOf(intent), status: String(intent.status) };
  const told = answer === undefined ? [raise(refusalCodes, 'plain-http/closed', subjectOf(intent, context), args)] : (answer.verdict.findings ?? []);
  const [first, ...others] = [...told, ...preflightsOf(intent, context)];
  return first === undefined ? { kind: 'exact' } : { kind: 'approximate', findings: [first, ...others] };
};
