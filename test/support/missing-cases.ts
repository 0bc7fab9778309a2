export type Case = 'exact' | 'approximated' | 'lost' | 'inert' | 'wrong value' | 'regex host' | 'on a canary' | 'beside a canary' | 'first Ingress' | 'second Ingress';

const noField = 'no target has a field for it, and a value that asks for nothing is inert';
const onlyLost = 'neither target has anything near it: it is lost whole';
const never = 'the controller does nothing with it whatever its value, so it is always inert';
const handed = 'either a target keeps it or nobody would notice';

/** Why a family has no fixture of a kind: the case cannot exist. The reason continues "there is none, because". */
export const missingCases: Readonly<Record<string, Readonly<Partial<Record<Case, string>>>>> = {
  'access-log': { exact: noField, approximated: onlyLost },
  affinity: { exact: 'every gateway makes a cookie of its own, so clients choose a pod anew once' },
  'backend-http-version': { exact: noField, approximated: onlyLost },
  'client-certificate': { exact: 'a handshake without a certificate fails where nginx answers 400' },
  'connection-header': { exact: noField, approximated: onlyLost },
  'cookie-rewrite': { approximated: onlyLost },
  cors: { exact: 'gateways answer preflights alone, and nginx every OPTIONS request' },
  'default-backend': { exact: noField, approximated: onlyLost },
  'error-pages': { exact: 'the text of a fixed answer is never that of the controller' },
  fastcgi: { exact: noField, approximated: onlyLost },
  'http2-push': { exact: never, approximated: never, lost: never },
  'https-redirect': { approximated: 'what differs in its Location is a default of nginx, told once a run', lost: 'every Gateway API version has the redirect to https' },
  'location-header': { exact: noField, approximated: onlyLost },
  mirror: { exact: 'the copies of a gateway carry the Host of the request' },
  'redirect-port': { exact: 'a gateway leaves the ports 80 and 443 out of a Location', lost: 'a Location without a port means the same port' },
  removed: { exact: never, approximated: never, lost: never, 'wrong value': never },
  'response-buffering': { exact: 'a gateway has a limit of its own for the headers of an answer' },
  satisfy: { exact: 'all, the default, is inert', approximated: onlyLost },
  'service-upstream': { approximated: handed },
  snippets: { 'wrong value': 'the controller takes any text: a wrong one breaks nginx' },
  tracing: { approximated: onlyLost },
  'upstream-vhost': { approximated: 'URLRewrite sets the Host as nginx does, or cannot say it' },
  waf: { approximated: 'a firewall is kept or lost, and nothing between opens a rule' },
  'www-redirect': { exact: 'nginx writes a port into the Location, which a gateway leaves out', lost: 'every Gateway API version has the redirect to another host name' },
};
