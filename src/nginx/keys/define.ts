/** How a key of the controller's ConfigMap changes a conversion. */
export type KeyFact =
  /** A stage reads it: the named part of the output follows it. */
  | { readonly fate: 'converted'; readonly into: string }
  /** Nothing of it can be seen through a gateway. */
  | { readonly fate: 'silent'; readonly why: string }
  | LostKey;

/** A finding when it is set to anything but what the controller does by itself. `target`: unless the target has a setting for it. */
export interface LostKey {
  readonly fate: 'lost' | 'target';
  readonly cost: 'nothing' | 'availability';
  /** The controller's own value, as text. */
  readonly initial: string;
  /** What nginx does, as a clause that follows "nginx". */
  readonly effect: string;
  /** What the user does about it: an imperative. */
  readonly todo: string;
}

export type KeyTable = Readonly<Record<string, KeyFact>>;

export const converted = (into: string): KeyFact => ({ fate: 'converted', into });
export const silent = (why: string): KeyFact => ({ fate: 'silent', why });

const lostAt =
  (fate: LostKey['fate'], cost: LostKey['cost']) =>
  (initial: string, effect: string, todo: string): KeyFact => ({ fate, cost, initial, effect, todo });

/** Nobody notices at once. */
export const lost = lostAt('lost', 'nothing');
/** Somebody may be refused or see another answer. */
export const breaking = lostAt('lost', 'availability');
/** The same for what some targets have a setting for. */
export const target = lostAt('target', 'availability');
