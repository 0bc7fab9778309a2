import { defineCodes } from '../../diagnostics/finding.ts';

const documentation = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#configuration-snippet';
const template = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl';
const configMap = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations';

export const codes = defineCodes({
  'snippets/nothing-to-carry': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation}, line {line}: {directive} needs nothing in the output.',
    why: 'Of this directive, {reason}.',
    do: 'Remove it from the snippet, if you keep one.',
    source: template,
  },
  'snippets/refused-by-nginx': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{annotation}, line {line}: {directive} is left out, since nginx does not load a configuration that holds it.',
    why: 'Every location of the controller says this directive already, and nginx takes it once in a location; until it is removed no change of any Ingress takes effect.',
    do: 'Set the value with {reason} instead, and convert again.',
    source: template,
  },
  'snippets/every-status': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{annotation}, line {line}: {directive} becomes a header of every response of the backend.',
    why: 'Without `always` nginx adds it for {reason} alone, and a header filter does not look at the status.',
    do: 'Nothing, unless the header must be missing from errors.',
    source: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
  },
  'snippets/sent-twice': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{annotation}, line {line}: {reason} is set to the value of the snippet.',
    why: 'nginx sends the header twice, first with the value of the controller, then with this one; which of them counts is up to the application.',
    do: 'Check which of the two your application reads.',
    source: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
  },
  'snippets/auth-header-renamed': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{annotation}, line {line}: {directive} takes the header of the client out and sends none.',
    why: 'Its value is made of {reason} in the answer of the authentication service; gateways pass headers of that answer on as they are, under their own names alone.',
    do: 'Have the authentication service answer with the header that the application reads, and name it in auth-response-headers; or have the application read the one that it answers with.',
    source: 'https://nginx.org/en/docs/http/ngx_http_auth_request_module.html#auth_request_set',
  },
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
    what: '{annotation} has no effect: it holds no directive.',
    why: 'Blanks and comments do nothing.',
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
