import type { LocationMatch, NamedValue, SnippetIntent } from '../../plan/intents.ts';
import type { AuthVariables } from './auth-variables.ts';
import type { SnippetDirective } from './scan.ts';

/** What is known of every request that meets the text, without any request. */
export interface Surroundings {
  /** The block of nginx that the text is put into. */
  readonly block: 'location' | 'server';
  /** The location takes every request of the host, so that one inside it is as good as one beside it. */
  readonly wholeHost: boolean;
  /** Variables of fixed value here, without `$`: those of the controller's template, and `host` where the server has one name only. */
  readonly constants: ReadonlyMap<string, string>;
  /** Variables that the text fills from the answer of the authentication service. */
  readonly answered?: AuthVariables;
  /** The backend is spoken to with gRPC, for which nginx has directives of its own. */
  readonly grpc: boolean;
  /** Type of what nginx answers by itself, unless the name of a file says another. */
  readonly defaultType: string;
}

/** What nginx answers instead of asking the backend. */
export type SnippetAnswer =
  | {
      readonly kind: 'redirect';
      readonly status: number;
      /** As in RedirectIntent. */
      readonly location: string;
      readonly follows: 'nothing' | 'query' | 'path' | 'request-uri';
      /** nginx writes what follows decoded. */
      readonly decodes?: true;
    }
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly body: string;
      /** Of a location of its own; absent: those of the block the snippet is put into. */
      readonly contentType?: string;
      readonly headers?: readonly NamedValue[];
    };

/** Requests that a condition takes, where the Gateway API can tell them apart. */
export interface MethodCondition {
  readonly kind: 'only' | 'all-but';
  readonly methods: readonly string[];
}

/** One thing that nginx does because of a directive. */
export type Step =
  /** In the order of nginx's filters: headers of the backend are dropped first, `more_*` acts next, `add_header` last. */
  | { readonly kind: 'response-header'; readonly filter: 'proxy' | 'more' | 'add'; readonly act: 'set' | 'add' | 'remove'; readonly name: string; readonly value: string }
  | { readonly kind: 'request-header'; readonly filter: 'more' | 'proxy'; /** `answered`: of the authentication service. */ readonly act: 'set' | 'remove' | 'answered'; readonly name: string; readonly value: string }
  | { readonly kind: 'answer'; readonly methods?: MethodCondition; readonly answer: SnippetAnswer }
  /** Type of what nginx answers by itself from here on. */
  | { readonly kind: 'content-type'; readonly value: string }
  /** `location` of the server block, or within the only location of a host. */
  | { readonly kind: 'path-answer'; readonly line: number; readonly match: LocationMatch; readonly answer: SnippetAnswer }
  | { readonly kind: 'https-redirect'; readonly status: number }
  /** In the order of the text: the first that fits an address decides. */
  | { readonly kind: 'access'; readonly line: number; readonly act: 'allow' | 'deny'; readonly network: string }
  /** Plain HTTP is refused. */
  | { readonly kind: 'plain-http'; readonly status: number };

/** What a user is told about a directive, by the code of the finding. */
export interface Note {
  readonly code: 'snippets/nothing-to-carry' | 'snippets/refused-by-nginx' | 'snippets/every-status' | 'snippets/sent-twice' | 'snippets/auth-header-renamed';
  /** Clause for the finding's text. */
  readonly reason: string;
}

/** A directive whose meaning is fully known. Neither steps nor notes: on these requests it does nothing. */
export interface Reading {
  readonly steps: readonly Step[];
  readonly notes?: readonly Note[];
}

/**
 * A row of the table of directives: what one directive becomes.
 *
 * @returns undefined when the directive, as it is written here, has no counterpart; it is then named as lost
 */
export type ReadDirective = (directive: SnippetDirective, surroundings: Surroundings) => Reading | undefined;

export interface DirectiveRow {
  readonly read: ReadDirective;
  /** Part of nginx's rewrite phase: ends with the first answer. */
  readonly rewrites?: true;
  /** Its documentation. */
  readonly source: string;
}

/** Where a snippet stands. */
export type SnippetContext = SnippetIntent['context'];

export const nothing: Reading = { steps: [] };
export const nothingToCarry = (reason: string): Reading => ({ steps: [], notes: [{ code: 'snippets/nothing-to-carry', reason }] });
