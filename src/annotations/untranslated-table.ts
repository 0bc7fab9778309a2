import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { removedRows, type RemovedRow } from './untranslated-removed.ts';
import { affinityWins, modsecurityIsOff, needs, needsBuffering, needsFastcgi, needsTracing, redirectPairIncomplete } from './untranslated-needs.ts';
import { bool, integer, oneOf, onOff, size, text, type Canonical } from './untranslated-grammar.ts';

/** Values of the other annotations of the Ingress, without surrounding space; '' when absent. */
export type Siblings = (name: AnnotationName) => string;

/** A name that works in ingress-nginx and that no intent stands for. */
export interface LossRow {
  readonly effect: 'loss';
  /** Without it; a function when the value decides. */
  readonly risk: Risk | ((value: string, siblings: Siblings) => Risk);
  /** What nginx does with it, as a clause after "nginx". */
  readonly meaning: string;
  /** The value in one spelling; undefined when the controller does not accept it and uses its default. */
  readonly canonical: Canonical;
  /** The controller's default: with it nothing is lost. Undefined: no value is one. */
  readonly initial?: string;
  /** Key of the controller's ConfigMap that replaces the default where the annotation is absent. */
  readonly setting?: string;
  /** Why it changes nothing on this Ingress, as a clause; undefined when it does. */
  readonly idle?: (siblings: Siblings, settings: ControllerSettings) => string | undefined;
}
export type Risk = 'none' | 'availability' | 'security';

/** A name that works, but changes nothing with any value. */
export interface IdleRow {
  readonly effect: 'nothing';
  readonly meaning: string;
  /** As a clause. */
  readonly because: string;
}

export type UntranslatedRow = LossRow | IdleRow | RemovedRow;

const loss = (risk: LossRow['risk'], meaning: string, canonical: Canonical, more: Pick<LossRow, 'initial' | 'setting' | 'idle'> = {}): LossRow => ({
  effect: 'loss',
  risk,
  meaning,
  canonical,
  ...more,
});

const withSecret = needs('proxy-ssl-secret', 'all proxy-ssl annotations wait for it');
const withErrors = needs('custom-http-errors', 'only it makes nginx replace error answers');
const tracing = { idle: needsTracing };
const protects =
  (on: string) =>
  (value: string): Risk =>
    value === on ? 'security' : 'none';
/** Nothing of the proxy_ssl directives is used towards a backend that is spoken to without TLS. */
const towardsTls = (_value: string, siblings: Siblings): Risk => (tlsProtocols.has(siblings('backend-protocol').toUpperCase()) ? 'security' : 'none');
const tlsProtocols: ReadonlySet<string> = new Set(['HTTPS', 'GRPCS', 'AUTO_HTTP']);

