import { aboutIngress, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress, IngressBackend } from '../model/ingress.ts';
import type { Inventory, Service } from '../model/inventory.ts';
import { objectKey } from '../model/object.ts';
import { codes } from './backend-codes.ts';
import type { Backend, CanaryAttachment, ServiceBackend } from './configuration.ts';
import type { IngressFacts } from './facts.ts';
import { nameOf } from './naming.ts';
import { resolvePort, type PortProblem, type PortResolution } from './ports.ts';

export type ServiceRef = Extract<IngressBackend, { kind: 'service' }>;

/** The part of an upstream that goes into the configuration, while it can still grow. */
interface SharedUpstream {
  readonly key: string;
  readonly ingresses: Ingress[];
  canary: CanaryAttachment | undefined;
}

/** An upstream while the configuration is built. */
export interface UpstreamDraft {
  readonly shared: SharedUpstream;
  /** The Ingress that created it: a canary makes it a canary backend, with its own policy. */
  readonly creator: IngressFacts;
  readonly namespace: string;
  readonly service: string;
  readonly resolution: PortResolution;
}

/** namespace-service-port, the port as written: one Service named by number and by name is two upstreams to the controller. */
function upstreamKey(namespace: string, backend: ServiceRef): string {
  const { port } = backend;
  const text = port === undefined ? '' : port.kind === 'number' ? String(port.number) : port.name;
  return `${namespace}-${backend.service}-${text}`;
}

/** All upstreams of a run. */
export class Upstreams {
  private readonly byKey = new Map<string, UpstreamDraft>();
  private readonly external = new Set<string>();
  private readonly told = new Set<string>();
  private readonly inventory: Inventory;
  private readonly findings: Finding[];

  constructor(inventory: Inventory, findings: Finding[]) {
    this.inventory = inventory;
    this.findings = findings;
  }

  get(namespace: string, backend: ServiceRef): UpstreamDraft | undefined {
    return this.byKey.get(upstreamKey(namespace, backend));
  }

  /**
   * Creates the upstreams of one Ingress; called in the controller's order. The first Ingress to name an upstream fixes its settings;
   * spec.defaultBackend makes it anew each time.
   * Source: createUpstreams in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
   */
  addAll(facts: IngressFacts): void {
    const { ingress } = facts;
    if (ingress.defaultBackend?.kind === 'service') this.add(facts, ingress.defaultBackend, true);
    for (const { paths } of ingress.rules) for (const { backend } of paths) if (backend.kind === 'service') this.add(facts, backend, false);
  }

  private add(facts: IngressFacts, backend: ServiceRef, anew: boolean): void {
    const { ingress, canary } = facts;
    const key = upstreamKey(ingress.ref.namespace, backend);
    const existing = this.byKey.get(key);
    if (existing === undefined || anew || takesOver(existing.creator, facts)) {
      this.byKey.set(key, this.create(key, facts, backend, existing));
      return;
    }
    const { ingresses } = existing.shared;
    // First where its default backend made the upstream anew, last where it has named it before.
    const counted = ingresses[0] === ingress || ingresses.at(-1) === ingress;
    if (!canary && !counted) ingresses.push(ingress);
  }

  private create(key: string, facts: IngressFacts, backend: ServiceRef, existing: UpstreamDraft | undefined): UpstreamDraft {
    const { ingress } = facts;
    const { namespace } = ingress.ref;
    const service = this.inventory.services.get(objectKey(namespace, backend.service));
    if (service?.type === 'ExternalName') this.sayExternal(ingress, service);
    const others = (existing?.shared.ingresses ?? []).filter((other) => other !== ingress);
    return {
      shared: { key, ingresses: facts.canary ? others : [ingress, ...others], canary: undefined },
      creator: facts,
      namespace,
      service: backend.service,
      resolution: resolvePort(backend.port, service),
    };
  }

  private sayExternal(ingress: Ingress, service: Service): void {
    const name = nameOf(service.ref);
    if (this.external.has(name)) return;
    this.external.add(name);
    this.findings.push(raise(codes, 'backend/external-name', aboutIngress(ingress), { service: name, name: service.externalName }));
  }

  /** What a location forwards to. A port that cannot be resolved is told once for each Ingress and upstream. */
  backendOf(ingress: Ingress, backend: ServiceRef, draft: UpstreamDraft): Backend {
    const { namespace, service: name, resolution, shared } = draft;
    if (resolution.kind === 'problem') {
      const finding = problemFinding(ingress, backend, resolution.problem);
      const key = `${ingress.ref.namespace}/${ingress.ref.name} ${shared.key}`;
      if (!this.told.has(key)) this.findings.push(finding);
      this.told.add(key);
      return { kind: 'none', status: 503, reason: `no usable port of Service ${nameOf({ namespace, name })}`, finding };
    }
    const { port, appProtocol } = resolution;
    const result: ServiceBackend = { kind: 'service', namespace, name, port, appProtocol, origin: backend.origin, upstream: shared };
    return result;
  }
}

/**
 * Without creation times the order between a canary and an ordinary Ingress is a guess, and one outcome of it takes the ordinary paths
 * away: the ordinary Ingress is then taken for the older one, as it is nearly always.
 */
function takesOver(creator: IngressFacts, facts: IngressFacts): boolean {
  const unknown = creator.ingress.createdAtMs === undefined || facts.ingress.createdAtMs === undefined;
  return creator.canary && !facts.canary && unknown;
}

function problemFinding(ingress: Ingress, backend: ServiceRef, problem: PortProblem): Finding {
  const subject = { object: ingress.ref, origin: backend.origin };
  const service = nameOf({ namespace: ingress.ref.namespace, name: backend.service });
  const common = { service, ingress: nameOf(ingress.ref) };
  if (problem.code === 'backend/no-port') return raise(codes, problem.code, subject, common);
  return raise(codes, problem.code, subject, { ...common, port: problem.port });
}
