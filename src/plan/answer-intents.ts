import type { Base } from './intent-base.ts';

export interface TextReplacement {
  readonly from: string;
  readonly to: string;
}
/** Domain, and the beginning of Path, in the cookies that the backend sets. */
export interface CookieRewriteIntent extends Base<'cookie-rewrite'> {
  readonly domain: TextReplacement | undefined;
  readonly path: TextReplacement | undefined;
}
/** The beginning of Location and Refresh headers that the backend sends. */
export interface LocationHeaderIntent extends Base<'location-header'> {
  readonly replace: TextReplacement;
}
/** The redirects that nginx makes name the port of its own listener. */
export type RedirectPortIntent = Base<'redirect-port'>;
/** Answers with these statuses are replaced by those of another Service to a request for `/`. */
export interface ErrorPagesIntent extends Base<'error-pages'> {
  readonly statuses: readonly number[];
  /** Undefined: the controller itself, which answers 404. */
  readonly service: { readonly namespace: string; readonly name: string } | undefined;
  /** Answers of the backend stay as they are. */
  readonly ownErrorsOnly: boolean;
}
/** Protection. Requests with one of these values in a header get 403, before anything else. */
export interface BlockListIntent extends Base<'block-list'> {
  readonly header: 'User-Agent' | 'Referer';
  /** `text` ignores letter case; `regex` is PCRE and may match anywhere. */
  readonly patterns: readonly ({ readonly kind: 'text'; readonly text: string } | { readonly kind: 'regex'; readonly text: string; readonly ignoreCase: boolean })[];
}

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}
/** Every request is answered with this status, and the backend is never asked. */
export interface FixedResponseIntent extends Base<'fixed-response'> {
  readonly status: number;
  readonly body: string;
  /** Of the body; '' without one. */
  readonly contentType: string;
  /** Sent with it. */
  readonly headers?: readonly NamedValue[];
}
/** Requests that a location of nginx takes; expressions are tried before prefixes, and searched for anywhere in the path. */
export type LocationMatch =
  | { readonly kind: 'exact'; readonly value: string }
  /** Also of longer names: `/a` takes /ab. */
  | { readonly kind: 'prefix'; readonly value: string; readonly beforeRegexes: boolean }
  | { readonly kind: 'regex'; readonly value: string; readonly ignoreCase: boolean };

/** Protection. Requests with other methods are answered with `status`. */
export interface MethodGuardIntent extends Base<'method-guard'> {
  /** Let through; undefined: every method but the refused ones. */
  readonly allowed: readonly string[] | undefined;
  readonly refused: readonly string[];
  readonly status: number;
  /** What the same text does to plain HTTP stands before it. */
  readonly behindPlainHttp?: true;
}
/** Protection. Requests over plain HTTP are answered with `status`, before everything else. */
export interface PlainHttpIntent extends Base<'plain-http'> {
  readonly status: number;
}

/** What is changed in answers of the backend, or of nginx, and who is refused one. */
export type AnswerIntent =
  | CookieRewriteIntent
  | LocationHeaderIntent
  | RedirectPortIntent
  | ErrorPagesIntent
  | BlockListIntent
  | FixedResponseIntent
  | MethodGuardIntent
  | PlainHttpIntent;
