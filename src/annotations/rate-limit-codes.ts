import { defineCodes } from '../diagnostics/finding.ts';

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/ratelimit/main.go';

export const codes = defineCodes({
  'rate-limit/off': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} limits nothing: its value is not above 0.',
    why: 'ingress-nginx writes a limit for positive numbers only.',
    do: 'Remove {annotation}, or set the number you want.',
    source,
  },
  'rate-limit/companion-without-limit': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: {reason}.',
    why: 'It only details a limit.',
    do: 'Remove {annotation}, or set the limit it belongs to.',
    source,
  },
  'rate-limit/other-name-wins': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: {winner} stands beside it.',
    why: 'The two are names of the same list, and ingress-nginx reads limit-whitelist only while limit-allowlist is absent or empty.',
    do: 'Remove {annotation}, after checking that {winner} holds every address that is to be exempt.',
    source,
  },
  'rate-limit/value-ignored': {
    fidelity: 'exact',
    risk: 'none',
    what: 'The value of {annotation} has no effect: nginx works with {used}.',
    why: 'It is no whole number, so ingress-nginx takes what holds without the annotation.',
    do: 'Set {annotation} to {used}, or to the number you meant.',
    source,
  },
  'rate-limit/burst-breaks-nginx': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The burst of {annotation} is taken as 1: nginx does not load its value at all.',
    why: 'A multiplier below 1 makes a burst of 0 or less, which nginx refuses together with every later change of any Ingress. What runs today is an older configuration.',
    do: 'Set {annotation} to 1 or more, and look at the log of the controller for changes that never took effect.',
    source: 'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req',
  },
  'rate-limit/connections-break-nginx': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{annotation} is {value}, and nginx does not load a limit above 65535.',
    why: 'nginx refuses such a number together with every later change of any Ingress. What runs today is an older configuration.',
    do: 'Set {annotation} to 65535 or less, or remove it, and look at the log of the controller for changes that never took effect.',
    source: 'https://github.com/nginx/nginx/blob/release-1.26.3/src/http/modules/ngx_http_limit_conn_module.c',
  },
  'rate-limit/client-address-from-header': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The limits of {annotation} count per address that a header or the PROXY protocol names; the gateway has to read it there as well.',
    why: 'The ConfigMap of the controller sets {setting}. A gateway that counts per connection would count all clients behind one load balancer together.',
    do: 'With --target envoy-gateway the ClientTrafficPolicy of the output says so. On other gateways, and on an existing one (--existing-gateway), configure the source of the client address yourself.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#use-forwarded-headers',
  },
});
