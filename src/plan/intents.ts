import type { AnswerIntent, FixedResponseIntent, LocationMatch, NamedValue } from './answer-intents.ts';
import type { BackendIntent } from './backend-intents.ts';
import type { PasswordFormat } from '../model/inventory.ts';
import type { Base } from './intent-base.ts';

export type { BlockListIntent, CookieRewriteIntent, ErrorPagesIntent, FixedResponseIntent, LocationMatch, MethodGuardIntent, NamedValue, TextReplacement } from './answer-intents.ts';
export type { BackendTlsIntent, ResponseBufferingIntent, ResponseHeaderSizeIntent } from './backend-intents.ts';
export type { AnnotationUse, SettingUse } from './intent-base.ts';

/** Path sent upstream. `target` is nginx replacement text: may hold $1..$9 of the location's own pattern. */
export interface RewriteIntent extends Base<'rewrite'> {
  readonly target: string;
}
/** Every request is answered with this redirect. */
export interface RedirectIntent extends Base<'redirect'> {
  readonly status: number;
  /** Absolute URL, or a path on the same scheme and host. `$scheme` and `$host` in their places stand for those of the request. */
  readonly location: string;
  /** What of the request is appended; absent: nothing, its query is dropped too. */
  readonly follows?: 'query' | 'path' | 'request-uri';
  /** What is appended is decoded. */
  readonly decodes?: true;
}
/** rewrite-target that is a URL: 302 to it with the request's query; may hold $1..$9. */
export interface RewriteRedirectIntent extends Base<'rewrite-redirect'> {
  readonly target: string;
}
/** Plain HTTP is answered with a redirect to HTTPS. */
export interface HttpsRedirectIntent extends Base<'https-redirect'> {
  readonly status: number;
  /** false: nginx cuts one trailing slash from the Location. */
  readonly preserveTrailingSlash: boolean;
}
/** Response 302 for exactly `/` of the host, dropping the query. */
export interface AppRootIntent extends Base<'app-root'> {
  /** Plain HTTP has been redirected to HTTPS by then. */
  readonly httpsFirst?: true;
  readonly path: string;
}
/** The twin name (www.HOST, or HOST without www.) redirects here. */
export interface WwwRedirectIntent extends Base<'www-redirect'> {
  readonly status: number;
  readonly fromHost: string;
}
export interface UpstreamHostIntent extends Base<'upstream-host'> {
  /** May hold nginx variables. */
  readonly host: string;
}
/** Headers to the backend: replaced, or taken away. */
export interface RequestHeadersIntent extends Base<'request-headers'> {
  readonly set: readonly NamedValue[];
  readonly remove?: readonly string[];
  /** They have the values of the answer of external authentication, and are taken away where none is asked. */
  readonly answered?: readonly string[];
}
/** Headers to the client: replaced, sent besides those of the backend, or taken away. */
export interface ResponseHeadersIntent extends Base<'response-headers'> {
  readonly set: readonly NamedValue[];
  readonly add?: readonly NamedValue[];
  readonly remove?: readonly string[];
}
/** Paths of the host that are answered by themselves, beside the rules of the host. */
export interface PathAnswerIntent extends Base<'path-answer'> {
  readonly match: LocationMatch;
  readonly answer: ({ readonly kind: 'response' } & Pick<FixedResponseIntent, 'status' | 'body' | 'contentType' | 'headers'>) | ({ readonly kind: 'redirect' } & Pick<RedirectIntent, 'status' | 'location' | 'follows' | 'decodes'>);
}
export interface CorsIntent extends Base<'cors'> {
  /** ['*'] or scheme://host[:port] entries, wildcards as in nginx (one label). */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number;
}
/** Idle (between two reads or writes), never total. Only what an annotation or the ConfigMap changed is set. */
export interface TimeoutsIntent extends Base<'timeouts'> {
  readonly connectSeconds?: number;
  readonly readSeconds?: number;
  readonly sendSeconds?: number;
}
export interface RetriesIntent extends Base<'retries'> {
  /** nginx conditions, such as error, timeout, http_502, non_idempotent; ['off'] disables. */
  readonly conditions: readonly string[];
  /** Attempts including the first; 0 is unlimited. */
  readonly tries: number;
  /** 0 is unlimited. */
  readonly timeoutSeconds: number;
}
export interface BodySizeIntent extends Base<'body-size'> {
  /** 0 is unlimited. */
  readonly maxBytes: number;
}
export interface BodyBufferIntent extends Base<'body-buffer'> {
  readonly bytes: number;
}
export interface AffinityIntent extends Base<'affinity'> {
  readonly cookieName: string;
  readonly mode: 'balanced' | 'persistent';
  readonly path: string | undefined;
  readonly domain: string | undefined;
  readonly maxAgeSeconds: number | undefined;
  readonly expiresSeconds: number | undefined;
  readonly sameSite: 'None' | 'Lax' | 'Strict' | undefined;
  readonly secure: boolean;
  readonly changeOnFailure: boolean;
}
/** Protection. Deny is tested first, then allow with everything else refused (403). */
export interface AddressListIntent extends Base<'address-list'> {
  /** CIDRs; empty: no such list. */
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}
/** Protection. */
export interface BasicAuthIntent extends Base<'basic-auth'> {
  readonly scheme: 'basic' | 'digest';
  readonly secret: { readonly namespace: string; readonly name: string };
  readonly secretType: 'auth-file' | 'auth-map';
  /** How the passwords are kept; absent: the Secret was not given, or only its name. */
  readonly formats?: readonly PasswordFormat[] | undefined;
  readonly realm: string;
}
/** Who answers a URL whose host the input serves. `reason` is a clause about the URL. */
export type UrlAnswer =
  | { readonly kind: 'service'; readonly namespace: string; readonly name: string; readonly port: number; /** With the query. */ readonly path: string }
  | { readonly kind: 'unusable'; readonly reason: string };
