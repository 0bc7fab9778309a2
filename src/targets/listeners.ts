import type { JsonObject } from '../model/gateway.ts';
import { ingressOrigin, type Ingress } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';
import { CATCH_ALL } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { PlanHost } from '../plan/plan.ts';
import { noAnnotations, none } from './assemble.ts';
import type { HostDraft } from './draft.ts';
import type { LoweredListener, LoweredRule, PolicyFragment } from './lowered.ts';

type Certificate = NonNullable<LoweredListener['certificate']>;

/** What a host shows over HTTPS. */
export interface HostCertificate {
  readonly certificate: Certificate;
  /** The controller's default certificate. */
  readonly isDefault: boolean;
}

function defaultCertificate({ defaultSslCertificate }: ControllerSettings, ingress: Ingress | undefined): HostCertificate | undefined {
  if (defaultSslCertificate === undefined || ingress === undefined) return undefined;
  return { certificate: { ...defaultSslCertificate, origin: ingressOrigin(ingress) }, isDefault: true };
}

/**
 * What a host shows over HTTPS; undefined: none can be named. nginx answers HTTPS for every host, with --default-ssl-certificate where it has
 * no other; with ssl-reject-handshake only hosts that somebody names.
 */
export function certificateOf({ server }: PlanHost, settings: ControllerSettings): HostCertificate | undefined {
  const { certificate } = server.tls;
  if (certificate.kind === 'secret') return { certificate: { namespace: certificate.namespace, name: certificate.name, origin: certificate.origin }, isDefault: false };
  return settings.sslRejectHandshake && server.host === CATCH_ALL ? undefined : defaultCertificate(settings, server.ingresses[0]);
}

/** The user counts on HTTPS that cannot be served. */
export function lacksCertificate({ server }: PlanHost, settings: ControllerSettings, redirects: boolean): boolean {
  const { certificate } = server.tls;
  if (certificate.kind === 'secret' || (settings.sslRejectHandshake && server.host === CATCH_ALL)) return false;
  return redirects || (certificate.reason !== 'no-tls-section' && certificate.reason !== 'host-less');
}

interface OpenListener {
  readonly hostname: string;
  readonly protocol: LoweredListener['protocol'];
  readonly certificate: Certificate | undefined;
  readonly isDefault: boolean;
  readonly namespaces: Set<string>;
  options: JsonObject | undefined;
  policies: readonly PolicyFragment[];
  clientAuthority: LoweredListener['clientAuthority'];
  gatewayAnnotations: ReadonlyMap<string, string>;
}

/** Listeners of the whole plan; the namespaces of each grow with its rules. */
export interface ListenerTable {
  /** Opens the listeners that the rules of one host need. */
  readonly serve: (rules: readonly LoweredRule[], draft: HostDraft, certificate: HostCertificate | undefined) => void;
  /** Opens the listener of hosts that nobody names, whose rules may be none: nginx answers them with its default certificate. */
  readonly serveUnknown: (settings: ControllerSettings, hosts: readonly PlanHost[]) => void;
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
  const open = (protocol: LoweredListener['protocol'], hostname: string, shown: HostCertificate | undefined): OpenListener => {
    const key = `${protocol} ${hostname}`;
    let listener = listeners.get(key);
    if (listener === undefined) {
      listener = { hostname, protocol, certificate: shown?.certificate, isDefault: shown?.isDefault ?? false, namespaces: new Set(), options: undefined, policies: none, clientAuthority: undefined, gatewayAnnotations: noAnnotations };
      listeners.set(key, listener);
    }
    return listener;
  };
  const serveOne = (rule: LoweredRule, draft: HostDraft, certificate: HostCertificate | undefined): void => {
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
      listener.clientAuthority ??= draft.clientAuthority;
      listener.gatewayAnnotations = mergedAnnotations(listener.gatewayAnnotations, draft.gatewayAnnotations);
    }
  };
  return {
    serve: (rules, draft, certificate) => {
      for (const rule of rules) serveOne(rule, draft, certificate);
    },
    serveUnknown: (settings, hosts) => {
      const shown = settings.sslRejectHandshake ? undefined : defaultCertificate(settings, hosts.find(({ server }) => server.ingresses.length > 0)?.server.ingresses[0]);
      if (shown !== undefined) open('HTTPS', '', shown);
    },
    all: () =>
      [...listeners.values()].sort(compareListeners).map(({ namespaces, options, isDefault, clientAuthority, ...listener }) => ({
        ...listener,
        namespaces: [...namespaces].sort(compareText),
        ...(options === undefined ? {} : { options }),
        ...(clientAuthority === undefined ? {} : { clientAuthority }),
        ...(isDefault ? { isDefault } : {}),
      })),
  };
}
