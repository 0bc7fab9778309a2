import { raise, type Subject } from '../../diagnostics/finding.ts';
import type { Json } from '../../model/gateway.ts';
import type { AddressListIntent, BasicAuthIntent, RateLimitIntent } from '../../plan/intents.ts';
import type { RuleDraft } from '../draft.ts';
import type { LoweringContext, Verdict } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { codes } from './codes.ts';
import { addPolicy } from './policies.ts';

/** Ordered, first match wins: deny before allow, and everything else refused when there is an allow list. */
export function lowerAddressList(intent: AddressListIntent, draft: RuleDraft): Verdict {
  const rules: Json[] = [];
  if (intent.deny.length > 0) rules.push({ name: 'deny', action: 'Deny', principal: { clientCIDRs: [...intent.deny] } });
  if (intent.allow.length > 0) rules.push({ name: 'allow', action: 'Allow', principal: { clientCIDRs: [...intent.allow] } });
  addPolicy(draft, 'SecurityPolicy', { authorization: { defaultAction: intent.allow.length > 0 ? 'Deny' : 'Allow', rules } });
  return { kind: 'exact' };
}

/** A SecurityPolicy whose Secret has no .htpasswd makes Envoy Gateway refuse the route's requests: it fails closed. */
export function lowerBasicAuth(intent: BasicAuthIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  const subject: Subject = subjectOf(intent, context);
  const object = nameOf(context);
  if (intent.scheme === 'digest') return { kind: 'closed', findings: [raise(codes, 'envoy-gateway/digest-auth-lost', subject, { object })] };
  addPolicy(draft, 'SecurityPolicy', { basicAuth: { users: { name: intent.secret.name } } });
  const args = { object, secret: `${intent.secret.namespace}/${intent.secret.name}` };
  const { formats } = intent;
  if (formats === undefined) return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/basic-auth-secret', subject, args)] };
  const refused = formats.filter((format) => format !== 'SHA').join(', ');
  if (refused === '') return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/basic-auth-key', subject, args)] };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/basic-auth-hashes', subject, { ...args, formats: refused })] };
}

const everyClient: readonly Json[] = ['0.0.0.0/0', '::/0'];

/** One bucket per client address and unit; Envoy wants the address families named. */
function bucketRules(requests: number, unit: 'Second' | 'Minute'): readonly Json[] {
  return everyClient.map((value) => ({ clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }], limit: { requests, unit } }));
}

export function lowerRateLimit(intent: RateLimitIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  const { requestsPerSecond: rps, requestsPerMinute: rpm } = intent;
  const rules = [...(rps > 0 ? bucketRules(rps, 'Second') : []), ...(rpm > 0 ? bucketRules(rpm, 'Minute') : [])];
  addPolicy(draft, 'BackendTrafficPolicy', { rateLimit: { type: 'Local', local: { rules } } });
  const limit = [rps > 0 ? `${rps} requests a second` : '', rpm > 0 ? `${rpm} requests a minute` : ''].filter((part) => part !== '').join(' and ');
  const burst = `${(rps > 0 ? rps : rpm) * intent.burstMultiplier}`;
  const exempt = intent.exempt.length > 0 ? `; the exempt addresses ${intent.exempt.join(', ')} are limited as well` : '';
  const finding = raise(codes, 'envoy-gateway/rate-limit-differences', subjectOf(intent, context), { object: nameOf(context), limit, burst, exempt, status: `${intent.rejectStatus}` });
  return { kind: 'approximate', findings: [finding] };
}

/** `namespace/name` of the Ingress behind a rule. */
export function nameOf(context: LoweringContext): string {
  const ingress = context.rule.location.ingress;
  return ingress === undefined ? context.host.server.host : `${ingress.ref.namespace}/${ingress.ref.name}`;
}

