import { defineCodes } from '../diagnostics/finding.ts';

const controller = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go';

/** What a path forwards to. */
export const codes = defineCodes({
  'backend/port-name-unresolved': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Port {port} of Service {service} cannot be resolved; the paths of Ingress {ingress} that use it forward nothing.',
    why: 'A backendRef of the Gateway API needs the number of the port, and the Service is not in the input.',
    do: 'Add Service {service} to the input, or write the port as a number.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference',
  },
  'backend/no-such-port': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Service {service} has no port {port}; nginx answers 503 for the paths of Ingress {ingress} that use it.',
    why: 'ingress-nginx looks for a port with that number, name or targetPort and finds none.',
    do: 'Correct the port in Ingress {ingress} or in the Service and convert again.',
    source: controller,
  },
  'backend/no-port': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Ingress {ingress} names no port of Service {service}: nginx answers 503 for its paths, and they forward nothing.',
    why: 'Neither the number nor the name of a port is given, and ingress-nginx takes no port by itself, not even the only one. An API server refuses such an Ingress.',
    do: 'Write the port of Service {service} in Ingress {ingress} and convert again.',
    source: controller,
  },
  'backend/external-name': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Service {service} is of type ExternalName: gateways may refuse it as a backend.',
    why: 'ingress-nginx resolves the name {name} at run time; for the Gateway API support of such Services is optional, and discouraged for its security.',
    do: 'Check that the gateway serves ExternalName, or give the target a Service with an EndpointSlice (or the backend kind of the gateway).',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref',
  },
  'backend/resource': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Path {path} of {host} has a resource backend ({resource}) and no location of its own.',
    why: 'ingress-nginx serves Services only and leaves such a path to the path / of the host.',
    do: 'Replace the backend of {path} by a Service, or remove it.',
    source: controller,
  },
  'backend/default-resource': {
    fidelity: 'exact',
    risk: 'none',
    what: 'The default backend of Ingress {ingress} is a resource ({resource}) and is not used.',
    why: 'ingress-nginx serves Services only: requests that match no path get 404.',
    do: 'Replace spec.defaultBackend of {ingress} by a Service, or remove it.',
    source: controller,
  },
  'backend/default-service-unknown': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Requests that match no path get 404 from the gateway instead of an answer of Service {service}.',
    why: 'The controller forwards them to its --default-backend-service, and the input does not hold that Service to take the port from.',
    do: 'Add Service {service} to the input and convert again.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/default-backend/',
  },
});
