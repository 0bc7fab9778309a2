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
  'controller/not-a-network': {
    fidelity: 'approximate',
    risk: 'security',
    what: 'Key {key} of the controller ConfigMap lists {entries}, which is no address or network; {rest}.',
    why: 'nginx refuses every configuration with such an entry, so the controller goes on with the last one it could load, and what that one says cannot be known from here.',
    do: 'Correct {key}, let the controller load it, and convert again.',
    source: 'https://nginx.org/en/docs/http/ngx_http_access_module.html',
  },
  'controller/unusable-flag': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Flag {flag} of the controller has a value that cannot be used and is ignored.',
    why: '{form} is expected.',
    do: 'Correct --controller-args and convert again.',
    source: flags,
  },
  'controller/unknown-key': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Key {key} of the controller ConfigMap is not one that ingress-nginx 1.15 knows; nothing is written for it.',
    why: 'The controller ignores keys it does not know; some were removed in earlier versions.',
    do: 'Check the spelling if it was meant to work.',
    source: configMap,
  },
  'controller/configmap-not-given': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The controller reads its settings from ConfigMap {map}, which is not in the input: the defaults of ingress-nginx are assumed.',
    why: '{flag} names it.',
    do: 'Add ConfigMap {map} to the input, or name its file with --controller-configmap.',
    source: flags,
  },
  'controller/block-list-breaks-nginx': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{key} of the controller ConfigMap holds {entry}, and nginx does not load it: the space ends the value.',
    why: 'The controller writes the entry into an nginx map as it stands. nginx refuses the whole configuration, so no later change of any Ingress takes effect.',
    do: 'Put the entry into double quotes, and look at the log of the controller for changes that never took effect.',
    source: 'https://nginx.org/en/docs/http/ngx_http_map_module.html#map',
  },
  'controller/redirect-breaks-nginx': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'proxy-redirect-from of the controller ConfigMap is {value}, which nginx does not load.',
    why: 'The controller gives it to the server for unknown hosts without proxy-redirect-to. nginx refuses the whole configuration, so no later change of any Ingress takes effect.',
    do: 'Set it by annotation where it is meant, remove the key, and look at the log of the controller for changes that never took effect.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
  'controller/negative-breaks-nginx': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{key} of the controller ConfigMap is {value}, which nginx does not load; its default, {default}, is assumed.',
    why: 'The controller accepts any whole number, and nginx no negative one. nginx refuses the whole configuration, so no later change of any Ingress takes effect.',
    do: 'Correct {key}, and look at the log of the controller for changes that never took effect.',
    source: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
  },
  'controller/zero-timeout': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{key} of the controller ConfigMap is 0, with which nginx gives up at once (504); the timeout of nginx unasked, {seconds} seconds, is assumed instead.',
    why: 'In nginx 0 is a timeout of no time. In the Gateway API it means no limit, which would be the opposite.',
    do: 'Say how long a backend may take, and convert again.',
    source: 'https://gateway-api.sigs.k8s.io/geps/gep-1742/',
  },
  'controller/several': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The input holds {count} controllers with different flags ({names}); those of {chosen} are used.',
    why: 'Each controller has a class, flags and settings of its own, and one conversion is about one of them.',
    do: 'Convert once for each with --controller-class or --ingress-class, or give the flags with --controller-args.',
    source: flags,
  },
  'controller/flag-lost': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Flag {flag} of the controller is not taken into account: it {effect}.',
    why: 'The controller is taken to run without it.',
    do: '{todo}',
    source: flags,
  },
});
