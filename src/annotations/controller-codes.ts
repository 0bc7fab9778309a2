import { defineCodes } from '../diagnostics/finding.ts';

const configMap = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/';

/** What the controller's ConfigMap asks of every rule and cannot be read. */
export const codes = defineCodes({
  'controller/headers-not-given': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The headers of {key} are missing from the output: ConfigMap {map} is not in the input.',
    why: 'The key only names the ConfigMap that holds the headers.',
    do: 'Pass ConfigMap {map} with the other manifests and convert again.',
    source: configMap,
  },
  'controller/header-variable': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Header {header} of {key} is not set: its value {value} holds a variable of nginx.',
    why: 'A header filter of the Gateway API sets fixed values.',
    do: 'Look whether the gateway sends an equal header by itself, or let the application do without it.',
    source: configMap,
  },
});
