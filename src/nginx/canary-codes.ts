import { defineCodes } from '../diagnostics/finding.ts';

const merge = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go';

/** How canary Ingresses meet the Ingresses they take traffic from. */
export const codes = defineCodes({
  'canary-attachment/no-main-path': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Canary Ingress {ingress} takes no traffic of {path}.',
    why: 'ingress-nginx attaches it to a main Ingress with the same host, the same path text and the same path type, and there is none.',
    do: 'Give the canary path the text and pathType of the main path, or delete the canary.',
    source: merge,
  },
  'canary-attachment/removed': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Canary Ingress {ingress} takes no traffic of {path}: ingress-nginx has removed Service {service}, for which {lone} has no main path.',
    why: 'The first path of a canary that finds no main path removes its Service from the list of canaries, for every path and Ingress that names it.',
    do: 'Delete the canary path {lone}, or give it the text and pathType of a main path, and convert again if the canary is to take traffic.',
    source: merge,
  },
  'canary-attachment/not-first': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Canary Ingress {ingress} takes no traffic of {path}: {first} is its canary.',
    why: 'ingress-nginx keeps a list of canaries per Service and uses the first alone.',
    do: 'Delete the canary Ingress that is not used, or combine both in the HTTPRoute with three weights.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua',
  },
  'canary-attachment/same-service': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Canary Ingress {ingress} takes no traffic of {path}: its Service is the one of the main Ingress.',
    why: 'ingress-nginx refuses a Service and port as the alternative of itself.',
    do: 'Point the canary to another Service, or delete it.',
    source: merge,
  },
  'canary-attachment/service-in-use': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Canary Ingress {ingress} is ignored for Service {service}.',
    why: 'An older ordinary Ingress uses the same Service and port, so ingress-nginx forgets the weight, header and cookie of the canary and treats its paths like ordinary ones.',
    do: 'Give the canary a Service of its own, then convert again.',
    source: 'https://github.com/kubernetes/ingress-nginx/issues/9458',
  },
  'canary-attachment/hides-main-path': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Path {path} of {host} is not served: its Service {service} is the one of canary Ingress {canary}.',
    why: 'The canary is older, so ingress-nginx takes the Service for a canary backend only and skips ordinary paths that use it.',
    do: 'Give the canary a Service of its own and convert again.',
    source: 'https://github.com/kubernetes/ingress-nginx/issues/8004',
  },
  'canary-attachment/policy-of-another': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Canary Ingress {ingress} splits traffic by the weight, header and cookie of {first}.',
    why: 'Both name the same canary Service and port, and ingress-nginx keeps one policy for it: that of the older one.',
    do: 'Give the canary a Service of its own if the policies should differ.',
    source: merge,
  },
  'canary-attachment/no-port': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Canary Ingress {ingress} takes no traffic: port {port} of its Service {service} is not known.',
    why: 'A backendRef needs the number of a port that the Service has. Without endpoints nginx leaves all requests with the main Service.',
    do: 'Add Service {service} to the input, or write the port as a number it has.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference',
  },
});
