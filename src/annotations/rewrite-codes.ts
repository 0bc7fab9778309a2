import { defineCodes } from '../diagnostics/finding.ts';

const documentation = 'https://kubernetes.github.io/ingress-nginx/examples/rewrite/';
const template = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go';
const validators = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/parser/validators.go';

export const codes = defineCodes({
  'rewrite/invalid-target': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" has no effect: ingress-nginx refuses the text and does not rewrite.',
    why: 'A target holds letters, digits and - . _ ~ / : $ alone; a query, a space, % or a brace makes the controller ignore it, and the paths then stay plain ones.',
    do: 'Correct the target and convert again if a rewrite is wanted, or remove the annotation.',
    source: validators,
  },
  'rewrite/own-path': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" rewrites nothing on path {path}: the target is the path itself.',
    why: 'ingress-nginx leaves the request path as it is when target and path are the same text.',
    do: 'Remove {annotation} from an Ingress whose only path is {path}.',
    source: template,
  },
  'rewrite/missing-group': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Path {path} has too few groups for {annotation} "{value}": the backend receives {result}.',
    why: 'nginx puts nothing in the place of a group that the path of the rule does not have, so every request of the path is sent to one and the same URL path.',
    do: 'Check that this is wanted; otherwise give {path} an Ingress of its own without {annotation}.',
    source: documentation,
  },
  'rewrite/no-leading-slash': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{annotation} "{value}" lacks the leading slash; the conversion rewrites to "/{value}".',
    why: 'nginx sends the text as it is, which is no valid request line, and backends answer 400; no gateway can be told to do that.',
    do: 'Check that "/{value}" is the path the backend expects.',
    source: documentation,
  },
  'rewrite/variable-in-target': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{annotation} "{value}" holds an nginx variable, which no gateway expands.',
    why: 'Besides $1 to $9 the target may name any variable of nginx; the Gateway API replaces a path with fixed text alone.',
    do: 'Write the value of the variable into the target, or have the backend read it from a request header.',
    source: documentation,
  },
  'rewrite/unusable-boolean': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" counts as false.',
    why: 'ingress-nginx knows 1, t, T, true, True, TRUE and their opposites, without a space around them; anything else is ignored.',
    do: 'Correct the value and convert again, or remove the annotation.',
    source: validators,
  },
  'rewrite/regex-off': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} "{value}" has no effect.',
    why: 'False is the default, and it neither keeps rewrite-target nor another Ingress of the host from turning all paths of the host into regular expressions.',
    do: 'Remove {annotation}.',
    source: template,
  },
  'rewrite/prefix-without-rewrite': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: no rewrite goes with it.',
    why: 'ingress-nginx sets X-Forwarded-Prefix only together with a rewrite-target that changes the path.',
    do: 'Remove {annotation}, or add a RequestHeaderModifier filter to the route if the backend needs the header.',
    source: template,
  },
  'rewrite/empty-prefix': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: it is empty.',
    why: 'ingress-nginx sets no header for an empty value.',
    do: 'Remove {annotation}.',
    source: template,
  },
  'rewrite/prefix-with-capture': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{annotation} "{value}" is not set on path {path}: it depends on the request.',
    why: 'nginx puts groups of the path or variables into the header; the RequestHeaderModifier filter of a route sets fixed text alone.',
    do: 'Split the path into one rule per prefix, each with its own X-Forwarded-Prefix, or tell the backend its public prefix in its own settings.',
    source: template,
  },
  'rewrite/log': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on requests.',
    why: 'It only makes nginx write rewrites to its error log.',
    do: 'Remove {annotation}; look at the access log of the gateway for the paths sent to backends.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#enable-rewrite-log',
  },
});
