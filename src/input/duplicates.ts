import { raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { compareText, type ObjectRef } from '../model/object.ts';
import type { Origin } from '../model/origin.ts';
import { objectCodes as codes } from './object-codes.ts';

/** Content without its place in the input, as text with a fixed order of keys. */
export function contentOf(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'origin' || key === 'source' || key === 'root') return undefined;
    if (part instanceof Map) return [...part];
    return part instanceof Set ? [...part] : part;
  });
}

interface Named {
  readonly ref: ObjectRef;
  readonly origin: Origin;
}

export interface Chosen<T> {
  readonly value: T;
  readonly left: readonly T[];
}

/**
 * Of several objects with one name, takes the one with the most annotations, then the one whose content sorts first: a rule that does
 * not depend on the order of files and documents. Copies of the same content count once, in silence.
 */
export function chooseOne<T>(same: readonly T[], annotations: (value: T) => number): Chosen<T> | undefined {
  const [first] = same;
  if (first === undefined) return undefined;
  if (same.length === 1) return { value: first, left: [] };
  const byContent = new Map<string, T>();
  for (const value of same) {
    const content = contentOf(value);
    if (!byContent.has(content)) byContent.set(content, value);
  }
  const ranked = [...byContent].sort(([a, left], [b, right]) => annotations(right) - annotations(left) || compareText(a, b));
  const [value, ...left] = ranked.map(([, one]) => one);
  return value === undefined ? undefined : { value, left };
}

/** The finding that tells of the choice, if there was one. */
export function duplicateFinding<T>(chosen: Chosen<T>, named: (value: T) => Named): Finding | undefined {
  if (chosen.left.length === 0) return undefined;
  const { ref, origin } = named(chosen.value);
  const name = `${ref.kind} ${ref.namespace === '' ? '' : `${ref.namespace}/`}${ref.name}`;
  return raise(codes, 'input/duplicate-object', { object: ref, origin }, { name, count: String(chosen.left.length + 1) });
}

export const annotationsOf = (ingress: Ingress): number => ingress.annotations.size;
