import type { GatewayObject } from '../../model/gateway.ts';
import type { Index, Service } from '../../model/inventory.ts';
import type { ProbeOutcome, ProbeRequest } from '../outcome.ts';
import { attachRoutes, type Attachment, type HostListeners } from './attach.ts';
import { backendsOf } from './backends.ts';
import { createChooser } from './candidates.ts';
import { corsAnswer } from './cors.ts';
import { applyFilters, directResponseOf, filterOf, hasUnknownFilter } from './filters.ts';
import { coveringNames } from './hosts.ts';
import { objectIn, objectsIn, textIn } from '../../model/json.ts';
import type { ListenerView } from './listeners.ts';
import type { RoutedRequest } from './match.ts';
import { indexObjects, type ObjectIndex } from './objects.ts';
import { normalise } from './path.ts';
import { clientTraffic, protectionOf, type Protection } from './policies.ts';
import type { VerifyProfile } from './profile.ts';
import { redirectOutcome } from './redirect.ts';
import { firstMatch, tableOf, type TableEntry } from './table.ts';

const noHeaders: ReadonlyMap<string, string> = new Map();

const answer = (status: number, responseHeaders = noHeaders): ProbeOutcome => ({ kind: 'answered', status, responseHeaders });

interface Evaluation {
  readonly index: ObjectIndex;
  readonly profile: VerifyProfile;
  readonly table: (attachments: readonly Attachment[]) => readonly TableEntry[];
  readonly protection: (entry: TableEntry) => Protection;
}

/** What a rule does with a request it matches: policies, then redirect, CORS, backends. */
function ruleOutcome(entry: TableEntry, routed: RoutedRequest, { index, profile, protection }: Evaluation): ProbeOutcome {
  const { rule, route } = entry.view;
  const { guards, broken, limits, errorPages } = protection(entry);
  if (broken || hasUnknownFilter(rule, profile)) return answer(500);
  const cors = filterOf(rule, 'CORS');
  const added = cors === undefined ? undefined : corsAnswer(objectIn(cors, 'cors'), routed.request, profile);
  if (added?.status !== undefined) return answer(added.status, added.headers);
  const redirect = filterOf(rule, 'RequestRedirect');
  if (redirect !== undefined) return redirectOutcome(objectIn(redirect, 'requestRedirect'), entry, routed, profile);
  const direct = directResponseOf(rule, route.namespace, index);
  if (direct !== undefined) return direct;
  const filtered = applyFilters(entry, routed, index, profile);
  const backends = backendsOf(rule, route, index);
  if (backends === 'weightless') return answer(profile.weightlessStatus);
  if (filtered.broken || backends === 'none') return answer(500);
  return {
    kind: 'forwarded',
    backends,
    target: `${filtered.path}${routed.query}`,
    host: filtered.host,
    requestHeaders: filtered.requestHeaders,
    responseHeaders: new Map([...(added?.headers ?? noHeaders), ...filtered.responseHeaders]),
    guards,
    limits,
    errorPages,
  };
}

const slashActions: Readonly<Record<string, VerifyProfile['escapedSlashes']>> = {
  KeepUnchanged: 'keep',
  RejectRequest: 'reject',
  UnescapeAndForward: 'unescape',
  UnescapeAndRedirect: 'redirect',
};

/** Envoy looks at escaped slashes before it resolves dots and merges slashes. Measured on Envoy Gateway 1.9.1. */
function route(request: ProbeRequest, listener: ListenerView | undefined, { index, profile }: Evaluation): RoutedRequest | ProbeOutcome {
  const question = request.target.indexOf('?');
  const raw = question < 0 ? request.target : request.target.slice(0, question);
  const stated = listener === undefined ? undefined : textIn(objectIn(clientTraffic(listener, index)?.spec ?? {}, 'path'), 'escapedSlashesAction');
  if (!raw.startsWith('/')) return answer(400);
  const action = /%2f/iu.test(raw) ? ((stated === undefined ? undefined : slashActions[stated]) ?? profile.escapedSlashes) : 'keep';
  if (action === 'reject') return answer(400);
  const normal = normalise(action === 'keep' ? request.target : raw.replace(/%2f/giu, '/') + request.target.slice(raw.length), profile);
  if (normal.kind === 'refused') return answer(normal.status);
  if (action === 'redirect') return { kind: 'redirected', status: 307, location: `${normal.path}${normal.query}` };
  return { request, path: normal.path, routing: normal.routing, query: normal.query };
}

