import { CATCH_ALL } from '../../nginx/configuration.ts';
import { hostText } from '../../nginx/naming.ts';
import type { ProbeRequest } from '../outcome.ts';

/** Where the subject of a finding must stand for it to explain a divergence. */
export type Scope =
  /** The Ingress whose location nginx chose, or its canary. */
  | 'location'
  /** Any Ingress of the servers that could take the host. */
  | 'host'
  /** Findings about the whole run. */
  | 'run';

/** Aspects a code explains; a trailing `*` stands for any name. */
export interface Explanation {
  readonly aspects: readonly string[];
  readonly scope: Scope;
  /** Only for hosts that nginx serves with the default certificate. */
  readonly defaultCertificate?: boolean;
  /** Only for hosts that no Ingress names. */
  readonly unknownHost?: boolean;
  /** Requests it is about; absent: all. */
  readonly when?: (request: ProbeRequest, args: Readonly<Record<string, string>>) => boolean;
}

/** Paths that gateways read in other ways than nginx: escapes, empty and dot segments, and what no URL may hold. */
const unusualPath = ({ target }: ProbeRequest): boolean => /%|\/\/|\/\.|[^\u0021-\u007e]|[\\#"<>^`{|}]/u.test(target);
/** What a path match can only hold escaped: such requests miss it. */
const escapedPath = (request: ProbeRequest): boolean => unusualPath(request) || /[[\]!$&'()*+,;=:@]/u.test(request.target);
const endsWithSlash = ({ target, scheme }: ProbeRequest): boolean => scheme === 'http' && target.endsWith('/');
/** Names below a wildcard that nginx does not count to it. */
const deepName: Explanation['when'] = ({ host }, { host: wildcard = '' }) => host.endsWith(wildcard.slice(1)) && host.slice(0, 1 - wildcard.length).includes('.');
const isAlias: Explanation['when'] = ({ host }, { alias = '' }) => {
  const [name, asked] = [alias.toLowerCase(), host.toLowerCase()];
  return name.startsWith('~') || name === asked || (name.startsWith('*.') && asked.endsWith(name.slice(1)));
};
/** %2F separates segments for nginx. */
const escapedSlash = ({ target }: Pick<ProbeRequest, 'target'>): boolean => /%2f/iu.test(target);
/** `/a//../b` is /b to nginx and /a/b to Envoy, which forwards it so: the request gets the rule of the path that the application sees. */
const dotsAfterEmpty = ({ target }: ProbeRequest): boolean => /\/\/+\.\.(?:[/?]|$)/u.test(target) && !escapedSlash({ target });
const isRoot = ({ target }: ProbeRequest): boolean => /^\/[./]*(?:\?|$)/u.test(target);
/** `/foo`, where the finding is about `/foo/`. */
const isBare: Explanation['when'] = ({ target }, { path = '' }) => path.length > 1 && `${target.split('?', 1)[0] ?? ''}/` === path;
const ofUnknownHosts: Explanation['when'] = (_, { host }) => host === hostText(CATCH_ALL);
const overTls = ({ scheme }: ProbeRequest): boolean => scheme === 'https';
const plain = ({ scheme }: ProbeRequest): boolean => scheme === 'http';
const ofServerBlock: Explanation['when'] = (_, { key = '' }) => key.endsWith('/server-snippet');
const hasQuery = ({ target }: ProbeRequest): boolean => target.includes('?');
const crossOrigin = ({ method, headers }: ProbeRequest): boolean => method === 'OPTIONS' || headers.has('origin');

/** TLS to a backend that is gone, or that looks at no certificate any more. */
const bared = ['upstream-tls-lost', 'upstream-unverified'];
const upstream = ['upstream-protocol', 'upstream-tls-added', 'upstream-verified', 'upstream-name', 'upstream-ca', ...bared];
const routing = ['backend', 'weights', 'path', 'host', 'refused', 'let-in', 'status', 'redirect-lost', 'redirect-added', 'location', 'preflight', 'request-header *', 'response-header *', 'header-rewrite *', 'error-pages', 'guard-lost *', 'guard-added *', 'guard *', 'limit *', ...upstream];
/** A request gets another rule, and that rule is no less protected. */
const neighbour = routing.filter((aspect) => !aspect.startsWith('guard-lost') && !bared.includes(aspect));
const closed = ['refused', 'status'];
const timeouts = ['limit connect-timeout', 'limit read-timeout', 'limit send-timeout'];

const at = (aspects: readonly string[], when?: Explanation['when']): Explanation => ({ aspects, scope: 'location', ...(when === undefined ? {} : { when }) });
const onHost = (aspects: readonly string[], when?: Explanation['when']): Explanation => ({ ...at(aspects, when), scope: 'host' });
const onRun = (aspects: readonly string[], when?: Explanation['when']): Explanation => ({ ...at(aspects, when), scope: 'run' });

/** A protection that is lost closes its rule, or is gone when the loss was accepted. */
const lost = (kind: string): Explanation => at([...closed, `guard-lost ${kind}`]);

/**
 * What each finding may answer for. Codes that are missing explain nothing: they are about something no request shows, or about input
 * that both sides see alike. See docs/adr/0010-explained-divergences.md.
 */
export const explanations: Readonly<Record<string, Explanation | readonly Explanation[]>> = {
  // What nginx does unasked.
  'default/path-normalisation': [onRun(neighbour, unusualPath), onRun(routing, dotsAfterEmpty)],
  'default/trailing-slash-cut-on-https-redirect': onRun(['location'], endsWithSlash),
  'default/hsts': onRun(['response-header strict-transport-security'], overTls),
  'default/default-certificate-on-every-host': { ...onRun(['no-listener', 'certificate', ...routing], overTls), defaultCertificate: true },
  // Protections.
  // Lists of a server-snippet are those of every location of the host.
  'address-list/lost': [lost('address-list'), onHost([...closed, 'guard-lost address-list'], ofServerBlock)],
  'basic-auth/lost': lost('basic-auth'),
  'external-auth/lost': at([...closed, 'guard-lost external-auth', 'guard-lost identity']),
  'connection-limit/lost': lost('connection-limit'),
  'rate-limit/lost': lost('rate-limit'),
  'satisfy-any/lost': at(['guard-added address-list', 'guard-added basic-auth', 'guard-added external-auth']),
  'client-certificate/lost': onHost([...closed, 'guard-lost client-certificate']),
  'client-certificate/unconfirmed': onHost([...closed, 'request-header ssl-client-*']),
  'client-certificate/headers-full': onHost([...closed, 'guard-lost client-certificate']),
  // A text that is read in part only: its redirects are written, and the evaluator, which knows another part, judges none of it.
  'snippet/protection-lost': onHost([...closed, 'redirect-added', 'guard-lost unknown']),
  'waf/lost': lost('waf'),
  'refused/lost': at([...closed, 'guard-lost *']),
  'backend-tls/no-name': at([...closed, ...bared]),
  'backend-tls/unsayable': at([...closed, ...bared]),
  'backend-protocol/grpc-over-tls': at([...closed, 'upstream-tls-lost', 'upstream-protocol']),
  'backend-protocol/lower-case': at(['host']),
  'redirect-port/left-out': at(['location']),
  'fixed-response/status': onHost(closed),
  'fixed-response/lost': onHost(closed),
  'path-answer/longer-names': onHost(routing),
  'path-answer/longer-names-forwarded': onHost(neighbour),
  'path-answer/bare-name': onHost(neighbour),
  'path-answer/order': onHost(routing),
  'path-answer/order-unsure': onHost(neighbour),
  // A guard on methods stands behind the redirect to HTTPS, and a preflight before every answer.
  'fixed-response/empty-page': onHost(['redirect-added', 'preflight']),
  'fixed-response/no-answer': onHost(['status', 'redirect-added', 'preflight']),
  'plain-http/closed': onHost([...closed, 'preflight'], plain),
  'method-guard/status': onHost([...closed, 'redirect-added', 'preflight']),
  // nginx answers 403 before everything else.
  'block-list/answers-500': onRun(['status', 'redirect-added', 'let-in', 'preflight'], ({ headers }) => headers.has('user-agent') || headers.has('referer')),
  // Where no rule stands, none before it refuses: 404 instead of 403.
  'block-list/refused': onRun(['status', 'redirect-added', 'let-in', 'preflight'], ({ headers }) => headers.has('user-agent') || headers.has('referer')),
  'block-list/lost': onRun(closed),
  'backend-protocol/unverified-tls': at([...closed, 'upstream-tls-lost']),
  'backend-protocol/fastcgi': at([...closed, 'upstream-protocol']),
  // How backends are spoken to: HTTP/2 waits for what the Service says, and a CA stands beside the Service.
  'backend-protocol/grpc-app-protocol': at(['upstream-protocol']),
  'backend-tls/policy': at(['upstream-ca']),
  'envoy-gateway/backend-tls-policy': at(['upstream-ca']),
  'ssl-passthrough/flag-assumed': onHost([...neighbour, 'no-listener'], overTls),
  'tls-passthrough/lost': onHost(['no-listener'], overTls),
  'tls-passthrough/assumed-over-protection': onHost([...closed, 'no-listener']),
  'envoy-gateway/basic-auth-secret': at(['guard basic-auth']),
  'envoy-gateway/basic-auth-hashes': at(['guard basic-auth']),
  'envoy-gateway/basic-auth-key': at(['guard basic-auth']),
  'envoy-gateway/external-auth-differences': at(['guard external-auth']),
  'envoy-gateway/external-auth-outside-cluster': at([...closed, 'guard-lost external-auth', 'guard-lost identity']),
  'envoy-gateway/client-header-kept': at([...closed, 'guard identity', 'guard-lost identity']),
  'gateway/too-many-identity-headers': at([...closed, 'guard identity', 'guard-lost identity']),
  'gateway/existing-identity-headers': at([...closed, 'guard identity', 'guard-lost identity']),
  'envoy-gateway/oauth2-proxy-unconfirmed': at([...closed, 'guard external-auth']),
  'envoy-gateway/digest-auth-lost': lost('basic-auth'),
  'envoy-gateway/rate-limit-differences': at(['guard rate-limit']),
  'envoy-gateway/client-certificate-differences': onHost(['guard client-certificate', 'guard-added client-certificate', 'request-header ssl-client-*']),
  'envoy-gateway/client-certificate-lost': onHost([...closed, 'guard-lost client-certificate']),
  'gateway/existing-listener-policy': onHost(closed),
  // Paths and hosts.
  'regex-host/literal': onHost(neighbour),
  'regex-host/literal-near-protection': onHost(routing),
  'regex-host/not-portable': onHost(closed),
  'regex-host/order': onHost(neighbour),
  'regex-host/order-near-protection': onHost(routing),
  'path/escaped-slash-near-protection': onHost(routing, escapedSlash),
  'host/controller-paths': onHost(['refused', 'let-in', 'status', 'redirect-added', 'preflight', 'response-header *'], ({ target }) => /^\/+(?:healthz|nginx_status)/u.test(target)),
  'host/undeclared-paths': onHost(['refused', 'status', 'preflight']),
  'path/special-near-protection': onHost(routing, escapedPath),
  'path/escaped': onHost(neighbour, escapedPath),
  'path/same-match': onHost([...neighbour, 'no-listener']),
  'path/too-long': onHost(closed),
  'location/duplicate': onHost(routing),
  'location/invalid-regex': onHost(routing),
  'host/fall-through': onHost(['let-in', 'status', 'redirect-added', 'redirect-lost', 'location', 'preflight']),
  // The rules these requests get now serve other names today: nobody reaches what could not be reached.
  'host/wildcard-depth': onHost(routing, deepName),
  'server-alias/not-a-hostname': onHost([...routing, 'no-listener'], isAlias),
  'server-alias/regex': onHost([...routing, 'no-listener'], isAlias),
  // An alias that nginx does not redirect gets its 404 for unknown paths at once.
  'server-alias/certificate-of-another-host': onHost(['redirect-lost', 'refused'], (request, args) => plain(request) && isAlias(request, args)),
  'server-alias/certificate': [onHost(['redirect-added', 'redirect-lost', 'certificate']), onHost(['status'], isAlias)],
  'listener/no-certificate': { ...onHost(['no-listener', 'certificate', ...routing], overTls), defaultCertificate: true },
  // What bounds a request.
  'body-size/lost': at(['limit body-size']),
  'timeouts/lost': at(timeouts),
  'timeouts/no-total-limit': at(timeouts),
  'timeouts/zero': at(timeouts),
  'controller/zero-timeout': onRun(timeouts),
  'envoy-gateway/one-idle-timeout': at(['limit read-timeout', 'limit send-timeout']),
  'retries/lost': at(['limit tries']),
  'retries/every-method': at(['limit tries']),
  'envoy-gateway/retries-every-method': at(['limit tries']),
  'envoy-gateway/retries-after-headers': at(['limit tries']),
  'envoy-gateway/unlimited-retries': at(['limit tries']),
  // What becomes of answers.
  'location-header/lost': at(['header-rewrite location']),
  'cookie-rewrite/lost': at(['header-rewrite set-cookie *']),
  'error-pages/unknown-hosts': { ...onRun(['refused', 'status']), unknownHost: true },
  'error-pages/lost': at(['error-pages', 'status', 'refused']),
  'fallback-backend/lost': at(['refused']),
  // Answers without a backend.
  // Of a canary whose host nobody else serves: no rule is written for unknown hosts, which a gateway refuses in its own way.
  'denied/client-certificate': onRun(['status'], ofUnknownHosts),
  'denied/certificate-name': onRun(['status'], ofUnknownHosts),
  // A closed /foo/ takes /foo as well, which nginx would give to a neighbour.
  'closed-rule/denied': onHost(['status', 'refused', 'location']),
  'closed-rule/denied-kept': onHost(['status', 'refused', 'location'], isBare),
  'closed-rule/no-backend': at(['status', 'refused', 'location', 'redirect-lost']),
  'backend/port-name-unresolved': onHost(['status', 'refused']),
  'backend/no-such-port': onHost(['status', 'refused']),
  'ingress/nothing-served': onHost([...routing, 'no-listener']),
  'canary-attachment/hides-main-path': onHost([...routing, 'no-listener']),
  'backend/no-port': onHost(['status', 'refused']),
  'backend/resource': onHost(['status', 'refused']),
  'backend/default-resource': onHost(['status', 'refused']),
  'backend/default-service-unknown': onRun(['status', 'refused']),
  // Rewrites and redirects.
  // A target that is an address is a redirect, of plain HTTP too.
  'rewrite/capture-groups': [at(closed), at(['location'], (_, { target = '' }) => /^(?:https?:|\$scheme)/u.test(target))],
  'rewrite/unsayable': at(closed),
  'rewrite/no-leading-slash': at(['path', 'let-in', 'status']),
  'rewrite/prefix-with-capture': at(['request-header x-forwarded-prefix']),
  'rewrite/variable-in-target': at([...closed, 'path']),
  'redirect/status': at(['status']),
  'redirect/query-kept': onHost(['location'], hasQuery),
  'redirect/relative': at(['location']),
  'controller/relative-redirects': onRun(['location']),
  'redirect/target-without-scheme': at(['location']),
  'redirect/unsayable': at([...closed, 'location', 'redirect-lost']),
  'cors/answered-first': at(['preflight', 'refused'], ({ method }) => method === 'OPTIONS'),
  'redirect/code-without-location': at(['status', 'location', 'redirect-added']),
  'redirect/location-differs': onHost(['location']),
  'https-redirect/status': at(['status'], plain),
  'https-redirect/forwarded-proto': at(['redirect-added'], plain),
  // The rule of / answers instead: from its Service, with its redirect to HTTPS, or not at all.
  'app-root/variable': onHost(['redirect-lost', 'status', 'location', 'refused', 'preflight'], isRoot),
  'upstream-host/unsayable': at(['host']),
  // Headers.
  'headers/percent-sign': at(['request-header *', 'response-header *']),
  'headers/removal-lost': at([...closed, 'request-header *', 'guard-lost identity']),
  'headers/unsayable': at(['request-header *', 'response-header *']),
  'custom-headers/allowed-list-unknown': at(['response-header *']),
  'controller/headers-not-given': onRun(['request-header *', 'response-header *']),
  'controller/header-variable': onRun(['request-header *', 'response-header *']),
  'custom-headers/map-not-given': at(['response-header *']),
  'cors/answers-differ': at(['preflight', 'response-header access-control-*'], undefined),
  'cors/unsupported': at(['preflight', 'response-header access-control-*']),
  'cors/null-origin': at(['preflight', 'response-header access-control-*'], crossOrigin),
  'cors/origin-unsayable': at(['preflight', 'response-header access-control-*'], crossOrigin),
  'cors/wildcard-origin-depth': at(['preflight', 'response-header access-control-*'], crossOrigin),
  // Canaries.
  'canary/condition-lost': at(['backend', 'weights']),
  'canary/header-expression': at(['backend', 'weights']),
  'canary/invalid-pattern': at(['backend', 'weights']),
  'snippet/lost': onHost(['path', 'refused', 'redirect-added', 'response-header *', 'request-header *', 'guard-lost unknown', 'redirect-lost', 'preflight', 'let-in', 'location', 'status']),
  'snippets/sent-twice': onHost(['request-header *']),
  'snippets/auth-header-renamed': onHost(['request-header *']),
};
