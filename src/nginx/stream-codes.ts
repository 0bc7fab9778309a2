import { defineCodes } from '../diagnostics/finding.ts';

const guide = 'https://kubernetes.github.io/ingress-nginx/user-guide/exposing-tcp-udp-services/';

/** TCP and UDP services of the controller. */
export const codes = defineCodes({
  'stream/assumed': {
    fidelity: 'exact',
    risk: 'none',
    what: 'The {protocol} services of ConfigMap {map} are converted on the assumption that the controller reads it.',
    why: 'The name is the usual one; the flag {flag} of the controller, which says so, is not in the input.',
    do: "Add the controller's Deployment to the input, or give --controller-args='{flag}={map}'.",
    source: guide,
  },
  'stream/map-not-given': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The {protocol} services of the controller are missing from the output: ConfigMap {map} is not in the input.',
    why: '{flag} names it, and it holds their ports.',
    do: 'Add ConfigMap {map} to the input and convert again.',
    source: guide,
  },
  'stream/ignored-entry': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Port {port} ({value}) of the {protocol} services is not served today, nor in the output.',
    why: 'The controller skips the entry: {reason}.',
    do: 'Correct or delete the entry.',
    source: guide,
  },
  'stream/port-unresolved': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{protocol} port {port} is not converted: the number of port {name} of Service {service} is not known.',
    why: 'A route needs a port number, and the Service is not in the input.',
    do: 'Add Service {service} to the input and convert again.',
    source: guide,
  },
});
