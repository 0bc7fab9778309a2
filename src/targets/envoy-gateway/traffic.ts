import { raise } from '../../diagnostics/finding.ts';
import type { JsonObject } from '../../model/gateway.ts';
import type { AffinityIntent, BandwidthLimitIntent, BodySizeIntent, RetriesIntent, ServiceUpstreamIntent, TimeoutsIntent } from '../../plan/intents.ts';
import type { LoweringContext, Verdict } from '../define.ts';
import type { RuleDraft } from '../draft.ts';
import { untimed } from '../standard/traffic.ts';
import { subjectOf } from '../subject.ts';
import { codes } from './codes.ts';
import { addPolicy, idleTimeouts, quantity } from './policies.ts';
import { nameOf } from './protections.ts';

export function lowerBodySize(intent: BodySizeIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  // Envoy has no limit of its own, so unlimited needs no policy.
  if (intent.maxBytes === 0) return { kind: 'exact' };
  const limit = quantity(intent.maxBytes);
  addPolicy(draft, 'BackendTrafficPolicy', { requestBuffer: { limit } });
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/body-size-buffers', subjectOf(intent, context), { object: nameOf(context), limit })] };
}

/** Defaults of ingress-nginx for the limits that the annotations leave alone (config.go). */
export const nginxConnectSeconds = 5;
export const nginxIdleSeconds = 60;

export function lowerTimeouts(intent: TimeoutsIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  const read = intent.readSeconds ?? nginxIdleSeconds;
  const send = intent.sendSeconds ?? nginxIdleSeconds;
  const idle = Math.max(read, send);
  addPolicy(draft, 'BackendTrafficPolicy', { timeout: idleTimeouts(intent.connectSeconds ?? nginxConnectSeconds, idle) });
  if (read === send) return { kind: 'exact' };
  const args = { object: nameOf(context), read: `${read}`, send: `${send}`, idle: `${idle}` };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/one-idle-timeout', subjectOf(intent, context), args)] };
}

function retryOn(conditions: readonly string[]): { readonly triggers: readonly string[]; readonly statuses: readonly number[] } {
  const statuses = conditions.flatMap((condition) => (condition.startsWith('http_') ? [Number(condition.slice('http_'.length))] : []));
  const triggers = [
    ...(conditions.includes('error') || conditions.includes('timeout') ? ['connect-failure', 'reset'] : []),
    ...(statuses.length > 0 ? ['retriable-status-codes'] : []),
  ];
  return { triggers, statuses };
}

/** `reset` covers an answer that Envoy cannot read, and a connection that breaks as well: nobody asked for the latter here. */
function triedOnlyAfterHeaders(intent: RetriesIntent, context: LoweringContext): Verdict {
  if (!intent.conditions.includes('invalid_header')) return { kind: 'exact' };
  return { kind: 'lost', findings: [raise(codes, 'envoy-gateway/retries-after-headers', subjectOf(intent, context), { object: nameOf(context) })] };
}

export function lowerRetries(intent: RetriesIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  const subject = subjectOf(intent, context);
  const { triggers, statuses } = retryOn(intent.conditions);
  // No retry policy means no retry on Envoy.
  if (intent.conditions.includes('off') || intent.tries === 1) return { kind: 'exact' };
  if (triggers.length === 0) return triedOnlyAfterHeaders(intent, context);
  if (intent.tries === 0) return { kind: 'lost', findings: [raise(codes, 'envoy-gateway/unlimited-retries', subject, { object: nameOf(context) })] };
  const numRetries = intent.tries - 1;
  addPolicy(draft, 'BackendTrafficPolicy', {
    retry: { numRetries, retryOn: { triggers: [...triggers], ...(statuses.length > 0 ? { httpStatusCodes: [...statuses] } : {}) } },
  });
  const args = { object: nameOf(context), retries: `${numRetries}`, triggers: triggers.join(', ') };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/retries-every-method', subject, args), ...untimed(intent, context)] };
}

function cookieAttributes(intent: AffinityIntent, path: string): JsonObject {
  return {
    Path: intent.path ?? path,
    ...(intent.domain === undefined ? {} : { Domain: intent.domain }),
    ...(intent.sameSite === undefined ? {} : { SameSite: intent.sameSite }),
    ...(intent.secure ? { Secure: 'true' } : {}),
    HttpOnly: 'true',
  };
}

export function lowerAffinity(intent: AffinityIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  // A ttl of zero makes Envoy set a session cookie; without a ttl it would set none.
  const seconds = Math.max(intent.maxAgeSeconds ?? intent.expiresSeconds ?? 0, 0);
  const cookie = { name: intent.cookieName, ttl: `${seconds}s`, attributes: cookieAttributes(intent, context.rule.location.path) };
  addPolicy(draft, 'BackendTrafficPolicy', { loadBalancer: { type: 'ConsistentHash', consistentHash: { type: 'Cookie', cookie } } });
  const lost = intent.mode === 'persistent' ? '; affinity-mode persistent cannot be kept' : '';
  const args = { object: nameOf(context), cookie: intent.cookieName, lost };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/affinity-hashes', subjectOf(intent, context), args)] };
}

export function lowerBandwidthLimit(intent: BandwidthLimitIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  addPolicy(draft, 'BackendTrafficPolicy', { bandwidthLimit: { response: { limit: { value: `${intent.kibPerSecond}Ki`, unit: 'Second' } } } });
  const args = { object: nameOf(context), limit: `${intent.kibPerSecond} KiB a second` };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/bandwidth-shared', subjectOf(intent, context), args)] };
}

export function lowerServiceUpstream(intent: ServiceUpstreamIntent, draft: RuleDraft): Verdict {
  addPolicy(draft, 'BackendTrafficPolicy', { routingType: intent.enabled ? 'Service' : 'Endpoint' });
  return { kind: 'exact' };
}
