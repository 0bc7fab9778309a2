import { raise } from '../../diagnostics/finding.ts';
import type { IntentOf } from '../../plan/intents.ts';
import type { LoweringContext, Verdict } from '../define.ts';
import type { RuleDraft } from '../draft.ts';
import { standardLowerings } from '../standard/lowerings.ts';
import { subjectOf } from '../subject.ts';
import { codes } from './codes.ts';
import { addPolicy } from './policies.ts';
import { sizeWords } from '../standard/size-words.ts';
import { nameOf } from './protections.ts';

/** maxItems of responseOverride[].match.statusCodes. */
const maximumStatuses = 50;

/**
 * A responseOverride is a fixed answer. That is what nginx gives only where no Service answers in place of the errors: then the controller does,
 * with 404. It tells no errors of Envoy from those of the backend.
 */
export function lowerErrorPages(intent: IntentOf<'error-pages'>, draft: RuleDraft, context: LoweringContext): Verdict {
  const { statuses, service, ownErrorsOnly, setting } = intent;
  // Errors that the ConfigMap names become 500 where there is no Service for them (measured), which nobody wants kept.
  if (setting !== undefined || service !== undefined || ownErrorsOnly || statuses.length === 0 || statuses.length > maximumStatuses) return standardLowerings['error-pages'](intent, draft, context);
  const match = { statusCodes: statuses.map((value) => ({ type: 'Value', value })) };
  const response = { statusCode: 404, contentType: 'text/plain', body: { type: 'Inline', inline: 'not found' } };
  addPolicy(draft, 'BackendTrafficPolicy', { responseOverride: [{ match, response }] });
  const args = { object: nameOf(context), statuses: statuses.join(', ') };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/fixed-error-page', subjectOf(intent, context), args)] };
}

/** Envoy's own limit for the headers of an answer (max_response_headers_kb). */
const envoyHeaderBytes = 60 * 1024;

export function lowerResponseHeaderSize(intent: IntentOf<'response-header-size'>, draft: RuleDraft, context: LoweringContext): Verdict {
  if (intent.maxBytes > envoyHeaderBytes) return standardLowerings['response-header-size'](intent, draft, context);
  const args = { object: nameOf(context), size: sizeWords(intent.maxBytes) };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/response-header-limit', subjectOf(intent, context), args)] };
}

/** Envoy streams request bodies, unless a limit on them makes it hold them. */
export function lowerRequestBuffering(intent: IntentOf<'request-buffering'>, draft: RuleDraft, context: LoweringContext): Verdict {
  if (!draft.policies.some(({ spec }) => 'requestBuffer' in spec)) return { kind: 'exact' };
  return { kind: 'lost', findings: [raise(codes, 'envoy-gateway/request-buffered', subjectOf(intent, context), { object: nameOf(context) })] };
}
