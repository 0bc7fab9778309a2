import { raise, type Finding } from '../diagnostics/finding.ts';
import { CATCH_ALL } from '../nginx/configuration.ts';
import type { Profile } from './profile.ts';
import type { PlanHost } from '../plan/plan.ts';
import { answersAll, inServerBlock } from '../plan/standing.ts';
import { codes } from './codes.ts';
import { hostRedirectStatus } from './host-rules.ts';
import type { DraftedRule } from './lower-rule.ts';
import { isOmitted } from './path-forms.ts';
import { areUnequallyProtected } from './protections.ts';
import { aboutHost, aboutRule, hostName } from './subject.ts';

/** Intents for which nginx answers before it gets as far as the missing backend. */
const answering = new Set(['https-redirect', 'cors', 'basic-auth', 'external-auth', 'address-list', 'rate-limit', 'connection-limit', 'snippet', 'fixed-response', 'method-guard', 'plain-http']);

/** The `/` that nginx adds to a host has no rule here; whether anybody can tell. */
export function undeclaredPaths(host: PlanHost, rules: readonly DraftedRule[]): Finding | undefined {
  const automatic = host.rules.find(isOmitted);
  const ingress = automatic?.location.ingress ?? host.server.ingresses[0];
  if (automatic === undefined || ingress === undefined) return undefined;
  const redirected = hostRedirectStatus({ host, rules }) !== undefined;
  const lost = automatic.intents.filter(({ kind }) => answering.has(kind) && !(redirected && kind === 'https-redirect'));
  // A location that nginx denies answers before anything else.
  if (lost.length === 0 && automatic.location.denied === undefined) return undefined;
  return raise(codes, 'host/undeclared-paths', automatic.location.ingress === undefined ? aboutHost(host.server) : aboutRule(automatic), { host: hostName(host.server), ingress: `${ingress.ref.namespace}/${ingress.ref.name}` });
}

/** Addresses that the controller answers on the server for unknown hosts; expressions hide them, and so does what the server block answers. */
export function controllerPaths({ server, rules }: PlanHost): Finding | undefined {
  const hidden = server.regex !== undefined || rules.some(({ intents }) => intents.some((intent) => answersAll(intent) && inServerBlock(intent)));
  return server.host === CATCH_ALL && !hidden ? raise(codes, 'host/controller-paths', aboutHost(server), {}) : undefined;
}

/** A closed rule beside an open one, on a gateway that may read %2F in another way than nginx. */
export function escapedSlashes({ server }: PlanHost, rules: readonly DraftedRule[], { regex }: Profile): Finding | undefined {
  const closed = rules.filter(({ closedBy }) => closedBy.length > 0).length;
  if (regex.extent !== 'unknown' || closed === 0 || closed === rules.length) return undefined;
  if (!areUnequallyProtected(rules.map(({ context }) => context.rule))) return undefined;
  return raise(codes, 'path/escaped-slash-near-protection', aboutHost(server), { host: hostName(server) });
}
