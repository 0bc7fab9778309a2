import type { Reporter } from './define.ts';

/** Lazily, as a run needs one or two of them. */
const reporters: Readonly<Record<string, () => Promise<Reporter>>> = {
  github: async () => (await import('./github.ts')).github,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  html: async () => (await import('./html.ts')).html,
  json: async () => (await import('./json.ts')).json,
  junit: async () => (await import('./junit.ts')).junit,
  markdown: async () => (await import('./markdown.ts')).markdown,
  sarif: async () => (await import('./sarif.ts')).sarif,
  text: async () => (await import('./text.ts')).text,
};

export const reportFormats: readonly string[] = Object.keys(reporters);

/** Undefined for a format there is none of. */
export async function loadReporter(format: string): Promise<Reporter | undefined> {
  return await reporters[format]?.();
}
