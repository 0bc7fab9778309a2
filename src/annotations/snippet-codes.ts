import { defineCodes } from '../diagnostics/finding.ts';

const documentation = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#configuration-snippet';
const configMap = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations';

export const codes = defineCodes({
  'snippets/not-allowed': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: the controller does not allow snippets.',
    why: 'ingress-nginx leaves snippets of Ingresses out unless its ConfigMap sets allow-snippet-annotations to true.',
    do: 'Remove {annotation}; if it was meant to protect something, nothing is protected by it today.',
    source: configMap,
  },
  'snippets/assumed-active': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is taken as active; whether the controller allows snippets is not known.',
    why: 'allow-snippet-annotations of the ConfigMap decides, it is false by default since v1.9, and the ConfigMap was not given.',
    do: 'Give the ConfigMap of the controller (--controller-configmap FILE): if it does not allow snippets, {annotation} has nothing to lose.',
    source: configMap,
  },
  'snippets/empty': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: it is empty.',
    why: 'ingress-nginx adds nothing for an empty snippet.',
    do: 'Remove {annotation}.',
    source: documentation,
  },
  'snippets/host-taken': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on {host}: Ingress {other} already has one there.',
    why: 'A host has one server-snippet, that of the oldest Ingress which has one.',
    do: 'Remove {annotation} here, or move its text to Ingress {other}.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
  'snippets/only-on-others': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{annotation} acts on {host} through the paths of other Ingresses only; their rules say what becomes of it.',
    why: 'A server-snippet belongs to the whole host, and every path that Ingress {ingress} has there is served by an older Ingress.',
    do: 'Look at the findings about the other rules of {host}, and move {annotation} to the Ingress whose paths need it.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
  'snippets/auth-without-url': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: no external authentication of the Ingress is in effect.',
    why: 'Its text goes into the sub-request to the service of auth-url.',
    do: 'Remove {annotation}, or set auth-url if the path should be protected.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/authreq/main.go',
  },
  'snippets/modsecurity-off': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: ModSecurity is not switched on.',
    why: 'Rules are loaded only with enable-modsecurity, on the Ingress or in the ConfigMap of the controller.',
    do: 'Remove {annotation}; if it was meant to protect something, nothing is protected by it today.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go',
  },
});
