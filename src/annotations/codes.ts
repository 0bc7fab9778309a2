import { defineCodes } from '../diagnostics/finding.ts';

/** Facts about annotations that belong to no single family. */
export const codes = defineCodes({
  'annotation/unaccounted': {
    fidelity: 'lost',
    risk: 'security',
    what: '{annotation} is read, but nothing says what became of it.',
    why: 'This is a bug of gwmigrate: a family claimed the annotation and neither translated it nor explained why it has no effect.',
    do: 'Report the Ingress as a bug, and check by hand what {annotation} does before you cut over.',
  },
  'annotation/no-location': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: Ingress {ingress} serves no path.',
    why: 'ingress-nginx applies it to the locations an Ingress owns, and every path of this one belongs to an older Ingress or names no usable backend.',
    do: 'Delete the Ingress, or give it a path that no older Ingress of the same host has.',
    source: 'https://kubernetes.github.io/ingress-nginx/how-it-works/#building-the-nginx-model',
  },
  'annotation/no-rules': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: Ingress {ingress} has a default backend and no rules.',
    why: 'Such an Ingress answers for unknown hosts, and there ingress-nginx applies neither its redirects and rewrites nor its settings for whole hosts.',
    do: 'Remove {annotation}, or give the Ingress a rule and convert again.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
  'annotation/host-level-taken': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on host {host}: Ingress {other} already sets it there.',
    why: 'It configures the whole host, and ingress-nginx takes it from the first Ingress of the host that has it.',
    do: 'Remove {annotation} here, and keep it on one Ingress per host.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
  'annotation/no-route': {
    fidelity: 'lost',
    risk: 'none',
    what: '{annotation} goes nowhere: no route is written for Ingress {ingress} itself.',
    why: 'Annotations of other programs are copied to the route that replaces an Ingress, and this Ingress only adds to the routes of others or serves no path.',
    do: 'Set {annotation} on the route you want it on, if the program behind it reads routes at all.',
  },
  'canary/not-attached': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: canary Ingress {ingress} is attached to nothing.',
    why: 'ingress-nginx attaches a canary only to an ordinary Ingress with the same host, path and path type, and uses the first canary of a Service alone.',
    do: 'Delete the canary Ingress, or give it the exact host, path and pathType of the Ingress it should take traffic from.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary',
  },
  'canary/annotation-ignored': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on canary Ingress {ingress}.',
    why: 'A canary Ingress lends its Service alone: the annotations of the Ingress it is attached to apply to the requests of both.',
    do: 'Remove it, or move it to the main Ingress if both sides should have it.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary',
  },
  'canary/upstream-setting': {
    fidelity: 'lost',
    risk: 'none',
    what: '{annotation} of canary Ingress {ingress} is not carried over: it was for the connections to the canary Service alone.',
    why: 'Main and canary backends become weighted backends of one rule, and a rule has one setting for all of its backends.',
    do: "Compare {annotation} with the main Ingress's; if they must differ, set a policy on the canary Service where your Gateway offers one.",
  },
  'canary/backend-tls': {
    fidelity: 'lost',
    risk: 'security',
    what: '{annotation} of canary Ingress {ingress} is not carried over.',
    why: 'On a canary it still sets the TLS towards backends of the whole host, for paths that set none themselves; nothing in the route of the main Ingress says so.',
    do: 'Put {annotation} on the main Ingress before you convert, or write a BackendTLSPolicy for the Services behind the host.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
});
