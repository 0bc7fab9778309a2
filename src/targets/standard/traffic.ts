import { defineCodes, raise, type Finding } from '../../diagnostics/finding.ts';
import type { JsonObject } from '../../model/gateway.ts';
import type { AffinityIntent, RetriesIntent } from '../../plan/intents.ts';
import type { Lower, LoweringContext } from '../define.ts';
import type { Profile } from '../profile.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';
import { sizeWords } from './size-words.ts';

const timeouts = 'https://gateway-api.sigs.k8s.io/geps/gep-1742/';
const retries = 'https://gateway-api.sigs.k8s.io/geps/gep-1731/';
const persistence = 'https://gateway-api.sigs.k8s.io/geps/gep-1619/';

export const trafficCodes = defineCodes({
  'timeouts/no-total-limit': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The idle timeout of {seconds} s ({key}) becomes timeouts.request: 0s, no limit on the whole request.',
    why: 'proxy-read-timeout and proxy-send-timeout run between two reads or writes; the Gateway API has only limits on whole requests, and one of {seconds} s would cut long downloads and streams. Gateways without this field keep their own limit.',
    do: 'Check the idle timeout of your gateway, and of the load balancer before it, against {seconds} s.',
    source: timeouts,
  },
  'timeouts/lost': {
    fidelity: 'lost',
    risk: 'none',
    what: '{key} is lost: nothing cuts a stalled application off after {seconds} s.',
    why: 'nginx limits the time to connect and between two reads or writes; the Gateway API has only limits on whole requests, which would cut long answers as well.',
    do: 'Set a policy of your gateway if the limit matters.',
    source: timeouts,
  },
  'retries/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key} is lost: failed requests are not tried again as asked.',
    why: 'The field rules[].retry {missing}.',
    do: 'Choose a newer --gateway-api-version if your gateway has it, or set a retry policy of your gateway.',
    source: retries,
  },
  'retries/every-method': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{key} becomes retry.attempts: {attempts}, for every method and for the status codes listed.',
    why: 'nginx sends POST, PATCH and LOCK once unless non_idempotent is given, and it decides on connection errors and timeouts; the field retry looks at status codes and does not tell methods apart.',
    do: 'Make sure that the application takes a repeated POST, or remove the annotation before you convert.',
    source: retries,
  },
  'retries/no-time-limit': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The limit of {seconds} s on trying again is lost: all attempts of {key} are made, however long the ones before took.',
    why: 'proxy-next-upstream-timeout ends the attempts after that time; retries of a gateway are limited in number only.',
    do: 'Lower the number of tries if clients must not wait that long.',
    source: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream_timeout',
  },
  'affinity/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key} is lost: requests of one client go to any pod.',
    why: 'The field rules[].sessionPersistence {missing}.',
    do: 'Use --channel experimental if your gateway has the field, a policy of your gateway, or share sessions between the pods.',
    source: persistence,
  },
  'affinity/cookie-differs': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The session cookie {cookie} is made by the gateway: clients choose a pod anew once, and its domain, path, SameSite and Secure attributes are those of the gateway.',
    why: 'The field sessionPersistence has a name and a lifetime; the other session-cookie annotations have no counterpart.',
    do: 'Plan the cut-over for a time when a lost session does little harm.',
    source: persistence,
  },
  'body-size/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key} is lost: nginx takes {size}, and afterwards your gateway decides.',
    why: 'The Gateway API has no field for the size of a body.',
    do: 'See what your gateway takes: many have no limit, some refuse above 1 MiB. If the limit protects the application, set it there.',
  },
});

const defaultIdleSeconds = 60;

export const lowerTimeouts: Lower<'timeouts'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  const key = keyOf(intent);
  const idle = Math.max(intent.readSeconds ?? 0, intent.sendSeconds ?? 0);
  if (idle <= defaultIdleSeconds) {
    const seconds = String(idle === 0 ? (intent.connectSeconds ?? 0) : idle);
    return { kind: 'lost', findings: [raise(trafficCodes, 'timeouts/lost', subject, { key, seconds })] };
  }
  draft.timeouts = { request: '0s' };
  return { kind: 'approximate', findings: [raise(trafficCodes, 'timeouts/no-total-limit', subject, { key, seconds: String(idle) })] };
};

const maximumAttempts = 10;

/** Status codes among nginx's conditions. */
function retryCodes(conditions: readonly string[]): readonly number[] {
  const codes = conditions.map((condition) => Number(/^http_([45]\d\d)$/.exec(condition)?.[1])).filter((code) => !Number.isNaN(code));
  return [...new Set(codes)].sort((a, b) => a - b);
}

/** What a retry that is written does not keep of the limit of time. */
export function untimed(intent: RetriesIntent, context: LoweringContext): readonly Finding[] {
  if (intent.timeoutSeconds === 0) return [];
  return [raise(trafficCodes, 'retries/no-time-limit', subjectOf(intent, context), { key: keyOf(intent), seconds: String(intent.timeoutSeconds) })];
}

export const lowerRetries: Lower<'retries'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  const key = keyOf(intent);
  if (intent.tries === 1 || intent.conditions.includes('off')) return { kind: 'exact' };
  if (!context.profile.supports('retry')) {
    return { kind: 'lost', findings: [raise(trafficCodes, 'retries/lost', subject, { key, missing: context.profile.missing('retry') })] };
  }
  // The first try counts in nginx; 0 is without end there.
  const attempts = intent.tries <= 0 ? maximumAttempts : Math.min(intent.tries - 1, maximumAttempts);
  const codes = retryCodes(intent.conditions);
  draft.retry = { ...(codes.length === 0 ? {} : { codes }), attempts };
  return { kind: 'approximate', findings: [raise(trafficCodes, 'retries/every-method', subject, { key, attempts: String(attempts) }), ...untimed(intent, context)] };
};

const reshapedIn = 7;

/** The field has another shape from 1.7 on: https://github.com/kubernetes-sigs/gateway-api/blob/main/CHANGELOG/ */
function persistenceOf({ cookieName, maxAgeSeconds, expiresSeconds, path }: AffinityIntent, { version }: Profile): JsonObject {
  const seconds = maxAgeSeconds ?? expiresSeconds ?? 0;
  const lifetimeType = seconds > 0 ? 'Permanent' : 'Session';
  const lasting = seconds > 0 ? { absoluteTimeout: `${String(Math.min(Math.ceil(seconds / 3600), 99_999))}h` } : {};
  if (version[1] < reshapedIn) return { sessionName: cookieName, type: 'Cookie', ...lasting, cookieConfig: { lifetimeType } };
  return { type: 'Cookie', ...lasting, cookie: { name: cookieName, ...(path === undefined ? {} : { path }), lifetimeType } };
}

export const lowerAffinity: Lower<'affinity'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  const { profile } = context;
  if (!profile.supports('session-persistence')) {
    return { kind: 'lost', findings: [raise(trafficCodes, 'affinity/lost', subject, { key: keyOf(intent), missing: profile.missing('session-persistence') })] };
  }
  draft.sessionPersistence = persistenceOf(intent, profile);
  return { kind: 'approximate', findings: [raise(trafficCodes, 'affinity/cookie-differs', subject, { cookie: intent.cookieName })] };
};

export const lowerBodySize: Lower<'body-size'> = (intent, _draft, context) => {
  const size = intent.maxBytes === 0 ? 'request bodies of any size' : `request bodies of up to ${sizeWords(intent.maxBytes)}`;
  return { kind: 'lost', findings: [raise(trafficCodes, 'body-size/lost', subjectOf(intent, context), { key: keyOf(intent), size })] };
};
