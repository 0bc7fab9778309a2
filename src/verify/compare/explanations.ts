import type { Reach } from './elsewhere.ts';
import {
  addsSlash, admitsMore, all, answersStatus, below, belowExpression, controllerPath, crossOrigin, decodable, deepName, dotsAfterEmpty, either, endsWithSlash, escapedSlash, fails, hasEscape, hasQuery, hasRule, isAlias, isBare, isDecoded, isOptions, isRoot, namesClient, nearPath, ofOtherOrigins, ofPath, ofServerBlock, ofUnknownHosts,
  oneIdleTimeout, onlySlashes, overTls, plain, redirects, servesNothing, shut, undeclared, unserved, unusualPath, wasBlocked, type Condition,
} from './conditions.ts';

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
  /** Only once the loss was accepted: its rules are open then. */
  readonly accepted?: boolean;
  /** The request ends elsewhere, so far away at most. It must get what nginx answers there. Absent: it ends where it did. */
  readonly reach?: readonly Reach[] | undefined;
  /** Only for hosts that nginx serves with the default certificate. */
  readonly defaultCertificate?: boolean;
  /** Only for hosts that no Ingress names. */
  readonly unknownHost?: boolean;
  /** Requests and outcomes it is about; absent: all. */
  readonly when?: Condition | undefined;
}

/** TLS to a backend that is gone, or that looks at no certificate any more. */
const bared = ['upstream-tls-lost', 'upstream-unverified'];
const upstream = ['upstream-protocol', 'upstream-tls-added', 'upstream-verified', 'upstream-name', 'upstream-ca', ...bared];
const routing = ['backend', 'weights', 'path', 'host', 'refused', 'let-in', 'status', 'redirect-lost', 'redirect-added', 'location *', 'preflight', 'request-header *', 'response-header *', 'header-rewrite *', 'error-pages', 'guard-lost *', 'guard-added *', 'guard *', 'limit *', ...upstream];
/** A request gets another rule, and that rule is no less protected; the backend behind it may be one that nobody speaks TLS to. */
const neighbour = routing.filter((aspect) => !aspect.startsWith('guard-lost'));
const closed = ['refused', 'status'];
const timeouts = ['limit connect-timeout', 'limit read-timeout', 'limit send-timeout'];

const at = (aspects: readonly string[], when?: Condition): Explanation => ({ aspects, scope: 'location', when });
const onHost = (aspects: readonly string[], when?: Condition): Explanation => ({ aspects, scope: 'host', when });
const onRun = (aspects: readonly string[], when?: Condition): Explanation => ({ aspects, scope: 'run', when });

/** Of a snippet: that of the server block is about every path of the host. */
const ofBlock = (aspects: readonly string[], when: Condition = () => true): readonly Explanation[] => [at(aspects, when), onHost(aspects, all(ofServerBlock, when))];

const opened = (explanation: Explanation): Explanation => ({ ...explanation, accepted: true });

/** The rules of the location are closed, unless the loss was accepted. */
const closedAt = (...lost: readonly string[]): readonly Explanation[] => [at(closed, all(shut, hasRule)), opened(at(lost))];
/** So are all rules of the host; redirects to a final slash and from / lead to one of them, and where no rule stands, gateways say 404. */
const closedOnHost = (...lost: readonly string[]): readonly Explanation[] => [onHost(closed, either(shut, addsSlash)), onHost(['status'], either(undeclared, all(wasBlocked, redirects, isRoot))), opened(onHost(lost))];

/** A protection that is lost closes its rule, or is gone when the loss was accepted. */
const lost = (kind: string): readonly Explanation[] => closedAt(`guard-lost ${kind}`);

/** The request gets another rule. */
const rerouted = (aspects: readonly string[], reach: readonly Reach[], when?: Condition): Explanation => ({ ...onHost(aspects, when), reach });

/**
 * What each finding may answer for. Codes that are missing explain nothing: they are about something no request shows, or about input
 * that both sides see alike. See docs/adr/0010-explained-divergences.md.
 */
