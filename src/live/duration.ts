const milliseconds: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** `90s`, `1m30s` and `1m30000ms` are one duration (https://gateway-api.sigs.k8s.io/geps/gep-2257/). What is none stays as it is. */
export function canonicalDuration(text: string): string {
  if (!/^(?:\d{1,5}(?:h|ms|m|s)){1,4}$/u.test(text)) return text;
  let left = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+)(h|ms|m|s)/gu)) left += Number(count) * (milliseconds[unit] ?? 0);
  if (left === 0) return '0s';
  let canonical = '';
  for (const [unit, size] of Object.entries(milliseconds)) {
    const count = Math.floor(left / size);
    if (count > 0) canonical += `${count}${unit}`;
    left -= count * size;
  }
  return canonical;
}
