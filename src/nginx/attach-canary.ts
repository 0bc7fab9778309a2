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

/** What has been done so far. */
interface Merge {
  readonly build: Build;
  /** Upstreams that a path without a main one has removed, with that path. */
  readonly removed: Map<UpstreamDraft, string>;
  readonly attached: { readonly main: UpstreamDraft; readonly candidate: Candidate }[];
}

function sayRemoved({ build, removed }: Merge, { facts, about, upstream, where }: Candidate): void {
  const { namespace, service: name } = upstream;
  const args = { ingress: nameOf(facts.ingress.ref), path: where, service: nameOf({ namespace, name }), lone: removed.get(upstream) ?? '' };
  build.findings.push(raise(codes, 'canary-attachment/removed', about, args));
}

function attach({ build, attached: all }: Merge, candidate: Candidate, main: UpstreamDraft): void {
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
  all.push({ main, candidate });
}

/** Undefined locations: nobody serves the host. */
function attachTo(merge: Merge, candidate: Candidate, locations: readonly LocationDraft[] | undefined): void {
  const { build, removed } = merge;
  const { facts, about, upstream, where } = candidate;
  const ingress = nameOf(facts.ingress.ref);
  // The controller's own default backend has no upstream here and takes no canary.
  const mains = (locations ?? []).map((location) => location.upstream).filter((main) => main !== undefined);
  if (mains.includes(upstream)) {
    build.findings.push(raise(codes, 'canary-attachment/same-service', about, { ingress, path: where }));
  } else if (!upstream.creator.canary) {
    const service = nameOf({ namespace: upstream.namespace, name: upstream.service });
    build.findings.push(raise(codes, 'canary-attachment/service-in-use', about, { ingress, service }));
  } else if (removed.has(upstream)) {
    sayRemoved(merge, candidate);
  } else if (mains.length === 0) {
    build.findings.push(raise(codes, 'canary-attachment/no-main-path', about, { ingress, path: where }));
    if (locations !== undefined) removed.set(upstream, where);
  } else {
    for (const main of new Set(mains)) attach(merge, candidate, main);
  }
}

function attachAll(merge: Merge, facts: IngressFacts): void {
  const { build } = merge;
  const { ingress, reader } = facts;
  const about = aboutAnnotation(ingress, reader.key('canary'));
  const run = (backend: ServiceRef, where: string, locations: readonly LocationDraft[] | undefined): void => {
    const upstream = build.upstreams.get(ingress.ref.namespace, backend);
    if (upstream !== undefined) attachTo(merge, { facts, about, backend, upstream, where }, locations);
  };
  if (ingress.defaultBackend?.kind === 'service') run(ingress.defaultBackend, hostText(CATCH_ALL), build.servers.get(CATCH_ALL)?.locations);
  for (const { host, paths } of ingress.rules) {
    const name = serverName(host);
    const server = build.servers.get(name);
    for (const rule of paths) {
      if (rule.backend.kind !== 'service') continue;
      const where = name === CATCH_ALL ? rule.path : `${name}${rule.path}`;
      run(rule.backend, where, server === undefined ? undefined : matching(server, rule));
    }
  }
}

/** A main upstream goes on naming a canary that was removed, so it takes no other: balancer.lua finds nothing by that name, and forwards to the main one. */
function detachRemoved(merge: Merge): void {
  for (const { main, candidate } of merge.attached) {
    if (!merge.removed.has(candidate.upstream)) continue;
    main.shared.canary = undefined;
    sayRemoved(merge, candidate);
  }
}

/**
 * Hangs the backends of canary Ingresses on the upstreams of the locations they are for, in the controller's order. A canary whose Service an
 * older ordinary Ingress uses would act as an ordinary Ingress in nginx: it is left out and told instead. One path for which there is no main one
 * removes the Service as a canary altogether.
 * Source: mergeAlternativeBackends in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
 */
export function attachCanaries(build: Build, all: readonly IngressFacts[]): void {
  const merge: Merge = { build, removed: new Map(), attached: [] };
  for (const facts of all) if (facts.canary) attachAll(merge, facts);
  detachRemoved(merge);
}