/** Passed through unopened: nothing of the request is seen. */
function passThrough(host: string, { listeners, routes }: HostListeners, request: ProbeRequest, index: ObjectIndex): ProbeOutcome | undefined {
  if (request.scheme === 'http' || !listeners.some(({ protocol }) => protocol === 'TLS')) return undefined;
  for (const name of coveringNames(host)) {
    const attachment = routes.get(name)?.find(({ route }) => route.kind === 'TLSRoute');
    if (attachment === undefined) continue;
    const backends = backendsOf(objectsIn(attachment.route.spec, 'rules')[0] ?? {}, attachment.route, index);
    if (typeof backends === 'string') return answer(0);
    return { kind: 'forwarded', backends, target: request.target, host: request.host, requestHeaders: noHeaders, responseHeaders: noHeaders, guards: [], limits: [] };
  }
  return undefined;
}

/** All TLS of the port is handed on unopened. Traefik then opens none, whatever the name; without any it takes TLS for every name. */
function isOnlyPassedThrough(ofScheme: ReadonlyMap<string, HostListeners>): boolean {
  const protocols = [...ofScheme.values()].flatMap(({ listeners }) => listeners.map(({ protocol }) => protocol));
  return protocols.length > 0 && protocols.every((protocol) => protocol === 'TLS');
}

function routedOutcome(routed: RoutedRequest, attachments: readonly Attachment[], evaluation: Evaluation): ProbeOutcome {
  const entry = firstMatch(evaluation.table(attachments), routed);
  return entry === undefined ? answer(404) : ruleOutcome(entry, routed, evaluation);
}

/** Keeps what is made once for each key. */
function remember<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}

/** The port is open for the hosts of other listeners; without TLS the name only shows after the connection, and bad paths are refused before it counts. */
function unknownHost(request: ProbeRequest, ofScheme: ReadonlyMap<string, HostListeners>, evaluation: Evaluation): ProbeOutcome {
  const [other] = ofScheme.values();
  if (request.scheme === 'https' || other === undefined) return answer(0);
  const routed = route(request, other.listeners[0], evaluation);
  return isOutcome(routed) ? routed : answer(404);
}

function isOutcome(value: RoutedRequest | ProbeOutcome): value is ProbeOutcome {
  return 'kind' in value;
}

/**
 * Answers requests from Gateway API objects alone, by the API's rules (https://gateway-api.sigs.k8s.io/reference/spec/) and the profile
 * of the implementation. Status 0 means that no listener takes the connection. Tables are made for the hosts that are asked for, so 10,000
 * routes cost little more than reading them.
 */
export function createGatewayEvaluator(objects: readonly GatewayObject[], profile: VerifyProfile, services?: Index<Service>): (request: ProbeRequest) => ProbeOutcome {
  const index = indexObjects(objects, profile, services);
  const listeners = attachRoutes(index);
  const evaluation: Evaluation = {
    index,
    profile,
    table: remember((attachments: readonly Attachment[]) => tableOf(attachments, profile)),
    protection: remember((entry: TableEntry) => protectionOf(entry.view, index, profile)),
  };
  const candidates = createChooser(listeners, profile);
  const unopened = isOnlyPassedThrough(listeners.https);
  return (request) => {
    const host = request.host.toLowerCase();
    const ofScheme = listeners[request.scheme];
    const closed = unopened && request.scheme === 'https';
    const open = profile.hosts === 'all' && !closed;
    // RFC 9112, 3.2: a request without Host is a bad one. Without a name, TLS only finds a listener that is for every host.
    if (host === '') return answer(open || request.scheme === 'http' || ofScheme.has('') ? 400 : 0);
    const found = candidates(host, request.scheme);
    if (found === undefined) return unknownHost(request, ofScheme, evaluation);
    for (const one of found.listeners) {
      const passed = passThrough(host, one, request, index);
      if (passed !== undefined) return passed;
    }
    if (closed) return answer(0);
    const [first] = found.listeners;
    const routed = route(request, first?.listeners[0], evaluation);
    return isOutcome(routed) ? routed : routedOutcome(routed, found.attachments, evaluation);
  };
}
