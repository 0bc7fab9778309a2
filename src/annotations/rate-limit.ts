import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import { parseNetworks } from '../nginx/networks.ts';
import { parseInteger } from '../nginx/values.ts';
import type { BandwidthLimitIntent, ConnectionLimitIntent, Intent, RateLimitIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type PresentAnnotation } from './define.ts';
import { codes } from './rate-limit-codes.ts';
import { refused } from './refused.ts';
import { presentOf, siblingsOf } from './siblings.ts';

const limits = ['limit-rps', 'limit-rpm', 'limit-connections'] as const;
const keys = [...limits, 'limit-burst-multiplier', 'limit-allowlist', 'limit-whitelist', 'limit-rate', 'limit-rate-after'] as const;
type Input = FamilyInput<(typeof keys)[number]>;

const defaultBurstMultiplier = 5;

const filled = (annotation: PresentAnnotation | undefined): PresentAnnotation | undefined => (annotation?.raw === '' ? undefined : annotation);
const idle = ({ ingress, key }: PresentAnnotation, reason: string): Finding =>
  raise(codes, 'rate-limit/companion-without-limit', aboutAnnotation(ingress, key), { annotation: key, reason });

/** The list that counts and the one that does not. */
function exemptOf(get: Input['get']): { readonly list: PresentAnnotation | undefined; readonly findings: readonly Finding[] } {
  const list = filled(get('limit-allowlist')) ?? filled(get('limit-whitelist'));
  const findings: Finding[] = [];
  for (const name of ['limit-allowlist', 'limit-whitelist'] as const) {
    const other = get(name);
    if (other === undefined || other.key === list?.key) continue;
    if (list === undefined) findings.push(idle(other, 'it is empty'));
    else findings.push(raise(codes, 'rate-limit/other-name-wins', aboutAnnotation(other.ingress, other.key), { annotation: other.key, winner: list.key }));
  }
  return { list, findings };
}

/** Factor of the burst, at least 1, and what there is to say about the annotation when a rate is limited. */
function burstOf(annotation: PresentAnnotation | undefined): { readonly multiplier: number; readonly findings: readonly Finding[] } {
  if (annotation === undefined) return { multiplier: defaultBurstMultiplier, findings: [] };
  const { ingress, key, raw } = annotation;
  const value = parseInteger(raw);
  if (value === undefined) {
    const args = { annotation: key, used: `${defaultBurstMultiplier}` };
    return { multiplier: defaultBurstMultiplier, findings: [raise(codes, 'rate-limit/value-ignored', aboutAnnotation(ingress, key), args)] };
  }
  if (value >= 1) return { multiplier: value, findings: [] };
  return { multiplier: 1, findings: [raise(codes, 'rate-limit/burst-breaks-nginx', aboutAnnotation(ingress, key), { annotation: key })] };
}

/** A positive limit counts; 0, a negative number and an empty text switch it off. Other text made the controller drop the Ingress. */
const limitOf = (annotation: PresentAnnotation | undefined): number => Math.max(0, parseInteger(annotation?.raw ?? '') ?? 0);

