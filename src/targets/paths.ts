import type { PathMatch } from '../model/gateway.ts';
import type { PlanRule } from '../plan/plan.ts';

/** What a rewrite-target (or the path of a rewrite to a URL) comes to, given how the location is matched. */
export type PathRewrite =
  /** None asked for, or one that gives the path back. */
  | { readonly kind: 'none' }
  /** ReplaceFullPath: the target names no capture group. */
  | { readonly kind: 'full'; readonly value: string }
  /** ReplacePrefixMatch on a PathPrefix match. */
  | { readonly kind: 'prefix'; readonly value: string }
  /** Only a regex rewrite can do it: `pattern` covers the whole path, `target` holds $1..$9. */
  | { readonly kind: 'capture'; readonly pattern: string; readonly target: string }
  | { readonly kind: 'impossible'; readonly reason: string };

/** How one location is matched. */
export interface RulePath {
  readonly match: PathMatch;
  /** Other texts of the same path. */
  readonly also?: readonly PathMatch[];
  readonly rewrite: PathRewrite;
  /** The match takes more than the location did, because the pattern cannot be said: the rule must be closed. Codes of the findings. */
  readonly closedBy: readonly string[];
}

/** A rule of the plan with the match it gets. */
export interface PlacedRule {
  readonly rule: PlanRule;
  readonly path: RulePath;
}
