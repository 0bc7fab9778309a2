export type Verdict = { readonly kind: 'same' } | { readonly kind: 'excluded'; readonly reason: string } | { readonly kind: 'differs'; readonly aspects: readonly string[] };

export const excluded = (reason: string): Verdict => ({ kind: 'excluded', reason });

/** What is compared: its name, the evaluator's answer, and the real one. */
export type Pair = readonly [name: string, expected: unknown, real: unknown];

export function differs(pairs: readonly Pair[]): Verdict {
  const aspects = pairs.filter(([, expected, real]) => expected !== real).map(([name, expected, real]) => `${name}: evaluator ${String(expected)}, real ${String(real)}`);
  return aspects.length === 0 ? { kind: 'same' } : { kind: 'differs', aspects };
}

export function headerPairs(expected: ReadonlyMap<string, string | undefined>, real: (name: string) => unknown, side: string): readonly Pair[] {
  return [...expected].map(([name, value]) => [`${side} ${name}`, value, real(name)] as const);
}
