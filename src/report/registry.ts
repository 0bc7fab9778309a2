import type { Reporter } from './define.ts';

/** Lazily, as a run needs one or two of them. */
const reporters: Readonly<Record<string, () => Promise<Reporter>>> = {
  json: async () => (await import('./json.ts')).json,
  text: async () => (await import('./text.ts')).text,
};

export const reportFormats: readonly string[] = Object.keys(reporters);

/** Undefined for a format there is none of. */
export async function loadReporter(format: string): Promise<Reporter | undefined> {
  return await reporters[format]?.();
}
