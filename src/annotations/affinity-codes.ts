import { defineCodes } from '../diagnostics/finding.ts';

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/sessionaffinity/main.go';
const sticky = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer/sticky.lua';

export const codes = defineCodes({
  'affinity/not-enabled': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} changes nothing: the Ingress has no session affinity.',
    why: 'affinity-mode and the session-cookie annotations wait for affinity: cookie on the same Ingress; cookie is the only type there is.',
    do: 'Delete them, or set affinity: cookie on ingress-nginx first, try it, and convert again.',
    source,
  },
  'affinity/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not use ({value}); {instead} is in force today, and in the output.',
    why: 'The controller or its cookie library skips such a value and goes on with the default.',
    do: 'Correct or delete {annotation}.',
    source,
  },
  'affinity/default-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} says {value}, which changes nothing.',
    why: '{reason}',
    do: 'Delete {annotation}.',
    source: sticky,
  },
  'affinity/regex-cookie-path': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Sessions of path {path} are not sticky today, and not in the output: its cookie is never sent back.',
    why: 'Without session-cookie-path nginx writes the text of the Ingress path into the cookie, and browsers compare a regular expression there letter by letter.',
    do: 'Set session-cookie-path on ingress-nginx, see that sessions stick, and convert again.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#cookie-affinity',
  },
  'affinity/canary-behavior-on-main': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} changes nothing here: it works on canary Ingresses only.',
    why: 'The controller asks the canary whether it shares the affinity of the main Ingress, and never the main Ingress itself.',
    do: 'Move it to the canary Ingress, or delete it.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
  'affinity/conditional-samesite': {
    fidelity: 'lost',
    risk: 'none',
    what: '{annotation} is not carried over: the cookie says SameSite=None to every browser.',
    why: 'nginx leaves the attribute out for browsers before 2019 that misread it; a route cannot look at the browser.',
    do: 'Do nothing, unless such browsers still call; their sessions are then not sticky across sites.',
    source: sticky,
  },
});
