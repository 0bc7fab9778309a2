import { annotationOrigin, ingressOrigin, type Ingress } from '../model/ingress.ts';
import type { ObjectRef } from '../model/object.ts';
import type { Origin } from '../model/origin.ts';

/** How much of the meaning the output keeps. */
export type Fidelity = 'exact' | 'approximate' | 'lost';
/** What a wrong outcome would cost. `security`: somebody could get in, or data out, who could not before. */
export type Risk = 'none' | 'availability' | 'security';
export type Severity = 'error' | 'warning' | 'info';

/** One entry of the catalogue. Texts are templates: `{name}` is filled from the finding's arguments. */
export interface CodeEntry {
  readonly fidelity: Fidelity;
  readonly risk: Risk;
  /** What happens. One sentence. */
  readonly what: string;
  /** Why: the fact of nginx or of the Gateway API behind it. */
  readonly why: string;
  /** What the user does about it: an imperative. */
  readonly do: string;
  /** Something beside the manifests that has to be there at the switch: it has a section of its own in reports for people. */
  readonly setup?: true;
  /** Link to the source of the claim. */
  readonly source?: string;
}

/** Codes are `family/fact` in kebab case. */
export type CodeTable = Readonly<Record<string, CodeEntry>>;

/** Names of the `{placeholders}` of a template. */
type Placeholders<T extends string> = T extends `${string}{${infer P}}${infer Rest}` ? P | Placeholders<Rest> : never;
type ArgNames<E extends CodeEntry> = Placeholders<E['what']> | Placeholders<E['why']> | Placeholders<E['do']>;
export type Args<E extends CodeEntry> = Readonly<Record<ArgNames<E>, string>>;

export interface Finding {
  readonly code: string;
  readonly entry: CodeEntry;
  readonly args: Readonly<Record<string, string>>;
  readonly object: ObjectRef | undefined;
  readonly origin: Origin | undefined;
  /** Whole annotation key, when the finding is about one. */
  readonly annotation?: string;
  /** Further annotations of the same object that share its fate (auth-secret with auth-type): the ledger counts them, the report names one. */
  readonly also?: readonly string[];
}

/** What a finding is about. */
export interface Subject {
  readonly object?: ObjectRef | undefined;
  readonly origin?: Origin | undefined;
  readonly annotation?: string | undefined;
  readonly also?: readonly string[] | undefined;
}

/** Declares codes; keeps the literal types so that `raise` can check arguments. */
export function defineCodes<const T extends CodeTable>(codes: T & { readonly [K in keyof T]: K extends `${string}/${string}` ? CodeEntry : never }): T {
  return codes;
}

/** Makes a finding; the arguments must be exactly the placeholders of the code's texts. */
export function raise<const C extends string, T extends Readonly<Record<C, CodeEntry>>>(codes: T, code: C, subject: Subject, args: Args<T[C]>): Finding {
  return {
    code,
    entry: codes[code],
    args,
    object: subject.object,
    origin: subject.origin,
    ...(subject.annotation === undefined ? {} : { annotation: subject.annotation }),
    ...(subject.also === undefined || subject.also.length === 0 ? {} : { also: subject.also }),
  };
}

export function aboutIngress(ingress: Ingress): Subject {
  return { object: ingress.ref, origin: ingressOrigin(ingress) };
}

export function aboutAnnotation(ingress: Ingress, key: string): Subject {
  return { object: ingress.ref, origin: annotationOrigin(ingress, key), annotation: key };
}

/** Derived from the two axes; never set by hand. */
export function severityOf({ fidelity, risk }: Pick<CodeEntry, 'fidelity' | 'risk'>): Severity {
  if (fidelity === 'exact') return 'info';
  if (risk === 'security') return fidelity === 'lost' ? 'error' : 'warning';
  if (risk === 'availability') return 'warning';
  return fidelity === 'lost' ? 'warning' : 'info';
}
