import { raise, type Finding } from '../diagnostics/finding.ts';
import type { IngressPath } from '../model/ingress.ts';
import { codes as backendCodes } from './backend-codes.ts';
import { codes as canaryCodes } from './canary-codes.ts';
import type { LocationDraft, ServerDraft } from './drafts.ts';
import type { IngressFacts } from './facts.ts';
import { hostText, nameOf } from './naming.ts';
import { codes } from './server-codes.ts';
import { serverName, type Build } from './servers.ts';
import type { UpstreamDraft } from './upstreams.ts';

function aboutPath(facts: IngressFacts, rule: IngressPath): { readonly object: IngressFacts['ingress']['ref']; readonly origin: IngressPath['origin'] } {
  return { object: facts.ingress.ref, origin: rule.origin };
}

function sayTaken(server: ServerDraft, facts: IngressFacts, rule: IngressPath, winner: LocationDraft): Finding {
  const owner = winner.facts?.ingress ?? facts.ingress;
  const other = owner === facts.ingress ? 'the same path further up' : `Ingress ${nameOf(owner.ref)}`;
  const args = { path: rule.path, host: hostText(server.host), ingress: nameOf(facts.ingress.ref), winner: other };
  return raise(codes, 'location/taken', aboutPath(facts, rule), args);
}

/**
 * Duplicates are looked for until the first location of the same path text, whatever its type: of three paths of one text in the order
 * Exact, Prefix, Prefix the last is added again. That defect is kept, and told when the locations are written.
 */
function place(server: ServerDraft, facts: IngressFacts, rule: IngressPath, made: Pick<LocationDraft, 'backend' | 'upstream'>): LocationDraft | undefined {
  const path = rule.path === '' ? '/' : rule.path;
  const pathType = rule.pathType === 'Exact' ? 'Exact' : 'Prefix';
  const first = server.firstByPath.get(path);
  if (first?.pathType !== pathType) {
    const location: LocationDraft = { path, pathType, automatic: false, facts, rule, plain: false, ...made };
    server.locations.push(location);
    if (first === undefined) server.firstByPath.set(path, location);
    return undefined;
  }
  if (!first.automatic) return first;
  Object.assign(first, { automatic: false, facts, rule, ...made });
  return undefined;
}

function sayHidden(server: ServerDraft, facts: IngressFacts, rule: IngressPath, upstream: UpstreamDraft): Finding {
  const { creator, namespace, service: name } = upstream;
  const args = { path: rule.path, host: hostText(server.host), service: nameOf({ namespace, name }), canary: nameOf(creator.ingress.ref) };
  return raise(canaryCodes, 'canary-attachment/hides-main-path', aboutPath(facts, rule), args);
}

function addPath(build: Build, server: ServerDraft, facts: IngressFacts, rule: IngressPath): void {
  const { backend } = rule;
  if (backend.kind === 'resource') {
    const args = { path: rule.path, host: hostText(server.host), resource: backend.description };
    build.findings.push(raise(backendCodes, 'backend/resource', aboutPath(facts, rule), args));
    return;
  }
  const upstream = build.upstreams.get(facts.ingress.ref.namespace, backend);
  if (upstream === undefined) return;
  if (upstream.creator.canary) {
    build.findings.push(sayHidden(server, facts, rule, upstream));
    return;
  }
  const winner = place(server, facts, rule, { backend: build.upstreams.backendOf(facts.ingress, backend, upstream), upstream });
  if (winner === undefined) return;
  if (winner.facts !== facts) server.contested ??= rule.path;
  build.findings.push(sayTaken(server, facts, rule, winner));
}

/**
 * Locations of one ordinary Ingress; called in the controller's order.
 * Source: getBackendServers in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
 */
export function addLocations(build: Build, facts: IngressFacts): void {
  for (const { host, paths } of facts.ingress.rules) {
    const server = build.servers.get(serverName(host));
    if (server !== undefined) for (const rule of paths) addPath(build, server, facts, rule);
  }
}