/** Protection. */
export interface ExternalAuthIntent extends Base<'external-auth'> {
  readonly url: string;
  /** Absent: no host of the input. Known only when all intents are, so the plan adds it. */
  readonly answeredBy?: UrlAnswer;
  readonly method: string;
  readonly signinUrl: string;
  readonly signinRedirectParam: string;
  readonly responseHeaders: readonly string[];
  /** Companions that were set and that no target may drop without saying so: key -> value. */
  readonly extras: ReadonlyMap<string, string>;
}
/** Protection, of the whole host over TLS. */
export interface ClientCertificateIntent extends Base<'client-certificate'> {
  readonly secret: { readonly namespace: string; readonly name: string };
  readonly verify: 'on' | 'optional' | 'optional_no_ca';
  readonly depth: number;
  readonly errorPage: string;
  readonly passCertificate: boolean;
  readonly matchCn: string;
}
/** Protection. */
export interface RateLimitIntent extends Base<'rate-limit'> {
  readonly requestsPerSecond: number;
  readonly requestsPerMinute: number;
  readonly burstMultiplier: number;
  readonly rejectStatus: number;
  readonly exempt: readonly string[];
}
/** Protection. Concurrent requests per client address. */
export interface ConnectionLimitIntent extends Base<'connection-limit'> {
  readonly connections: number;
  readonly rejectStatus: number;
  readonly exempt: readonly string[];
}
/** Response bandwidth per request; KiB per second, after `afterKib`. */
export interface BandwidthLimitIntent extends Base<'bandwidth-limit'> {
  readonly kibPerSecond: number;
  readonly afterKib: number;
}
export interface BackendProtocolIntent extends Base<'backend-protocol'> {
  readonly protocol: 'HTTPS' | 'AUTO_HTTP' | 'GRPC' | 'GRPCS' | 'FCGI';
}
export interface ServiceUpstreamIntent extends Base<'service-upstream'> {
  readonly enabled: boolean;
}
export interface ConnectionHeaderIntent extends Base<'connection-header'> {
  readonly value: string;
}
export interface MirrorIntent extends Base<'mirror'> {
  readonly target: string;
  readonly host: string;
  readonly body: boolean;
}
/** Service that answers when the rule's own has no ready endpoints. */
export interface FallbackBackendIntent extends Base<'fallback-backend'> {
  readonly service: { readonly namespace: string; readonly name: string; readonly port: number | undefined };
}
/** TLS of the host goes to the backend of `/` unopened. */
export interface TlsPassthroughIntent extends Base<'tls-passthrough'> {
  readonly assumed: boolean;
}
/** Part of the traffic of the upstream goes to another backend. */
export interface CanaryIntent extends Base<'canary'> {
  readonly backend: { readonly namespace: string; readonly name: string; readonly port: number };
  readonly weight: number;
  /** At least 100. */
  readonly weightTotal: number;
  readonly header: string;
  readonly headerValue: string;
  readonly headerPattern: string;
  readonly cookie: string;
}
/** nginx configuration that has no counterpart: one directive, or the whole text. `protective`: it can refuse requests, or this tool does not know it. */
export interface SnippetIntent extends Base<'snippet'> {
  readonly context: 'location' | 'server' | 'auth' | 'stream' | 'modsecurity';
  /** What it is called in messages; holds no values. */
  readonly directive: string;
  /** Line in the text of the annotation, from 1. */
  readonly line: number;
  readonly protective: boolean;
}
/** Protection: nginx refuses every request, because it cannot set up what the annotations ask for. `meaning` is a clause after "nginx". */
export interface RefusedIntent extends Base<'refused'> {
  readonly meaning: string;
}
/** One passed check of address list, password and external authentication is enough. */
export type SatisfyAnyIntent = Base<'satisfy-any'>;
/** Protection. Requests are inspected by ModSecurity. */
export interface WafIntent extends Base<'waf'> {
  /** It refuses nothing, and only writes into its log what it finds. */
  readonly records: boolean;
  /** With the OWASP core rule set. */
  readonly coreRules: boolean;
  /** Text with nginx variables; '' for its own. */
  readonly transactionId: string;
}
/** Of the whole host, for TLS up to 1.2. */
export interface TlsCiphersIntent extends Base<'tls-ciphers'> {
  /** OpenSSL names or groups; empty: the default of the controller. */
  readonly ciphers: readonly string[];
  readonly preferServer: boolean;
}
export interface TracingIntent extends Base<'tracing'> {
  readonly trustIncoming: boolean;
  /** Name of the spans; '' for the default. */
  readonly operation: string;
}
export interface AccessLogIntent extends Base<'access-log'> {
  readonly enabled: false;
}
/** Annotations and labels of the Ingress that keep their meaning on the route or the Gateway. */
export interface MetadataIntent extends Base<'metadata'> {
  readonly on: 'route' | 'gateway';
  readonly annotations: ReadonlyMap<string, string>;
}

