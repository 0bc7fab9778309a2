import type { Ingress, IngressPath } from '../model/ingress.ts';
import type { Backend, ServerTls } from './configuration.ts';
import type { IngressFacts } from './facts.ts';
import type { UpstreamDraft } from './upstreams.ts';

/** A location while Ingresses are merged. */
export interface LocationDraft {
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix';
  /** Still the `/` the controller adds: the first Prefix `/` of an Ingress replaces it. */
  automatic: boolean;
  facts: IngressFacts | undefined;
  rule: IngressPath | undefined;
  backend: Backend;
  upstream: UpstreamDraft | undefined;
  /** spec.defaultBackend without rules: annotations of redirects and rewrites do not count there. */
  plain: boolean;
}

/** A server while Ingresses are merged. */
export interface ServerDraft {
  readonly host: string;
  /** Ordinary Ingresses with a rule for the host, in the controller's order. */
  readonly members: IngressFacts[];
  /** In the order in which they were added: the controller looks for duplicates in this order. */
  readonly locations: LocationDraft[];
  /** The first location of each path text, of whatever type. */
  readonly firstByPath: Map<string, LocationDraft>;
  aliases: { readonly names: readonly string[]; readonly ingress: Ingress } | undefined;
  /** Undefined until an Ingress with a tls section decides it. */
  certificate: { readonly value: ServerTls['certificate']; readonly owner: IngressFacts } | undefined;
  /** Another Ingress wanted the same path of the same type. */
  contested: string | undefined;
}

export function newServer(host: string, root: LocationDraft): ServerDraft {
  return {
    host,
    members: [],
    locations: [root],
    firstByPath: new Map([[root.path, root]]),
    aliases: undefined,
    certificate: undefined,
    contested: undefined,
  };
}
