import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program as a user would, beside the servers of this test. Killed after a minute: it hangs then. */
export async function execute(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const child = spawn(program, args, { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000, killSignal: 'SIGKILL' });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout, stderr };
}

/** Kept from run to run, as a user has it; removed with the other temporary files. */
export const compiled = join(tmpdir(), `gwmigrate-compiled-${String(process.pid)}`);
process.once('exit', () => rmSync(compiled, { recursive: true, force: true }));

/** The built executable; an environment without kubeconfig, unless it names one. */
export async function gwmigrate(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  return await execute(process.execPath, ['bin/gwmigrate.js', ...args], { XDG_CACHE_HOME: compiled, ...env });
}
