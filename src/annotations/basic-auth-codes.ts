import { defineCodes } from '../diagnostics/finding.ts';

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/auth/main.go';

export const codes = defineCodes({
  'basic-auth/secret-without-type': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Nobody is asked for a password today: {annotation} is set, {type} is not.',
    why: 'ingress-nginx switches password protection on with auth-type alone; a Secret without it does nothing. The route is as open as the Ingress.',
    do: 'If the path should be protected, set {type}: basic, or a policy on the route. If not, remove {annotation}.',
    source,
  },
  'basic-auth/companion-without-type': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: {type} is not set.',
    why: 'It only details password protection, which auth-type switches on.',
    do: 'Remove {annotation}, or set {type}: basic if the path should be protected.',
    source,
  },
  'basic-auth/empty-type': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Nobody is asked for a password today: {annotation} is empty.',
    why: 'ingress-nginx treats an empty auth-type as absent, and then reads none of the other basic authentication annotations.',
    do: 'Set {annotation} to basic if the path should be protected; otherwise remove it.',
    source,
  },
  'basic-auth/realm-off': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Nobody is asked for a password today: {annotation} is off.',
    why: 'nginx takes the realm off as the command to switch basic authentication off. The route is as open as the Ingress.',
    do: 'Give {annotation} another text if the path should be protected; otherwise remove the basic authentication annotations.',
    source: 'https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html#auth_basic',
  },
  'basic-auth/exempt-path': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Path {path} of {host} is served without the password that {annotation} asks for elsewhere.',
    why: 'ingress-nginx asks for none on paths that start with an entry of no-auth-locations, by default /.well-known/acme-challenge.',
    do: 'Nothing, if the path answers certificate challenges; otherwise move it to an address that is protected.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#no-auth-locations',
  },
});
