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

/** What is changed in answers of the backend, or of nginx, and who is refused one. */
export type AnswerIntent =
  | CookieRewriteIntent
  | LocationHeaderIntent
  | RedirectPortIntent
  | ErrorPagesIntent
  | BlockListIntent;
