import { defineCodes } from '../diagnostics/finding.ts';

/** References to what the input shows not to exist: a cluster whose objects of the kind were listed whole. */
export const codes = defineCodes({
  'absent/service': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Service {service}, to which Ingress {ingress} forwards, does not exist: nginx answers 503 there.',
    why: 'The Services of its namespace were listed, and it is not among them. A route to a Service that does not exist is not resolved, and answers 500.',
    do: 'Create the Service, or take its paths out of Ingress {ingress}.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule',
  },
  'absent/certificate': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Secret {secret} with the certificate of Ingress {ingress} does not exist: nginx serves its default certificate.',
    why: 'The Secrets of its namespace were listed, and it is not among them. A listener without its certificate is not programmed, so requests to {hosts} over HTTPS get no answer at all.',
    do: 'Create the Secret before traffic is moved, or take it out of the tls section.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#listenertlsconfig',
  },
  'absent/secret': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{annotation} names Secret {secret}, which does not exist: nginx refuses the requests that it is for.',
    why: 'The Secrets of its namespace were listed, and it is not among them. Gateways differ in what they do about a policy whose Secret is missing.',
    do: 'Create the Secret before traffic is moved, or remove the annotation.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/auth/main.go',
  },
});
