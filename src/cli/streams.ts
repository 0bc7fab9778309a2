import type { Writable } from 'node:stream';

/** What a command may touch of the process; tests pass their own. */
export interface Streams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Today as YYYY-MM-DD; read from the clock when absent. */
  readonly today?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Writes all of it, waiting for slow readers. A reader that went away (`| head`) is no error. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (text === '') return;
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
      if (error && error.code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}

/** Colour on a terminal only; NO_COLOR (no-color.org) and --no-color win over FORCE_COLOR. */
export function wantsColour(stream: { readonly isTTY?: boolean }, env: Streams['env'], flag: boolean): boolean {
  if (!flag || (env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Characters a line of the text report may hold. */
export const reportWidth = 100;
