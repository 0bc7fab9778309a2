import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { state } from './state.ts';

export const runFolder = join(state, 'run');

export const logOf = (name: string): string => join(runFolder, `${name}.log`);

const running: ChildProcess[] = [];

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a program whose words go to `run/NAME.log`, in a group of its own so that its children end with it. */
export function startProcess(name: string, command: string, args: readonly string[], { cwd = runFolder, env = {} }: ProcessOptions = {}): void {
  mkdirSync(runFolder, { recursive: true });
  const output = openSync(logOf(name), 'w');
  running.push(spawn(command, [...args], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', output, output], detached: true }));
  closeSync(output);
}

export async function stopProcesses(): Promise<void> {
  for (const child of running.splice(0).reverse()) {
    if (child.pid === undefined || child.exitCode !== null) continue;
    const gone = new Promise((done) => child.once('exit', done));
    process.kill(-child.pid, 'SIGTERM');
    await Promise.race([gone, sleep(5000)]);
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  }
}

/** Asks again and again, four times a second. @throws with the end of the log when it never holds */
export async function until(what: string, log: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
  for (let left = seconds * 4; left > 0; left -= 1) {
    if (await holds().catch(() => false)) return;
    await sleep(250);
  }
  throw new Error(`${what} within ${seconds} s: ${readFileSync(logOf(log), 'utf8').slice(-2000)}`);
}
