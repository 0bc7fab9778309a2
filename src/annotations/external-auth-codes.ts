import { defineCodes } from '../diagnostics/finding.ts';

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/authreq/main.go';
const documentation = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#external-authentication';

export const codes = defineCodes({
  'external-auth/companion-without-url': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: {url} is not set, so no request of the Ingress is checked because of it.',
    why: 'ingress-nginx reads the external authentication annotations only beside auth-url; auth-signin alone protects nothing.',
    do: 'If the path should be protected, set {url}, or a policy on the route. If not, remove {annotation}.',
    source,
  },
  'external-auth/empty-url': {
    fidelity: 'exact',
    risk: 'none',
    what: 'No request is checked because of {annotation}: it is empty.',
    why: 'ingress-nginx treats an empty auth-url as absent and then reads none of the annotations beside it.',
    do: 'Set {annotation} if the path should be protected; otherwise remove it.',
    source,
  },
  'external-auth/open-today': {
    fidelity: 'exact',
    risk: 'none',
    what: 'THE PATHS OF THIS INGRESS ARE OPEN TODAY: {url} is set, but the value of {annotation} makes ingress-nginx skip the check altogether.',
    why: 'A value of {annotation} that the controller does not accept cancels external authentication instead of refusing requests; the authentication service is never called. The route is as open as the Ingress.',
    do: 'Correct or remove {annotation} now, on the Ingress, see that the paths are protected, and convert again.',
    source,
  },
  'external-auth/global-instead': {
    fidelity: 'exact',
    risk: 'none',
    what: "{url} is not used: the value of {annotation} makes ingress-nginx skip the Ingress's own check and use the controller's global one.",
    why: 'A value of {annotation} that the controller does not accept cancels external authentication of the Ingress; global-auth-url of the ConfigMap then applies.',
    do: 'Correct or remove {annotation} if the Ingress should have its own check.',
    source,
  },
  'external-auth/value-ignored': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: {reason}.',
    why: 'ingress-nginx drops this part of the external authentication and keeps the rest.',
    do: 'Remove {annotation}, or correct it if you miss what it should do.',
    source: documentation,
  },
  'external-auth/global-disabled': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} takes the Ingress out of the global authentication of the controller; its routes get none.',
    why: 'global-auth-url of the ConfigMap protects every Ingress that has no auth-url and does not opt out.',
    do: 'Check that the paths are meant to be open.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#global-external-authentication',
  },
  'external-auth/exempt-path': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Path {path} of {host} is served without the check that {origin} asks for elsewhere.',
    why: 'ingress-nginx asks for none on paths that start with an entry of no-auth-locations, by default /.well-known/acme-challenge.',
    do: 'Nothing, if the path answers certificate challenges; otherwise move it to an address that is protected.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#no-auth-locations',
  },
});
