const units = [
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
] as const;

/** A size as people write it: `50 MiB`; in bytes where no unit divides it. */
export function sizeWords(bytes: number): string {
  for (const [factor, unit] of units) if (bytes >= factor && bytes % factor === 0) return `${bytes / factor} ${unit}`;
  return `${bytes} bytes`;
}
