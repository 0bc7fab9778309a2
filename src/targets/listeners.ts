import type { JsonObject } from '../model/gateway.ts';
import { ingressOrigin } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { PlanHost } from '../plan/plan.ts';
import { noAnnotations, none } from './assemble.ts';
import type { HostDraft } from './draft.ts';
import type { LoweredListener, LoweredRule, PolicyFragment } from './lowered.ts';

type Certificate = NonNullable<LoweredListener['certificate']>;

/**
 * Certificate of a host's HTTPS listener; undefined: none can be named. The controller's default certificate is used where the user counts
 * on it: a tls section that names no Secret for the host, or a redirect to HTTPS.
 */
export function certificateOf(host: PlanHost, settings: ControllerSettings, redirects: boolean): Certificate | undefined {
  const { certificate } = host.server.tls;
  if (certificate.kind === 'secret') return { namespace: certificate.namespace, name: certificate.name, origin: certificate.origin };
  const [ingress] = host.server.ingresses;
  const fallback = settings.defaultSslCertificate;
  if (fallback === undefined || ingress === undefined || (certificate.reason === 'no-tls-section' && !redirects)) return undefined;
  return { ...fallback, origin: ingressOrigin(ingress) };
}

/** The user counts on HTTPS that cannot be served. */
export function lacksCertificate(host: PlanHost, redirects: boolean): boolean {
  const { certificate } = host.server.tls;
  if (certificate.kind === 'secret') return false;
  return redirects || certificate.reason === 'no-secret-name' || certificate.reason === 'host-not-listed';
}

interface OpenListener {
  readonly hostname: string;
  readonly protocol: LoweredListener['protocol'];
  readonly certificate: Certificate | undefined;
  readonly namespaces: Set<string>;
  options: JsonObject | undefined;
  policies: readonly PolicyFragment[];
  gatewayAnnotations: ReadonlyMap<string, string>;
}

/** Listeners of the whole plan; the namespaces of each grow with its rules. */
export interface ListenerTable {
  /** Opens the listeners that the rules of one host need. */
  readonly serve: (rules: readonly LoweredRule[], draft: HostDraft, certificate: Certificate | undefined) => void;
  /** HTTP first, then by hostname. */
  readonly all: () => readonly LoweredListener[];
}

const protocolRank = { HTTP: 0, HTTPS: 1, TLS: 2 } as const;
const anyHost: readonly string[] = [''];

function compareListeners(a: OpenListener, b: OpenListener): number {
  return protocolRank[a.protocol] - protocolRank[b.protocol] || compareText(a.hostname, b.hostname);
}

function mergedAnnotations(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (b.size === 0) return a;
  return a.size === 0 ? b : new Map([...b, ...a]);
}

export function createListenerTable(): ListenerTable {
  const listeners = new Map<string, OpenListener>();
  const open = (protocol: LoweredListener['protocol'], hostname: string, certificate: Certificate | undefined): OpenListener => {
    const key = `${protocol} ${hostname}`;
    let listener = listeners.get(key);
    if (listener === undefined) {
      listener = { hostname, protocol, certificate, namespaces: new Set(), options: undefined, policies: none, gatewayAnnotations: noAnnotations };
      listeners.set(key, listener);
    }
    return listener;
  };
  const serveOne = (rule: LoweredRule, draft: HostDraft, certificate: Certificate | undefined): void => {
    if (rule.listeners !== 'https') {
      const http = open('HTTP', '', undefined);
      http.namespaces.add(rule.namespace);
      if (certificate === undefined) http.gatewayAnnotations = mergedAnnotations(http.gatewayAnnotations, draft.gatewayAnnotations);
    }
    if (rule.listeners === 'http') return;
    for (const hostname of rule.hostnames.length === 0 ? anyHost : rule.hostnames) {
      const listener = rule.routeKind === 'TLSRoute' ? open('TLS', hostname, undefined) : open('HTTPS', hostname, certificate);
      listener.namespaces.add(rule.namespace);
      if (listener.policies.length === 0) listener.policies = draft.listenerPolicies;
      listener.options ??= draft.listenerOptions;
      listener.gatewayAnnotations = mergedAnnotations(listener.gatewayAnnotations, draft.gatewayAnnotations);
    }
  };
  return {
    serve: (rules, draft, certificate) => {
      for (const rule of rules) serveOne(rule, draft, certificate);
    },
    all: () =>
      [...listeners.values()].sort(compareListeners).map(({ namespaces, options, ...listener }) => ({
        ...listener,
        namespaces: [...namespaces].sort(compareText),
        ...(options === undefined ? {} : { options }),
      })),
  };
}
