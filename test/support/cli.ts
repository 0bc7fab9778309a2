import { PassThrough, Readable, Writable } from 'node:stream';
import { runCli } from '../../src/cli/main.ts';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function sink(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer | string, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

/** Runs the command line in this process: the same code as the executable, without the start-up. */
export async function cli(args: readonly string[], stdin?: string, env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const stdout = sink();
  const stderr = sink();
  const input = stdin === undefined ? new PassThrough().end() : Readable.from([Buffer.from(stdin)]);
  const code = await runCli(['node', 'gwmigrate', ...args], { stdin: input, stdout: stdout.stream, stderr: stderr.stream, env });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}
