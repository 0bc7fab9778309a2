import type { ImplicitDefault } from '../../nginx/defaults.ts';
import type { IntentKind } from '../../plan/intents.ts';
import type { Capability } from '../define.ts';

const exact = (how: string): Capability => ({ fidelity: 'exact', how });
const approximate = (how: string): Capability => ({ fidelity: 'approximate', how });
const lost = (how: string): Capability => ({ fidelity: 'lost', how });

/** Best case of every intent in fields of the Gateway API alone. */
export const standardCapabilities: Readonly<Record<IntentKind, Capability>> = {
  rewrite: exact('URLRewrite ReplaceFullPath or ReplacePrefixMatch; nothing for capture groups'),
  redirect: exact('RequestRedirect; the query of the request is kept'),
  'rewrite-redirect': exact('RequestRedirect; nothing for capture groups'),
  'https-redirect': exact('RequestRedirect scheme https on the HTTP listener'),
  'app-root': approximate('Exact match on / with RequestRedirect; the query of the request is kept'),
  'www-redirect': approximate('rule for the other name with RequestRedirect hostname'),
  'upstream-host': exact('URLRewrite hostname'),
  'request-headers': exact('RequestHeaderModifier set and remove'),
  'response-headers': exact('ResponseHeaderModifier set, add and remove'),
  'fixed-response': lost('no field: the rule is closed'),
  'path-answer': exact('Exact match with RequestRedirect; another answer is a closed rule'),
  'method-guard': approximate('matches on the method; other requests meet a closed rule'),
  cors: approximate('filter CORS, standard from Gateway API 1.5 on'),
  timeouts: approximate('timeouts.request 0s for long idle timeouts; no field for idle time'),
  retries: exact('rules[].retry, standard from Gateway API 1.7 on; nothing for one try'),
  'body-size': lost('no field'),
  'body-buffer': lost('no field'),
  affinity: approximate('rules[].sessionPersistence, experimental channel only'),
  'address-list': lost('no field: the rule is closed'),
  'basic-auth': lost('no field: the rule is closed'),
  'external-auth': lost('no standard field: the rule is closed'),
  'client-certificate': lost('only for a whole port (Gateway spec.tls.frontend): the host is closed'),
  'rate-limit': lost('no field: the rule is closed'),
  'connection-limit': lost('no field: the rule is closed'),
  'bandwidth-limit': lost('no field'),
  'backend-protocol': exact('GRPCRoute, or appProtocol on the Service; nothing for TLS without verification: the rule is closed'),
  'service-upstream': lost('no field: left to the implementation'),
  'connection-header': lost('no field'),
  mirror: approximate('RequestMirror to a Service of the cluster'),
  'fallback-backend': lost('no field'),
  'tls-passthrough': exact('TLSRoute on a TLS listener, standard from Gateway API 1.5 on'),
  canary: approximate('header matches and weights of backendRefs'),
  snippet: lost('no field: the rule is closed when the snippet can refuse requests'),
  refused: lost('the rule is closed, as nginx refuses its requests'),
  'satisfy-any': lost('no field: every check has to pass'),
  waf: lost('no field: the rule is closed'),
  'backend-tls': approximate('BackendTLSPolicy where proxy-ssl-verify is on; no client certificate, ciphers or versions'),
  'backend-http-version': lost('no field'),
  'fastcgi-parameters': lost('no field: the rule is closed for its protocol'),
  'load-balance': lost('no field'),
  'upstream-hash': lost('no field'),
  'request-buffering': approximate('nothing to write: most gateways stream'),
  'response-buffering': lost('no field'),
  'response-header-size': lost('no field'),
  'cookie-rewrite': lost('no field: filters set whole headers'),
  'location-header': lost('no field: filters set whole headers'),
  'redirect-port': approximate('a Location without a port means 80 or 443'),
  'error-pages': lost('no field'),
  'tls-ciphers': lost('no field but tls.options, whose keys every implementation names itself'),
  tracing: lost('no field'),
  'access-log': lost('no field'),
  metadata: exact('annotations of the route or the Gateway'),
};

/** What nginx does unasked, against a gateway of which nothing but the API is known. */
export const standardDefaults: Readonly<Record<ImplicitDefault, Capability>> = {
  hsts: lost('The Gateway API has no field for it but ResponseHeaderModifier, which also acts on plain HTTP.'),
  'body-size-1m': lost('The Gateway API has no field for the size of a body.'),
  'idle-timeouts-60s': approximate('The Gateway API has only limits on whole requests.'),
  'connect-timeout-5s': approximate('The Gateway API has no field for the time a connection may take.'),
  'three-tries': lost('Gateways retry only where the field retry of a rule or a policy says so.'),
  'underscore-headers-dropped': approximate('Some gateways refuse them with 400, others pass them on.'),
  'forwarded-headers-replaced': approximate('The Gateway API says nothing about these headers; some gateways append, some keep what the client sent.'),
  'server-header-removed': lost('Gateways pass it on, or write their own.'),
  'default-certificate-on-every-host': approximate('An HTTPS listener needs a certificate that is named.'),
  'path-normalisation': approximate('Gateways differ in what they decode; some redirect or refuse %2F.'),
  'trailing-slash-cut-on-https-redirect': approximate('RequestRedirect keeps the path.'),
  'request-buffering': approximate('Most gateways stream.'),
};