export const explanations: Readonly<Record<string, Explanation | readonly Explanation[]>> = {
  // What nginx does unasked.
  'default/path-normalisation': [
    { ...rerouted(neighbour, ['paths'], unusualPath), scope: 'run' },
    { ...rerouted(routing, ['paths'], dotsAfterEmpty), scope: 'run' },
    onRun(['location path', 'location query'], all(hasEscape, isDecoded)),
  ],
  'default/trailing-slash-cut-on-https-redirect': onRun(['location slash'], all(plain, endsWithSlash)),
  'default/hsts': onRun(['response-header strict-transport-security'], overTls),
  'default/default-certificate-on-every-host': { ...rerouted(['no-listener', 'certificate', ...routing], ['hosts', 'nowhere'], overTls), scope: 'run', defaultCertificate: true },
  // Protections.
  // Lists of a server-snippet are those of every location of the host.
  'address-list/lost': [...ofBlock(closed, all(shut, hasRule)), ...ofBlock(['guard-lost address-list']).map(opened)],
  'basic-auth/lost': lost('basic-auth'),
  'external-auth/lost': closedAt('guard-lost external-auth', 'guard-lost identity'),
  'connection-limit/lost': lost('connection-limit'),
  'rate-limit/lost': lost('rate-limit'),
  'satisfy-any/lost': at(['guard-added address-list', 'guard-added basic-auth', 'guard-added external-auth']),
  'client-certificate/lost': closedOnHost('guard-lost client-certificate'),
  'client-certificate/unconfirmed': closedOnHost('request-header ssl-client-*'),
  'client-certificate/headers-full': [onHost(closed, all(shut, ofPath)), opened(onHost(['guard-lost client-certificate'], ofPath))],
  // A text that is read in part only: its redirects are written, and the evaluator, which knows another part, judges none of it.
  // A text that answers as well is closed over plain HTTP too, where the evaluator, which judges none of it, sees the redirect to HTTPS.
  'snippet/protection-lost': [...ofBlock([...closed, 'preflight', 'location *'], either(all(shut, hasRule), fails)), ...ofBlock([...closed, 'location *'], addsSlash), ...ofBlock(['guard-lost unknown']).map(opened), ...ofBlock(['redirect-added'])],
  'waf/lost': lost('waf'),
  'refused/lost': lost('*'),
  'backend-tls/no-name': closedAt(...bared),
  'backend-tls/unsayable': closedAt(...bared),
  'backend-protocol/grpc-over-tls': closedAt('upstream-tls-lost', 'upstream-protocol'),
  'backend-protocol/lower-case': at(['host']),
  'redirect-port/left-out': at(['location port']),
  'fixed-response/status': ofBlock(closed, all(shut, either(answersStatus, isOptions))),
  'fixed-response/lost': ofBlock(closed, all(shut, either(answersStatus, isOptions))),
  'path-answer/longer-names': rerouted(routing, ['paths']),
  'path-answer/longer-names-forwarded': rerouted(neighbour, ['paths']),
  'path-answer/bare-name': rerouted(neighbour, ['paths']),
  'path-answer/order': rerouted(routing, ['paths']),
  'path-answer/order-unsure': rerouted(neighbour, ['paths']),
  // A guard on methods stands behind the redirect to HTTPS, and a preflight before every answer.
  'fixed-response/empty-page': ofBlock(['redirect-added', 'preflight']),
  'fixed-response/no-answer': ofBlock(['status', 'redirect-added', 'preflight']),
  'plain-http/closed': ofBlock([...closed, 'preflight'], all(plain, shut)),
  'method-guard/status': [...ofBlock(closed, shut), ...ofBlock(['redirect-added', 'preflight'])],
  // nginx answers 403 before everything else. Where no rule stands, none before it refuses: 404 instead of 403.
  'block-list/answers-500': onRun(['status', 'redirect-added', 'preflight'], all(namesClient, wasBlocked)),
  'block-list/refused': onRun(['status', 'redirect-added', 'preflight'], all(namesClient, wasBlocked)),
  'block-list/lost': [onRun(closed, shut), onRun(['status'], all(namesClient, wasBlocked))],
  'backend-protocol/unverified-tls': closedAt('upstream-tls-lost'),
  'backend-protocol/fastcgi': closedAt('upstream-protocol'),
  // How backends are spoken to: HTTP/2 waits for what the Service says, and a CA stands beside the Service.
  'backend-protocol/grpc-app-protocol': at(['upstream-protocol']),
  'backend-tls/policy': at(['upstream-ca']),
  'envoy-gateway/backend-tls-policy': at(['upstream-ca']),
  'ssl-passthrough/flag-assumed': [rerouted(neighbour, ['paths'], overTls), onHost(['no-listener'], overTls)],
  // Without a listener of its own the name is left to one that covers it.
  'tls-passthrough/alias': [rerouted(neighbour, ['hosts', 'nowhere'], all(overTls, isAlias)), onHost(['no-listener'], all(overTls, isAlias))],
  'tls-passthrough/lost': [rerouted(neighbour, ['hosts', 'nowhere'], overTls), onHost(['no-listener'], overTls)],
  'tls-passthrough/assumed-over-protection': [onHost(closed, shut), rerouted(neighbour, ['hosts', 'nowhere'], overTls), onHost(['no-listener'], overTls)],
  'envoy-gateway/basic-auth-secret': at(['guard basic-auth']),
  'envoy-gateway/basic-auth-hashes': at(['guard basic-auth']),
  'envoy-gateway/basic-auth-key': at(['guard basic-auth']),
  'envoy-gateway/external-auth-differences': at(['guard external-auth']),
  'envoy-gateway/external-auth-outside-cluster': closedAt('guard-lost external-auth', 'guard-lost identity'),
  'envoy-gateway/client-header-kept': closedAt('guard identity', 'guard-lost identity'),
  'gateway/too-many-identity-headers': closedAt('guard identity', 'guard-lost identity'),
  'gateway/existing-identity-headers': closedAt('guard identity', 'guard-lost identity'),
  'envoy-gateway/oauth2-proxy-unconfirmed': closedAt('guard external-auth'),
  'envoy-gateway/digest-auth-lost': lost('basic-auth'),
  'envoy-gateway/rate-limit-differences': at(['guard rate-limit']),
  'envoy-gateway/client-certificate-differences': onHost(['guard client-certificate', 'guard-added client-certificate', 'request-header ssl-client-*']),
  'envoy-gateway/client-certificate-lost': closedOnHost('guard-lost client-certificate'),
  'gateway/existing-listener-policy': onHost(closed, shut),
  // Paths and hosts.
  'regex-host/literal': rerouted(neighbour, ['paths']),
  'regex-host/literal-near-protection': rerouted(routing, ['paths']),
  'regex-host/not-portable': onHost(closed, all(shut, belowExpression)),
  'regex-host/order': rerouted(neighbour, ['order']),
  'regex-host/order-near-protection': rerouted(routing, ['order']),
  'path/escaped-slash-near-protection': rerouted(routing, ['paths'], either(escapedSlash, onlySlashes)),
  'host/controller-paths': onHost(['refused', 'let-in', 'status', 'redirect-added', 'preflight', 'response-header *'], controllerPath),
  'host/undeclared-paths': [onHost(['refused', 'status', 'preflight'], undeclared), onHost(['no-listener'], all(undeclared, servesNothing))],
  'path/special-near-protection': rerouted(routing, ['paths'], unusualPath),
  'path/escaped': rerouted(neighbour, ['paths'], unusualPath),
  'path/same-match': rerouted([...neighbour, 'no-listener'], ['paths', 'hosts', 'nowhere'], ofPath),
  'path/too-long': onHost(closed, all(shut, either(below, belowExpression))),
  'location/duplicate': rerouted(routing, ['paths'], nearPath),
  'host/fall-through': rerouted(['let-in', 'status', 'redirect-added', 'redirect-lost', 'location *', 'preflight'], ['hosts'], undeclared),
  // The rules these requests get now serve other names today: nobody reaches what could not be reached.
  'host/wildcard-depth': rerouted(routing, ['hosts'], deepName),
  'server-alias/not-a-hostname': rerouted([...routing, 'no-listener'], ['hosts', 'nowhere'], isAlias),
  'server-alias/regex': rerouted([...routing, 'no-listener'], ['hosts', 'nowhere'], isAlias),
  // An alias that nginx does not redirect gets its 404 for unknown paths at once.
  'server-alias/certificate-of-another-host': onHost(['redirect-lost', 'refused'], all(plain, isAlias)),
  'server-alias/certificate': onHost(['redirect-added', 'redirect-lost', 'certificate', 'status'], isAlias),
  'listener/no-certificate': { ...rerouted(['no-listener', 'certificate', ...routing], ['hosts', 'nowhere'], overTls), defaultCertificate: true },
  // What bounds a request.
  'body-size/lost': at(['limit body-size']),
  'timeouts/lost': at(timeouts),
  'timeouts/no-total-limit': at(timeouts),
  'timeouts/zero': at(timeouts),
  'controller/zero-timeout': onRun(timeouts),
  'envoy-gateway/one-idle-timeout': at(['limit read-timeout', 'limit send-timeout'], oneIdleTimeout),
  'retries/lost': at(['limit tries']),
  'retries/every-method': at(['limit tries']),
  'envoy-gateway/retries-every-method': at(['limit tries']),
  'envoy-gateway/retries-after-headers': at(['limit tries']),
  'envoy-gateway/unlimited-retries': at(['limit tries']),
  // What becomes of answers.
  'location-header/lost': at(['header-rewrite location']),
  'cookie-rewrite/lost': at(['header-rewrite set-cookie *']),
  'error-pages/unknown-hosts': { ...onRun(['refused', 'status']), unknownHost: true },
  'error-pages/lost': [at(['error-pages']), at(['status', 'refused'], unserved)],
  'fallback-backend/lost': at(['refused'], unserved),
  // Answers without a backend.
  // Of a canary whose host nobody else serves: no rule is written for unknown hosts, which a gateway refuses in its own way.
  'denied/client-certificate': onRun(['status'], ofUnknownHosts),
  'denied/certificate-name': onRun(['status'], ofUnknownHosts),
  // A closed /foo/ takes /foo as well, which nginx would give to a neighbour.
  'closed-rule/denied': onHost(closed, either(all(shut, ofPath), all(fails, isBare))),
  'closed-rule/denied-kept': onHost(closed, isBare),
  'closed-rule/no-backend': at([...closed, 'redirect-lost'], unserved),
  'backend/port-name-unresolved': at(closed, unserved),
  'backend/no-such-port': at(closed, unserved),
  'ingress/nothing-served': rerouted([...routing, 'no-listener'], ['hosts', 'nowhere'], servesNothing),
  'canary-attachment/hides-main-path': rerouted([...routing, 'no-listener'], ['hosts', 'nowhere'], servesNothing),
  'backend/no-port': at(closed, unserved),
  'backend/default-service-unknown': onRun(closed, undeclared),
  // Rewrites and redirects.
  // A target that is an address is a redirect, of plain HTTP too.
  'rewrite/capture-groups': [at(closed, shut), at(['status', 'location *'], all(redirects, ({ args: { target = '' } }) => /^(?:https?:|\$scheme)/u.test(target)))],
  'rewrite/unsayable': at(closed, shut),
  'rewrite/no-leading-slash': at(['path', 'let-in', 'status']),
  'rewrite/prefix-with-capture': at(['request-header x-forwarded-prefix']),
  'rewrite/variable-in-target': [at(closed, shut), at(['path'])],
  'redirect/status': at(['status'], redirects),
  'redirect/query-kept': onHost(['location query'], hasQuery),
  'redirect/path-as-sent': ofBlock(['location path', 'location query', 'location slash'], decodable),
  'redirect/relative': at(['location relative']),
  'controller/relative-redirects': onRun(['location relative']),
  'redirect/target-without-scheme': at(['location relative', 'location path']),
  'redirect/unsayable': ofBlock([...closed, 'location *'], shut),
  'cors/answered-first': at(['preflight', 'refused'], isOptions),
  'redirect/code-without-location': at(['status', 'redirect-added'], redirects),
  'redirect/location-differs': onHost(['location port', 'location slash']),
  'https-redirect/status': at(['status'], all(plain, redirects)),
  'https-redirect/forwarded-proto': at(['redirect-added'], all(plain, redirects)),
  // The rule of / answers instead: from its Service, with its redirect to HTTPS, or not at all.
  'app-root/variable': rerouted(['redirect-lost', 'status', 'location *', 'refused', 'preflight'], ['paths'], isRoot),
  'upstream-host/unsayable': at(['host']),
  // Headers.
  'headers/percent-sign': at(['request-header *', 'response-header *']),
  'headers/removal-lost': [at(closed, shut), at(['request-header *', 'guard-lost identity'])],
  'headers/unsayable': at(['request-header *', 'response-header *']),
  'custom-headers/allowed-list-unknown': at(['response-header *']),
  'controller/headers-not-given': onRun(['request-header *', 'response-header *']),
  'controller/header-variable': onRun(['request-header *', 'response-header *']),
  'custom-headers/map-not-given': at(['response-header *']),
  'cors/answers-differ': at(['preflight', 'response-header access-control-*'], ofOtherOrigins),
  'cors/unsupported': at(['preflight', 'response-header access-control-*']),
  'cors/null-origin': at(['preflight', 'response-header access-control-*'], crossOrigin),
  'cors/origin-unsayable': at(['preflight', 'response-header access-control-*'], crossOrigin),
  'cors/wildcard-origin-depth': at(['preflight', 'response-header access-control-*'], all(crossOrigin, admitsMore)),
  // Canaries.
  'canary/condition-lost': at(['backend', 'weights']),
  'canary/header-expression': at(['backend', 'weights']),
  'canary/invalid-pattern': at(['backend', 'weights']),
  'snippet/lost': ofBlock(['path', 'refused', 'redirect-added', 'response-header *', 'request-header *', 'guard-lost unknown', 'redirect-lost', 'preflight', 'let-in', 'location *', 'status']),
  'snippets/sent-twice': ofBlock(['request-header *']),
  'snippets/auth-header-renamed': ofBlock(['request-header *']),
};