/** Defaults: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/config/config.go */
const lossRows = {
  'proxy-redirect-from': loss('availability', 'rewrites the Location and Refresh headers of the answers', text, {
    initial: 'off',
    setting: 'proxy-redirect-from',
    idle: redirectPairIncomplete,
  }),
  'proxy-redirect-to': loss('availability', 'rewrites the Location and Refresh headers of the answers', text, {
    initial: 'off',
    setting: 'proxy-redirect-to',
    idle: redirectPairIncomplete,
  }),
  'use-port-in-redirects': loss('availability', 'writes the port of its own listener into the redirects it makes', bool, {
    initial: 'false',
    setting: 'use-port-in-redirects',
  }),
  'proxy-cookie-domain': loss('availability', 'rewrites the Domain of the cookies the backend sets', text, { initial: 'off', setting: 'proxy-cookie-domain' }),
  'proxy-cookie-path': loss('availability', 'rewrites the Path of the cookies the backend sets', text, { initial: 'off', setting: 'proxy-cookie-path' }),
  'proxy-request-buffering': loss('none', 'passes request bodies on while they arrive, or reads them whole before it calls the backend', onOff, {
    initial: 'on',
    setting: 'proxy-request-buffering',
  }),
  'proxy-buffering': loss('none', 'takes the answer off the backend at once and feeds slow clients from its own buffers', onOff, {
    initial: 'off',
    setting: 'proxy-buffering',
  }),
  'proxy-buffers-number': loss('none', 'sets how many buffers an answer may fill', integer, { initial: '4', setting: 'proxy-buffers-number', idle: needsBuffering }),
  'proxy-buffer-size': loss('availability', 'bounds the headers of an answer, and fails with 502 above that', size, { initial: '4k', setting: 'proxy-buffer-size' }),
  'proxy-busy-buffers-size': loss('none', 'bounds the buffers that are being sent to the client', size, { idle: needsBuffering }),
  'proxy-max-temp-file-size': loss('none', 'bounds the file that a large answer is put aside in', size, {
    initial: '1024m',
    setting: 'proxy-max-temp-file-size',
    idle: needsBuffering,
  }),
  'proxy-http-version': loss('availability', 'speaks this version of HTTP to the backend', oneOf('1.0', '1.1'), { initial: '1.1', setting: 'proxy-http-version' }),
  'load-balance': loss('availability', 'chooses endpoints by this algorithm', text, { initial: 'round_robin', setting: 'load-balance', idle: affinityWins }),
  'upstream-hash-by': loss('availability', 'sends requests with the same value of this text to the same endpoint', text, { idle: affinityWins }),
  'upstream-hash-by-subset': loss('availability', 'spreads each hash value over a few endpoints instead of one', bool, {
    initial: 'false',
    idle: needs('upstream-hash-by', 'there is no hash to spread'),
  }),
  'upstream-hash-by-subset-size': loss('none', 'sets over how many endpoints a hash value is spread', integer, {
    initial: '3',
    idle: needs('upstream-hash-by-subset', 'hash values are not spread'),
  }),
  'custom-http-errors': loss('availability', 'replaces answers with these statuses by pages of the default backend', text),
  'disable-proxy-intercept-errors': loss('availability', 'lets error answers of the backend through and replaces only its own', bool, { initial: 'false', idle: withErrors }),
  'fastcgi-index': loss('availability', 'appends this file name to FastCGI requests that end in a slash', text, { idle: needsFastcgi }),
  'fastcgi-params-configmap': loss('availability', 'sends the entries of this ConfigMap as FastCGI parameters', text, { idle: needsFastcgi }),
  'ssl-ciphers': loss('availability', 'offers clients of TLS 1.2 only these ciphers', text),
  'ssl-prefer-server-ciphers': loss('none', 'prefers its own order of ciphers to that of the client', bool),
  'proxy-ssl-secret': loss(towardsTls, 'shows the backend this client certificate and holds the CA to verify the backend with', text),
  'proxy-ssl-verify': loss(towardsTls, 'verifies the certificate of the backend', onOff, { initial: 'off', idle: withSecret }),
  'proxy-ssl-verify-depth': loss('none', 'bounds the certificate chain of the backend', integer, { initial: '1', idle: withSecret }),
  'proxy-ssl-name': loss('availability', 'expects this name in the certificate of the backend', text, { idle: withSecret }),
  'proxy-ssl-server-name': loss('availability', 'names the host to the backend when TLS begins (SNI)', onOff, { initial: 'off', idle: withSecret }),
  'proxy-ssl-ciphers': loss('none', 'offers the backend these ciphers', text, { initial: 'DEFAULT', idle: withSecret }),
  'proxy-ssl-protocols': loss('none', 'offers the backend these versions of TLS', text, { initial: 'TLSv1.2', idle: withSecret }),
  'enable-modsecurity': loss(protects('true'), 'inspects requests with ModSecurity', bool, {
    initial: 'false',
    setting: 'enable-modsecurity',
  }),
  'enable-owasp-core-rules': loss(protects('true'), 'judges requests by the OWASP core rule set', bool, { initial: 'false', idle: modsecurityIsOff }),
  'modsecurity-transaction-id': loss('none', 'labels the audit log of ModSecurity', text, { idle: modsecurityIsOff }),
  'enable-opentelemetry': loss('none', 'sends traces of these requests', bool, { initial: 'false', setting: 'enable-opentelemetry' }),
  'opentelemetry-trust-incoming-span': loss('none', 'continues the trace of the client', bool, { ...tracing, initial: 'true', setting: 'opentelemetry-trust-incoming-span' }),
  'opentelemetry-operation-name': loss('none', 'names the spans', text, tracing),
  'enable-access-log': loss('none', 'writes these requests to the access log, or leaves them out', bool, { initial: 'true' }),
} as const satisfies Partial<Record<AnnotationName, LossRow>>;

/** Names of ingress-nginx that no family owns. Together with the keys of the families they are all of them: a unit test holds that. */
export const untranslatedTable = {
  ...lossRows,
  ...removedRows,
  'http2-push-preload': {
    effect: 'nothing',
    meaning: 'was meant to push what a Link header announces',
    because: 'the nginx inside the controller has no HTTP/2 push any more',
  },
} as const satisfies Partial<Record<AnnotationName, UntranslatedRow>>;
