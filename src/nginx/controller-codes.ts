import { defineCodes } from '../diagnostics/finding.ts';

const configMap = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/';
const flags = 'https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/';

/** The controller's ConfigMap and flags. */
export const codes = defineCodes({
  'controller/unusable-value': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Key {key} of the controller ConfigMap has a value that cannot be used; {default} is taken.',
    why: 'The controller keeps its default for a value it cannot read.',
    do: 'Correct {key} if the default is not what you want.',
    source: configMap,
  },
  'controller/unusable-flag': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Flag {flag} of the controller has a value that cannot be used and is ignored.',
    why: '{form} is expected.',
    do: 'Correct --controller-args and convert again.',
    source: flags,
  },
  'controller/protection-lost': {
    fidelity: 'lost',
    risk: 'security',
    what: 'Key {key} of the controller ConfigMap is not converted: it refuses requests on every host.',
    why: 'It is a setting of the whole controller, and the Gateway API has no field for it.',
    do: 'Set the same protection on the Gateway with a policy of its implementation, then accept the loss.',
    source: configMap,
  },
  'controller/snippet-lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Key {key} of the controller ConfigMap is not converted.',
    why: 'It holds raw nginx configuration for every host, which no gateway reads.',
    do: 'Look for what the snippet does in the documentation of the gateway and set it there.',
    source: configMap,
  },
  'controller/setting-lost': {
    fidelity: 'lost',
    risk: 'none',
    what: 'Key {key} of the controller ConfigMap is not converted.',
    why: 'It changes every request or response of nginx, and the Gateway API has no field for it on a whole Gateway.',
    do: 'Set it on the Gateway with a policy of its implementation, or on the routes that need it.',
    source: configMap,
  },
});
