import { aboutIngress, raise, type Finding } from '../diagnostics/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import { objectKey } from '../model/object.ts';
import { codes as backendCodes } from './backend-codes.ts';
import { CATCH_ALL, type Backend } from './configuration.ts';
import { newServer, type LocationDraft, type ServerDraft } from './drafts.ts';
import type { IngressFacts } from './facts.ts';
import { hostText, nameOf } from './naming.ts';
import { codes } from './server-codes.ts';
import type { ControllerSettings } from './settings.ts';
import { Upstreams } from './upstreams.ts';

/** What building needs on its way. */
export interface Build {
  readonly inventory: Inventory;
  readonly settings: ControllerSettings;
  readonly upstreams: Upstreams;
  readonly servers: Map<string, ServerDraft>;
  /** What answers where no Ingress does. */
  readonly fallback: Backend;
  readonly findings: Finding[];
}

export function serverName(host: string): string {
  return host === '' ? CATCH_ALL : host;
}

const notFound: Backend = { kind: 'none', status: 404, reason: 'default backend' };

/** The controller's --default-backend-service, or 404. It takes the first port of the Service. */
export function fallbackBackend(inventory: Inventory, settings: ControllerSettings, findings: Finding[]): Backend {
  const named = settings.defaultBackendService;
  if (named === undefined) return notFound;
  const service = inventory.services.get(objectKey(named.namespace, named.name));
  const [first] = service?.ports ?? [];
  if (service === undefined || first === undefined) {
    findings.push(raise(backendCodes, 'backend/default-service-unknown', {}, { service: nameOf(named) }));
    return notFound;
  }
  const upstream = { key: 'upstream-default-backend', ingresses: [], canary: undefined };
  return { kind: 'service', namespace: named.namespace, name: named.name, port: first.port, appProtocol: first.appProtocol, origin: service.origin, upstream };
}

function rootOf(facts: IngressFacts | undefined, backend: Backend, upstream: LocationDraft['upstream']): LocationDraft {
  return { path: '/', pathType: 'Prefix', automatic: true, facts, rule: undefined, backend, upstream, plain: false };
}

interface DefaultBackend {
  readonly backend: Backend;
  readonly upstream: LocationDraft['upstream'];
}

function defaultBackendOf(build: Build, facts: IngressFacts): DefaultBackend | undefined {
  const { ingress } = facts;
  const { defaultBackend } = ingress;
  if (defaultBackend === undefined) return undefined;
  if (defaultBackend.kind === 'resource') {
    const args = { ingress: nameOf(ingress.ref), resource: defaultBackend.description };
    build.findings.push(raise(backendCodes, 'backend/default-resource', aboutIngress(ingress), args));
    return undefined;
  }
  const upstream = build.upstreams.get(ingress.ref.namespace, defaultBackend);
  return upstream === undefined ? undefined : { backend: build.upstreams.backendOf(ingress, defaultBackend, upstream), upstream };
}

/** An Ingress with a default backend and no rules answers for unknown hosts; the first one alone. */
function becomeCatchAll(build: Build, facts: IngressFacts, own: DefaultBackend): void {
  const server = catchAllOf(build);
  const root = server.locations[0];
  if (root === undefined) return;
  if (!root.automatic) {
    const first = root.facts === undefined ? 'another' : nameOf(root.facts.ingress.ref);
    build.findings.push(raise(codes, 'host/second-catch-all', aboutIngress(facts.ingress), { ingress: nameOf(facts.ingress.ref), first }));
    return;
  }
  root.automatic = false;
  root.facts = facts;
  root.plain = true;
  root.backend = own.backend;
  root.upstream = own.upstream;
  server.members.push(facts);
}

/** The server of unknown hosts is there from the start, and without an Ingress of its own. */
export function catchAllOf(build: Build): ServerDraft {
  const existing = build.servers.get(CATCH_ALL);
  if (existing !== undefined) return existing;
  const server = newServer(CATCH_ALL, rootOf(undefined, build.fallback, undefined));
  build.servers.set(CATCH_ALL, server);
  return server;
}

function joinHost(build: Build, facts: IngressFacts, host: string, own: DefaultBackend | undefined): void {
  const existing = host === CATCH_ALL ? catchAllOf(build) : build.servers.get(host);
  if (existing === undefined) {
    const server = newServer(host, rootOf(facts, own?.backend ?? build.fallback, own?.upstream));
    server.members.push(facts);
    build.servers.set(host, server);
    return;
  }
  if (existing.members.at(-1) === facts) return;
  const [first] = existing.members;
  existing.members.push(facts);
  if (own === undefined || (first === undefined && host !== CATCH_ALL)) return;
  const args = { ingress: nameOf(facts.ingress.ref), host: hostText(host), first: host === CATCH_ALL || first === undefined ? 'the controller itself' : nameOf(first.ingress.ref) };
  build.findings.push(raise(codes, 'host/known-elsewhere', aboutIngress(facts.ingress), args));
}

/**
 * Servers of one ordinary Ingress: each host gets one with a `/` of the first Ingress that names it.
 * Source: createServers in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
 */
export function addServers(build: Build, facts: IngressFacts): void {
  const own = defaultBackendOf(build, facts);
  if (own !== undefined && facts.ingress.rules.length === 0) becomeCatchAll(build, facts, own);
  for (const { host } of facts.ingress.rules) joinHost(build, facts, serverName(host), own);
  if (facts.aliases.length === 0) return;
  for (const { host } of facts.ingress.rules) {
    const server = build.servers.get(serverName(host));
    if (server !== undefined) server.aliases ??= { names: facts.aliases, ingress: facts.ingress };
  }
}
