import type { Json } from '../model/gateway.ts';

/** One difference in meaning between what exists and what the conversion gives. */
export interface Change {
  /** What differs: `answer`, `match`, `hostname`, `parents`, `filter TYPE`, `listener`, `label`, or the name of a field. */
  readonly aspect: string;
  /** Hosts it is about, '' for routes of any host; empty when it is about the object as a whole. */
  readonly hosts: readonly string[];
  /** Matches it is about, in words. */
  readonly matches: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** One line for people. */
  readonly text: string;
  /** Rules of the conversion's route it is about. */
  readonly rules: readonly number[];
}

/** A change of an object as a whole. */
export function wholeChange(aspect: string, text: string, before: Json | undefined, after: Json | undefined): Change {
  return { aspect, hosts: [], matches: [], before, after, text, rules: [] };
}
