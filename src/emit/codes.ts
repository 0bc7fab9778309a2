import { defineCodes } from '../diagnostics/finding.ts';

/** What the layout of Gateways and routes changes. */
export const codes = defineCodes({
  'gateway/class': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Gateway {gateway} names the class {class}, which stands for the one of your cluster.',
    why: 'No implementation was chosen, and a Gateway is served by the controller that its gatewayClassName names.',
    do: 'Give the class with --gateway-class, or the implementation with --target; `kubectl get gatewayclasses` lists what is installed.',
    source: 'https://gateway-api.sigs.k8s.io/api-types/gatewayclass/',
  },
  'gateway/namespace': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Gateway {gateway} is written to namespace {namespace}, which no Ingress of the input uses.',
    why: 'The Ingresses are of several namespaces and share one entry point, so it belongs to none of them.',
    do: 'Create the namespace before you apply the objects (kubectl create namespace {namespace}), or name another place with --gateway NAMESPACE/NAME.',
  },
  'gateway/several-addresses': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The hosts are divided among {count} Gateways ({gateways}), each with an address of its own.',
    why: 'A Gateway holds at most 64 listeners, and every host with a certificate needs one; ingress-nginx had one address for all of them.',
    do: 'Point the DNS name of each host at the Gateway whose listeners name it, or let several hosts share a wildcard certificate so that fewer listeners are needed.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspec',
  },
  'gateway/annotation-conflict': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The annotation {annotation} is not put on Gateway {gateway}, because not all of its hosts ask for the same value.',
    why: 'On a Gateway it applies to every listener: cert-manager would replace the certificates of the other hosts, external-dns would change their records.',
    do: 'Write a Certificate for the Secrets of these hosts (or the DNS record) by hand, or give them a Gateway of their own with --gateway.',
    source: 'https://cert-manager.io/docs/usage/gateway/',
  },
  'gateway/certificate-elsewhere': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'cert-manager will not renew Secret {secret} for Gateway {gateway}: the annotation {annotation} has no effect there.',
    why: 'cert-manager issues certificates for a Gateway only into the namespace of the Gateway, and the Secret is in another one.',
    do: 'Write a Certificate for Secret {secret} before you delete the Ingress, whose own Certificate goes with it.',
    source: 'https://github.com/cert-manager/cert-manager/issues/5610',
  },
  'gateway/existing-listeners': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The routes expect of Gateway {gateway} that it has listeners for their hosts and admits the namespaces {namespaces}; routes for one scheme attach to its listeners `http` and `https`.',
    why: 'With --existing-gateway no listener is written. A redirect to HTTPS must not reach the HTTPS listener, or it redirects to itself, so such routes name the listener.',
    do: 'Name the listeners of the Gateway http and https, or change sectionName in the parentRefs to the names they have; add the certificates of the Ingresses to them.',
    source: 'https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/',
  },
  'gateway/existing-listener-policy': {
    fidelity: 'lost',
    risk: 'security',
    what: 'The client certificate that host {host} asks for cannot be asked for on the existing Gateway {gateway}; the rules of the host refuse every request.',
    why: 'Client certificates are a setting of the listener, and with --existing-gateway no listener is written.',
    do: 'Set up the client certificate on the listener of {host} yourself and accept this finding with --accept, or convert without --existing-gateway.',
  },
  'gateway/existing-gateway-policy': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The settings for the whole Gateway ({kinds}) are not written for the existing Gateway {gateway}.',
    why: 'A policy on a Gateway changes everything it serves, and with --existing-gateway others may depend on it.',
    do: 'Convert once without --existing-gateway, compare the {kinds} of that output with what the Gateway has, and carry over what is missing.',
  },
  'route/annotation-conflict': {
    fidelity: 'lost',
    risk: 'none',
    what: 'The annotation {annotation} of the Ingress is not on route {route}, which has the value of another Ingress.',
    why: 'Several Ingresses of one host become one route, and a route has one value for each annotation.',
    do: 'Set {annotation} on route {route} to the value you want.',
  },
});
