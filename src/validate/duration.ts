const part = /(\d+)(ms|h|m|s)/gu;
const milliseconds: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds of a GEP-2257 duration (`1m30s`). The schema has checked the form. */
export function durationMilliseconds(text: string): number {
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(part)) sum += Number(amount) * (milliseconds[unit ?? ''] ?? 0);
  return sum;
}
