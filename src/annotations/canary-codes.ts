import { defineCodes } from '../diagnostics/finding.ts';

const documentation = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary';
const balancer = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua';

export const codes = defineCodes({
  'canary/not-enabled': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: the Ingress is not a canary.',
    why: 'ingress-nginx reads the canary annotations only where `canary` is true; without it the Ingress is an ordinary one, and loses its paths to an older Ingress that has them too.',
    do: 'Remove {annotation}, or set `canary: "true"` and convert again if traffic should be split.',
    source: documentation,
  },
  'canary/unusable-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: ingress-nginx cannot use the value "{value}" and takes {taken}.',
    why: 'Booleans are those of Go, weights are whole numbers without a unit, a total below 100 counts as 100, and names hold letters, digits and - . _ ~ / : alone.',
    do: 'Correct the value and convert again, or remove it: the conversion does what ingress-nginx did.',
    source: documentation,
  },
  'canary/shadowed-key': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: {reason}.',
    why: 'Among the header annotations canary-by-header names the header, and an exact value goes before a pattern.',
    do: 'Remove {annotation}.',
    source: documentation,
  },
  'canary/invalid-pattern': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{annotation} "{value}" is not a regular expression: the header rule is left out.',
    why: 'ingress-nginx sends every request that has the header to the main backend, before it looks at cookie and weight; the conversion treats such requests like the others.',
    do: 'Correct the expression and convert again.',
    source: balancer,
  },
  'canary/unanchored-pattern': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" matches anywhere in the header.',
    why: 'ingress-nginx searches for the expression, while regular expressions of routes match the whole value, so the conversion surrounds it with `.*`.',
    do: 'Nothing, unless the whole value was meant: then anchor the expression with ^ and $ first.',
    source: balancer,
  },
  'canary/shared-upstream': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Canary Ingress {ingress} also takes traffic of {host}{path}, which it does not name.',
    why: "ingress-nginx attaches a canary to the main Ingress's Service and port, so every path and host with that backend is split; the conversion splits them all.",
    do: 'Remove the canary backend from the rule of {host}{path} if only the paths in the Ingress should be split.',
    source: balancer,
  },
  'canary/no-share': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Canary Ingress {ingress} gets no traffic: its weight is 0 and no header or cookie selects it.',
    why: 'Without a rule that applies every request stays with the main backend.',
    do: 'Nothing; raise the weight of its backend in the route when the canary starts.',
    source: documentation,
  },
});
