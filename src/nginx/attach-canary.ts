import { aboutAnnotation, raise, type Subject } from '../diagnostics/finding.ts';
import type { IngressPath } from '../model/ingress.ts';
import { codes } from './canary-codes.ts';
import { CATCH_ALL } from './configuration.ts';
import type { LocationDraft, ServerDraft } from './drafts.ts';
import type { IngressFacts } from './facts.ts';
import { hostText, nameOf } from './naming.ts';
import { serverName, type Build } from './servers.ts';
import type { ServiceRef, UpstreamDraft } from './upstreams.ts';

/** One backend of a canary Ingress on its way to a main upstream. */
interface Candidate {
  readonly facts: IngressFacts;
  readonly about: Subject;
  readonly backend: ServiceRef;
  readonly upstream: UpstreamDraft;
  /** Host and path, for messages. */
  readonly where: string;
}

/** Locations a canary path is for: same path text and path type, ImplementationSpecific being Prefix. */
function matching(server: ServerDraft, { path, pathType }: IngressPath): readonly LocationDraft[] {
  const type = pathType === 'Exact' ? 'Exact' : 'Prefix';
  const text = path === '' ? '/' : path;
  const first = server.firstByPath.get(text);
  if (first === undefined) return [];
  return first.pathType === type ? [first] : server.locations.filter((location) => location.path === text && location.pathType === type);
}

function sayPolicy(build: Build, { facts, about, upstream }: Candidate): void {
  const { creator } = upstream;
  if (creator === facts) return;
  const args = { ingress: nameOf(facts.ingress.ref), first: nameOf(creator.ingress.ref) };
  build.findings.push(raise(codes, 'canary-attachment/policy-of-another', about, args));
}

function attach(build: Build, candidate: Candidate, main: UpstreamDraft): void {
  const { facts, about, backend, upstream, where } = candidate;
  const ingress = nameOf(facts.ingress.ref);
  const { namespace, service: name, resolution, creator } = upstream;
  const attached = main.shared.canary;
  if (attached !== undefined) {
    const { backend: first } = attached;
    const same = first.namespace === namespace && first.name === name && resolution.kind === 'port' && first.port === resolution.port;
    if (!same) build.findings.push(raise(codes, 'canary-attachment/not-first', about, { ingress, path: where, first: nameOf(attached.ingress.ref) }));
    return;
  }
  if (resolution.kind === 'problem') {
    const port = resolution.problem.code === 'backend/no-port' ? 'none' : resolution.problem.port;
    build.findings.push(raise(codes, 'canary-attachment/no-port', about, { ingress, port, service: nameOf({ namespace, name }) }));
    return;
  }
  sayPolicy(build, candidate);
  const { port, appProtocol } = resolution;
  main.shared.canary = { ingress: creator.ingress, backend: { namespace, name, port, appProtocol, origin: backend.origin } };
}

function attachTo(build: Build, candidate: Candidate, locations: readonly LocationDraft[]): void {
  const { facts, about, upstream, where } = candidate;
  const ingress = nameOf(facts.ingress.ref);
  // The controller's own default backend has no upstream here and takes no canary.
  const mains = locations.map((location) => location.upstream).filter((main) => main !== undefined);
  if (mains.includes(upstream)) {
    build.findings.push(raise(codes, 'canary-attachment/same-service', about, { ingress, path: where }));
  } else if (!upstream.creator.canary) {
    const service = nameOf({ namespace: upstream.namespace, name: upstream.service });
    build.findings.push(raise(codes, 'canary-attachment/service-in-use', about, { ingress, service }));
  } else if (mains.length === 0) {
    build.findings.push(raise(codes, 'canary-attachment/no-main-path', about, { ingress, path: where }));
  } else {
    for (const main of new Set(mains)) attach(build, candidate, main);
  }
}

/**
 * Hangs the backends of one canary Ingress on the upstreams of the locations they are for; called in the controller's order. A canary
 * whose Service an older ordinary Ingress uses would act as an ordinary Ingress in nginx: it is left out and told instead.
 * Source: mergeAlternativeBackends in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
 */
export function attachCanary(build: Build, facts: IngressFacts): void {
  const { ingress, reader } = facts;
  const about = aboutAnnotation(ingress, reader.key('canary'));
  const run = (backend: ServiceRef, where: string, locations: readonly LocationDraft[]): void => {
    const upstream = build.upstreams.get(ingress.ref.namespace, backend);
    if (upstream !== undefined) attachTo(build, { facts, about, backend, upstream, where }, locations);
  };
  if (ingress.defaultBackend?.kind === 'service') run(ingress.defaultBackend, hostText(CATCH_ALL), build.servers.get(CATCH_ALL)?.locations ?? []);
  for (const { host, paths } of ingress.rules) {
    const name = serverName(host);
    const server = build.servers.get(name);
    for (const rule of paths) {
      if (rule.backend.kind !== 'service') continue;
      const where = name === CATCH_ALL ? rule.path : `${name}${rule.path}`;
      run(rule.backend, where, server === undefined ? [] : matching(server, rule));
    }
  }
}
