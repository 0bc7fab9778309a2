import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import { parseNetworks } from '../nginx/networks.ts';
import { parseInteger } from '../nginx/values.ts';
import type { ConnectionLimitIntent, Intent, RateLimitIntent } from '../plan/intents.ts';
import { readBandwidth } from './bandwidth-limit.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type PresentAnnotation } from './define.ts';
import { codes } from './rate-limit-codes.ts';
import { refused } from './refused.ts';
import { presentOf } from './siblings.ts';

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

interface Burst {
  /** At least 1. */
  readonly multiplier: number;
  /** The annotation decides it. */
  readonly used: boolean;
  readonly findings: readonly Finding[];
}

function burstOf(annotation: PresentAnnotation | undefined): Burst {
  if (annotation === undefined) return { multiplier: defaultBurstMultiplier, used: false, findings: [] };
  const { ingress, key, raw } = annotation;
  const value = parseInteger(raw);
  if (value === undefined) {
    const args = { annotation: key, used: `${defaultBurstMultiplier}` };
    return { multiplier: defaultBurstMultiplier, used: false, findings: [raise(codes, 'rate-limit/value-ignored', aboutAnnotation(ingress, key), args)] };
  }
  if (value >= 1) return { multiplier: value, used: true, findings: [] };
  return { multiplier: 1, used: true, findings: [raise(codes, 'rate-limit/burst-breaks-nginx', aboutAnnotation(ingress, key), { annotation: key })] };
}

/** A positive limit counts; 0, a negative number and an empty text switch it off. Other text made the controller drop the Ingress. */
const limitOf = (annotation: PresentAnnotation | undefined): number => Math.max(0, parseInteger(annotation?.raw ?? '') ?? 0);

interface Limits {
  readonly rates: readonly PresentAnnotation[];
  readonly connections: readonly PresentAnnotation[];
  readonly list: PresentAnnotation | undefined;
  readonly exempt: readonly string[];
}

function rateIntent({ settings, get }: Input, { rates, list, exempt }: Limits): { readonly intents: readonly RateLimitIntent[]; readonly findings: readonly Finding[] } {
  if (rates.length === 0) return { intents: [], findings: [] };
  const burst = get('limit-burst-multiplier');
  const { multiplier, used, findings } = burstOf(burst);
  const intent: RateLimitIntent = {
    kind: 'rate-limit',
    from: [...rates, ...presentOf([used ? burst : undefined, list])],
    requestsPerSecond: limitOf(get('limit-rps')),
    requestsPerMinute: limitOf(get('limit-rpm')),
    burstMultiplier: multiplier,
    rejectStatus: settings.limitReqStatusCode,
    exempt,
  };
  return { intents: [intent], findings };
}

function connectionIntent({ settings }: Input, { connections, list, exempt }: Limits): readonly ConnectionLimitIntent[] {
  const [first] = connections;
  if (first === undefined) return [];
  return [{ kind: 'connection-limit', from: [first, ...presentOf([list])], connections: limitOf(first), rejectStatus: settings.limitConnStatusCode, exempt }];
}

/** Annotations without effect beside the limits that count. */
function idleOnes({ get }: Input, { rates, connections, list }: Limits): readonly Finding[] {
  const findings = presentOf(limits.map(get))
    .filter((annotation) => limitOf(annotation) === 0)
    .map(({ ingress, key }) => raise(codes, 'rate-limit/off', aboutAnnotation(ingress, key), { annotation: key }));
  const burst = get('limit-burst-multiplier');
  if (rates.length === 0 && burst !== undefined) findings.push(idle(burst, 'neither limit-rps nor limit-rpm is in effect'));
  if (rates.length + connections.length === 0 && list !== undefined) findings.push(idle(list, 'no limit is in effect'));
  return findings;
}

/** The most that nginx can count. Measured: 65535 is loaded, one more is refused. */
const mostConnections = 65_535;

function tooMany({ connections }: Limits): readonly Finding[] {
  return connections
    .filter((annotation) => limitOf(annotation) > mostConnections)
    .map((annotation) => raise(codes, 'rate-limit/connections-break-nginx', aboutAnnotation(annotation.ingress, annotation.key), { annotation: annotation.key, value: String(limitOf(annotation)) }));
}

/** Whose requests are counted together, when nginx does not go by the connection. */
function addressFrom({ settings }: Input, { rates, connections }: Limits): readonly Finding[] {
  const [first, ...others] = [...rates, ...connections];
  if (first === undefined || !(settings.useForwardedHeaders || settings.useProxyProtocol)) return [];
  const setting = settings.useProxyProtocol ? 'use-proxy-protocol' : 'use-forwarded-headers';
  const subject = { ...aboutAnnotation(first.ingress, first.key), also: others.map(({ key }) => key) };
  return [raise(codes, 'rate-limit/client-address-from-header', subject, { annotation: first.key, setting })];
}

function readLimits(input: Input): { readonly intents: readonly Intent[]; readonly findings: readonly Finding[] } {
  const { get } = input;
  const counting = (names: readonly ('limit-rps' | 'limit-rpm' | 'limit-connections')[]): readonly PresentAnnotation[] =>
    presentOf(names.map(get)).filter((annotation) => limitOf(annotation) > 0);
  const { list, findings } = exemptOf(get);
  const exempt = list === undefined ? [] : (parseNetworks(list.raw) ?? []);
  const counted: Limits = { rates: counting(['limit-rps', 'limit-rpm']), connections: counting(['limit-connections']), list, exempt };
  const rate = rateIntent(input, counted);
  return {
    intents: [...rate.intents, ...connectionIntent(input, counted)],
    findings: [...findings, ...idleOnes(input, counted), ...rate.findings, ...tooMany(counted), ...addressFrom(input, counted)],
  };
}

export const rateLimit = defineFamily({
  id: 'rate-limit',
  keys,
  codes,
  implicit: true,
  intents: ['bandwidth-limit', 'connection-limit', 'rate-limit'],
  asks: {
    'limit-rps': ['rate-limit'],
    'limit-rpm': ['rate-limit'],
    'limit-burst-multiplier': ['rate-limit'],
    'limit-connections': ['connection-limit'],
    'limit-allowlist': ['connection-limit', 'rate-limit'],
    'limit-whitelist': ['connection-limit', 'rate-limit'],
    'limit-rate': ['bandwidth-limit'],
    'limit-rate-after': ['bandwidth-limit'],
  },
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
