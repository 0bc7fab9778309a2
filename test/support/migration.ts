import type { ConvertOptions } from '../../src/convert.ts';
import { execute, type RunResult } from '../../src/cli/run.ts';
import type { RunFlags } from '../../src/cli/options.ts';
import { Command } from 'commander';
import { addRunOptions } from '../../src/cli/options.ts';
import { Readable, Writable } from 'node:stream';

const nowhere = new Writable({
  write(_chunk, _encoding, done) {
    done();
  },
});

/** The pipeline's result for command-line arguments and, for `-`, a text. */
export async function run(args: readonly string[], stdin = '', verify?: ConvertOptions['verify']): Promise<RunResult> {
  const command = addRunOptions(new Command()).argument('[files...]').exitOverride();
  command.parse([...args], { from: 'user' });
  const streams = { stdin: Readable.from([Buffer.from(stdin)]), stdout: nowhere, stderr: nowhere, env: {} };
  return await execute(command.args, command.opts<RunFlags>(), streams, verify);
}

/** The pipeline's result for one text. */
export async function runText(text: string, ...args: readonly string[]): Promise<RunResult> {
  return await run(['-', ...args], text);
}
