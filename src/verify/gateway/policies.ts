import type { JsonObject } from '../../model/gateway.ts';
import type { Guard, Limit } from '../outcome.ts';
import { flagIn, numberIn, objectIn, objectsIn, textIn, textsIn } from '../../model/json.ts';
import { errorPagesOf } from './error-pages.ts';
import { limitsOf } from './limits.ts';
import type { ListenerView } from './listeners.ts';
import { isGranted, policyKey, type ObjectIndex, type Placed } from './objects.ts';
import type { VerifyProfile } from './profile.ts';
import type { RuleView } from './table.ts';

/** What Envoy Gateway's policies ask of a request to one rule. */
export interface Protection {
  readonly guards: readonly Guard[];
  /** A policy refers to something it may not use: the rule answers 500. */
  readonly broken: boolean;
  readonly limits: readonly Limit[];
  /** Answers that the policy replaces, as in an outcome. */
  readonly errorPages: string | undefined;
}

/** The most specific policy of a kind replaces the others whole: rule, route, listener, Gateway. Source: Envoy Gateway, policy attachment */
function policyFor(kind: string, { rule, route, listener }: RuleView, { policies }: ObjectIndex): Placed | undefined {
  const section = textIn(rule, 'name');
  const { gateway } = listener;
  const keys = [
    ...(section === undefined ? [] : [policyKey(kind, route.kind, route.namespace, route.name, section)]),
    policyKey(kind, route.kind, route.namespace, route.name, ''),
    policyKey(kind, 'Gateway', gateway.namespace, gateway.name, listener.name),
    policyKey(kind, 'Gateway', gateway.namespace, gateway.name, ''),
  ];
  return keys.map((key) => policies.get(key)).find((policy) => policy !== undefined);
}

/** ClientTrafficPolicy of a listener. */
export function clientTraffic({ gateway, name }: ListenerView, { policies }: ObjectIndex): Placed | undefined {
  const key = (section: string): string => policyKey('ClientTrafficPolicy', 'Gateway', gateway.namespace, gateway.name, section);
  return policies.get(key(name)) ?? policies.get(key(''));
}

/** Ordered rules: those that deny come first in what is compared, since each address is judged by the first that names it. */
function authorizationGuards(authorization: JsonObject): readonly Guard[] {
  const rules = objectsIn(authorization, 'rules');
  const side = (action: string): readonly string[] =>
    rules.filter((rule) => textIn(rule, 'action') === action).flatMap((rule) => textsIn(objectIn(rule, 'principal'), 'clientCIDRs'));
  const deny = side('Deny');
  const allow = side('Allow');
  const closed = textIn(authorization, 'defaultAction') !== 'Allow';
  return [
    ...(deny.length === 0 ? [] : [{ kind: 'address-list', detail: `deny ${deny.join(',')}` } as const]),
    ...(closed ? [{ kind: 'address-list', detail: `allow ${allow.join(',')}` } as const] : []),
  ];
}

function externalAuth(policy: Placed, index: ObjectIndex): { readonly guard: Guard; readonly usable: boolean } {
  const http = objectIn(objectIn(policy.spec, 'extAuth'), 'http');
  const ref = objectsIn(http, 'backendRefs')[0] ?? objectIn(http, 'backendRef');
  const namespace = textIn(ref, 'namespace') ?? policy.namespace;
  const name = textIn(ref, 'name') ?? '';
  const path = textIn(http, 'pathOverride') ?? textIn(http, 'path') ?? '/';
  return {
    guard: { kind: 'external-auth', detail: `http://${name}.${namespace}:${numberIn(ref, 'port') ?? 80}${path}` },
    usable: isGranted(index, policy, { kind: 'Service', namespace, name }),
  };
}

/**
 * A header of the service's answer replaces the client's, and leaves it where the answer has none; only the listener can take it out before.
 * Source: https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/ext_authz/v3/ext_authz.proto
 */
function identity(policy: Placed, listener: ListenerView, index: ObjectIndex): readonly Guard[] {
  const early = objectIn(objectIn(clientTraffic(listener, index)?.spec ?? {}, 'headers'), 'earlyRequestHeaders');
  const removed = new Set(textsIn(early, 'remove').map((name) => name.toLowerCase()));
  const named = textsIn(objectIn(objectIn(policy.spec, 'extAuth'), 'http'), 'headersToBackend').map((name) => name.toLowerCase());
  return named.filter((name) => removed.has(name)).map((detail) => ({ kind: 'identity', detail }));
}

const units: readonly (readonly [string, string])[] = [['Second', 's'], ['Minute', 'm'], ['Hour', 'h'], ['Day', 'd']];

/** One entry a unit: the address families have a rule each. */
function rateLimit(policy: Placed | undefined): readonly Guard[] {
  const rules = objectsIn(objectIn(objectIn(policy?.spec ?? {}, 'rateLimit'), 'local'), 'rules').map((rule) => objectIn(rule, 'limit'));
  return units.flatMap(([unit, short]) => {
    const limit = rules.find((rule) => textIn(rule, 'unit') === unit);
    return limit === undefined ? [] : [{ kind: 'rate-limit', detail: `${numberIn(limit, 'requests') ?? 0}r/${short}` } as const];
  });
}

function clientCertificate(listener: ListenerView, index: ObjectIndex, { asksForCertificates }: VerifyProfile): readonly Guard[] {
  if (listener.protocol !== 'HTTPS' || !asksForCertificates) return [];
  const { gateway } = listener;
  const own = objectIn(objectIn(clientTraffic(listener, index)?.spec ?? {}, 'tls'), 'clientValidation');
  const frontend = objectIn(objectIn(gateway.spec, 'tls'), 'frontend');
  const ofPort = objectsIn(frontend, 'perPort').find((entry) => entry['port'] === listener.port);
  const core = objectIn(ofPort === undefined ? objectIn(frontend, 'default') : objectIn(ofPort, 'tls'), 'validation');
  const validation = objectsIn(own, 'caCertificateRefs').length > 0 ? own : core;
  const [ref] = objectsIn(validation, 'caCertificateRefs');
  const optional = flagIn(validation, 'optional') || textIn(validation, 'mode') === 'AllowInsecureFallback';
  if (ref === undefined || optional) return [];
  return [{ kind: 'client-certificate', detail: `${textIn(ref, 'namespace') ?? gateway.namespace}/${textIn(ref, 'name') ?? ''}` }];
}

/** Everything that stands between a request and the backends of a rule. */
export function protectionOf(view: RuleView, index: ObjectIndex, profile: VerifyProfile): Protection {
  const security = policyFor('SecurityPolicy', view, index);
  const spec = security?.spec ?? {};
  const guards: Guard[] = [...clientCertificate(view.listener, index, profile)];
  let broken = false;
  if (spec['authorization'] !== undefined) guards.push(...authorizationGuards(objectIn(spec, 'authorization')));
  if (security !== undefined && spec['basicAuth'] !== undefined) {
    guards.push({ kind: 'basic-auth', detail: `${security.namespace}/${textIn(objectIn(objectIn(spec, 'basicAuth'), 'users'), 'name') ?? ''}` });
  }
  if (security !== undefined && spec['extAuth'] !== undefined) {
    const { guard, usable } = externalAuth(security, index);
    guards.push(guard, ...identity(security, view.listener, index));
    broken = !usable;
  }
  const traffic = policyFor('BackendTrafficPolicy', view, index);
  guards.push(...rateLimit(traffic));
  const spoken = traffic?.spec ?? {};
  return { guards, broken, limits: limitsOf(view.rule, spoken), errorPages: errorPagesOf(spoken) };
}
