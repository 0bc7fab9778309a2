import type { Finding, Subject } from '../diagnostics/finding.ts';
import type { Ingress, IngressPath } from '../model/ingress.ts';
import type { Origin } from '../model/origin.ts';
import type { ControllerSettings } from './settings.ts';

/**
 * The effective nginx configuration: what ingress-nginx would really serve for the whole inventory.
 * Everything after this stage reads servers and locations, never single Ingress objects.
 */
export interface EffectiveConfiguration {
  readonly settings: ControllerSettings;
  /** Sorted by host; the catch-all `_` first, if any Ingress or --default-backend-service says more of it than 404. */
  readonly servers: readonly Server[];
  /** Selected Ingresses in the controller's order (creation time, then namespace/name descending). */
  readonly ingresses: readonly Ingress[];
  /** Not selected, or dropped by the controller. */
  readonly left: readonly LeftIngress[];
  /** Secrets (namespace/name) of auth-tls-secret that hold a certificate and no authority: nothing is asked of clients. Absent: none. */
  readonly withoutAuthority?: ReadonlySet<string>;
  /** TCP and UDP ports that are passed through; absent: none. */
  readonly streams?: readonly StreamService[];
  readonly findings: readonly Finding[];
}

/** One port that the controller passes through to a Service. */
export interface StreamService {
  readonly protocol: 'TCP' | 'UDP';
  /** Port that clients connect to. */
  readonly port: number;
  readonly backend: { readonly namespace: string; readonly name: string; readonly port: number };
  /** The PROXY protocol is read from clients, and sent to the Service. TCP alone. */
  readonly proxyProtocol: { readonly decode: boolean; readonly encode: boolean };
  readonly about: Subject;
}

/** `skipped`: another class. `refused`: the controller drops it (invalid annotation, catch-all disabled). */
export interface LeftIngress {
  readonly ingress: Ingress;
  readonly status: 'skipped' | 'refused';
  readonly reason: string;
}

export const CATCH_ALL = '_';

export interface Server {
  /** Exact host, `*.x` (one label in nginx), or `_` for the catch-all. */
  readonly host: string;
  /** Extra server names (server-alias): exact, `*.x`, or `~regex`. */
  readonly aliases: readonly ServerAlias[];
  /** Set when any location of the host makes all of them regexes. */
  readonly regex: RegexMode | undefined;
  readonly tls: ServerTls;
  /**
   * In the order nginx tries them in regex mode; otherwise longest path first. Includes the automatic `/`. Without what nginx could not
   * load (a location written twice, a path that is no regular expression): such a path was never served.
   */
  readonly locations: readonly Location[];
  /** Ingresses with a rule for this host, in the controller's order. The first one owns the automatic `/`. */
  readonly ingresses: readonly Ingress[];
}

export interface ServerAlias {
  readonly name: string;
  readonly ingress: Ingress;
  /**
   * What it is served with over TLS if that is for its name too. Of several hosts with the alias, the first serves it and the last one's counts.
   * Source: configureCertificates in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/nginx.go
   */
  readonly certificate: ServerTls['certificate'];
}

export interface RegexMode {
  readonly ingress: Ingress;
  readonly annotation: 'use-regex' | 'rewrite-target';
}

export interface ServerTls {
  readonly certificate:
    | { readonly kind: 'secret'; readonly namespace: string; readonly name: string; readonly ingress: Ingress; readonly origin: Origin }
    | { readonly kind: 'default'; readonly reason: 'no-tls-section' | 'no-secret-name' | 'unusable-secret' | 'host-not-listed' | 'host-less' };
  /** The host has a certificate entry, so ssl-redirect applies to it. */
  readonly redirects: boolean;
}

/** What nginx compares the decoded, merged, dot-resolved path with. */
export type LocationMatch =
  /** `location = path`. */
  | { readonly kind: 'exact'; readonly path: string }
  /**
   * `location path`, where `path` always ends with a slash. `bare`: `path` without its final slash matches too, as an Ingress path `/foo`
   * does unless an Exact of that text takes it; an Ingress path `/foo/` never does.
   */
  | { readonly kind: 'prefix'; readonly path: string; readonly bare: boolean }
  /** `location ~* "^pattern"`: case-insensitive, anchored at the start only. */
  | { readonly kind: 'regex'; readonly pattern: string };

export interface Location {
  /** Stable: host, path type and path. Unique in the configuration. */
  readonly id: string;
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix';
  readonly match: LocationMatch;
  /** nginx answers `path` without its final slash with 301 to `path`. */
  readonly addSlashRedirect: boolean;
  /** The `/` that nginx adds to every host. False once an Ingress with a default backend and no rules owns the one of the catch-all. */
  readonly automatic: boolean;
  /** Whose annotations apply; undefined only for the catch-all's own `/`. */
  readonly ingress: Ingress | undefined;
  /** Undefined for the automatic `/`, and where spec.defaultBackend without rules owns the catch-all. */
  readonly rule: IngressPath | undefined;
  readonly backend: Backend;
  /** Set when the controller answers 503 (or 403, for the whole host) instead of serving the location. */
  readonly denied: Denial | undefined;
}

export interface Denial {
  readonly status: 503 | 403;
  readonly finding: Finding;
}

/** nginx answers 403 on the whole host, and the controller writes nothing else into the server block. */
export const refusesHost = ({ denied }: Location): boolean => denied?.status === 403;

export type Backend =
  | ServiceBackend
  /** Nothing to forward to: nginx answers `status` (404 default backend, 503 service that cannot be used). */
  | { readonly kind: 'none'; readonly status: 404 | 503; readonly reason: string; readonly finding?: Finding };

export interface ServiceBackend {
  readonly kind: 'service';
  readonly namespace: string;
  readonly name: string;
  /** Port of the Service, after look-up of names and targetPorts. */
  readonly port: number;
  readonly appProtocol: string;
  readonly origin: Origin;
  /** Shared by every location with the same namespace, service and port. */
  readonly upstream: Upstream;
}

export interface Upstream {
  /** namespace-service-port as ingress-nginx names it. */
  readonly key: string;
  /** Ingresses that reference it, the one that fixes load balancing first: the oldest, or the last that names it as spec.defaultBackend. */
  readonly ingresses: readonly Ingress[];
  /** The one canary Ingress whose backend is this upstream's alternative. */
  readonly canary: CanaryAttachment | undefined;
}

export interface CanaryAttachment {
  readonly ingress: Ingress;
  readonly backend: { readonly namespace: string; readonly name: string; readonly port: number; readonly appProtocol: string; readonly origin: Origin };
}