function readLimits(input: Input): { readonly intents: readonly Intent[]; readonly findings: readonly Finding[] } {
  const { settings, get } = input;
  const [rps, rpm, connections] = [get('limit-rps'), get('limit-rpm'), get('limit-connections')];
  const findings: Finding[] = presentOf([rps, rpm, connections])
    .filter((annotation) => limitOf(annotation) === 0)
    .map(({ ingress, key }) => raise(codes, 'rate-limit/off', aboutAnnotation(ingress, key), { annotation: key }));
  const rated = presentOf([rps, rpm]).filter((annotation) => limitOf(annotation) > 0);
  const connected = limitOf(connections) > 0 ? presentOf([connections]) : [];
  const burst = get('limit-burst-multiplier');
  const { list, findings: aboutLists } = exemptOf(get);
  findings.push(...aboutLists);
  if (rated.length === 0 && burst !== undefined) findings.push(idle(burst, 'neither limit-rps nor limit-rpm is in effect'));
  if (rated.length + connected.length === 0) {
    if (list !== undefined) findings.push(idle(list, 'no limit is in effect'));
    return { intents: [], findings };
  }
  const exempt = list === undefined ? [] : (parseNetworks(list.raw) ?? []);
  const intents: Intent[] = [];
  if (rated.length > 0) {
    const { multiplier, findings: aboutBurst } = burstOf(burst);
    findings.push(...aboutBurst);
    const from = [...rated, ...presentOf([aboutBurst.some(({ code }) => code === 'rate-limit/value-ignored') ? undefined : burst, list])];
    const intent: RateLimitIntent = {
      kind: 'rate-limit',
      from,
      requestsPerSecond: limitOf(rps),
      requestsPerMinute: limitOf(rpm),
      burstMultiplier: multiplier,
      rejectStatus: settings.limitReqStatusCode,
      exempt,
    };
    intents.push(intent);
  }
  if (connected.length > 0) {
    const intent: ConnectionLimitIntent = {
      kind: 'connection-limit',
      from: [...connected, ...presentOf([list])],
      connections: limitOf(connections),
      rejectStatus: settings.limitConnStatusCode,
      exempt,
    };
    intents.push(intent);
  }
  const [first, ...others] = [...rated, ...connected];
  if (first !== undefined && (settings.useForwardedHeaders || settings.useProxyProtocol)) {
    const setting = settings.useProxyProtocol ? 'use-proxy-protocol' : 'use-forwarded-headers';
    const subject = { ...aboutAnnotation(first.ingress, first.key), also: others.map(({ key }) => key) };
    findings.push(raise(codes, 'rate-limit/client-address-from-header', subject, { annotation: first.key, setting }));
  }
  return { intents, findings };
}

/** limit-rate and limit-rate-after. */
function readBandwidth({ ingress, settings, get }: Input): { readonly intents: readonly BandwidthLimitIntent[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const numberOf = (name: 'limit-rate' | 'limit-rate-after'): number => {
    const annotation = get(name);
    const common = Math.max(0, parseInteger(settings.raw.get(name) ?? '') ?? 0);
    if (annotation === undefined) return common;
    const own = parseInteger(annotation.raw);
    if (own === undefined) findings.push(raise(codes, 'rate-limit/value-ignored', aboutAnnotation(ingress, annotation.key), { annotation: annotation.key, used: `${common}` }));
    return Math.max(0, own ?? common);
  };
  const present = presentOf([get('limit-rate'), get('limit-rate-after')]);
  const [kibPerSecond, afterKib] = [numberOf('limit-rate'), numberOf('limit-rate-after')];
  const buffering = siblingsOf(ingress, settings)('proxy-buffering')?.raw ?? settings.raw.get('proxy-buffering');
  if (kibPerSecond === 0) {
    const reason = 'limit-rate is not above 0';
    return { intents: [], findings: [...findings, ...present.map((annotation) => idle(annotation, reason))] };
  }
  if (buffering !== 'on') {
    return { intents: [], findings: [...findings, ...present.map((annotation) => idle(annotation, 'the bandwidth is limited only with proxy-buffering: "on"'))] };
  }
  const from = present.filter(({ key }) => !findings.some(({ annotation }) => annotation === key));
  return { intents: [{ kind: 'bandwidth-limit', from, kibPerSecond, afterKib }], findings };
}

export const rateLimit = defineFamily({
  id: 'rate-limit',
  keys,
  codes,
  implicit: true,
  docs: {
    nginx:
      'Counts requests (per second, per minute) and open requests per client address, for all paths of an Ingress together and per controller pod. A burst of five times the rate passes at once; what goes beyond gets 503 without Retry-After. Redirects are not counted.',
    gateway: 'The Gateway API has no rate limit. Gateways with a policy of their own count differently: other bursts, 429, sometimes all clients together.',
    loss: 'Without a counterpart nothing would hold back brute force or overload, so the rule is closed.',
  },
  read: (input): FamilyReading => {
    const { get } = input;
    const bad = limits.find((name) => {
      const annotation = filled(get(name));
      return annotation !== undefined && parseInteger(annotation.raw) === undefined;
    });
    if (bad !== undefined) return refused(presentOf(keys.map(get)), `drops the Ingress, because ${bad} is no whole number`);
    const { list } = exemptOf(get);
    if (list !== undefined && parseNetworks(list.raw) === undefined) {
      return refused(presentOf(keys.map(get)), 'drops the Ingress, because the list of exempt addresses holds an entry that is no address');
    }
    const counted = readLimits(input);
    const bandwidth = readBandwidth(input);
    return { intents: [...counted.intents, ...bandwidth.intents], findings: [...counted.findings, ...bandwidth.findings] };
  },
});