/** What the user wants of a location or host, in words no gateway owns. */
export type Intent =
  | RewriteIntent
  | RedirectIntent
  | RewriteRedirectIntent
  | HttpsRedirectIntent
  | AppRootIntent
  | WwwRedirectIntent
  | UpstreamHostIntent
  | RequestHeadersIntent
  | ResponseHeadersIntent
  | PathAnswerIntent
  | CorsIntent
  | TimeoutsIntent
  | RetriesIntent
  | BodySizeIntent
  | BodyBufferIntent
  | AffinityIntent
  | AddressListIntent
  | BasicAuthIntent
  | ExternalAuthIntent
  | ClientCertificateIntent
  | RateLimitIntent
  | ConnectionLimitIntent
  | BandwidthLimitIntent
  | BackendProtocolIntent
  | ServiceUpstreamIntent
  | ConnectionHeaderIntent
  | MirrorIntent
  | FallbackBackendIntent
  | TlsPassthroughIntent
  | CanaryIntent
  | SnippetIntent
  | RefusedIntent
  | SatisfyAnyIntent
  | WafIntent
  | TlsCiphersIntent
  | TracingIntent
  | AccessLogIntent
  | BackendIntent
  | AnswerIntent
  | MetadataIntent;

export type IntentKind = Intent['kind'];
export type IntentOf<K extends IntentKind> = Extract<Intent, { kind: K }>;

/** Intents of a whole host; all others belong to locations. */
export const serverIntentKinds = ['app-root', 'www-redirect', 'client-certificate', 'tls-passthrough', 'tls-ciphers'] as const;
export type ServerIntentKind = (typeof serverIntentKinds)[number];
