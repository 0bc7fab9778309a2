import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Difference } from '../difference.ts';
import { exitCodes, UsageError } from './exit.ts';
import type { Streams } from './streams.ts';

/** kubectl passes on only arguments of these characters. Source: https://github.com/kubernetes/kubectl/blob/master/pkg/cmd/diff/diff.go */
const argument = /^[a-zA-Z0-9=-]+$/u;

function fileName({ object, existing: [existing] }: Difference['reported']): string {
  const { apiVersion, kind, namespace, name } = object ?? existing ?? { apiVersion: '', kind: '', namespace: '', name: '' };
  return [...apiVersion.split('/'), kind, namespace, name].join('.');
}

/** Two folders with a file for each object that differs, named as kubectl names them. */
async function writeFolders(base: string, differences: readonly Difference[]): Promise<readonly [from: string, to: string]> {
  const folders = [join(base, 'LIVE'), join(base, 'MERGED')] as const;
  for (const folder of folders) await mkdir(folder);
  for (const { reported, texts } of differences) {
    const name = fileName(reported);
    if (texts.before !== '') await writeFile(join(folders[0], name), texts.before);
    if (texts.after !== '') await writeFile(join(folders[1], name), texts.after);
  }
  return folders;
}

async function run(program: string, args: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  const child = spawn(program, args, { stdio: ['inherit', stdout === process.stdout ? 'inherit' : 'pipe', stderr === process.stderr ? 'inherit' : 'pipe'] });
  child.stdout?.pipe(stdout, { end: false });
  child.stderr?.pipe(stderr, { end: false });
  return await new Promise<number>((resolve, reject) => {
    child.on('error', ({ message }) => reject(new UsageError(`KUBECTL_EXTERNAL_DIFF: ${program} cannot be run: ${message}`)));
    child.on('close', (code) => resolve(code ?? exitCodes.bug));
  });
}

/**
 * Shows differences with the program of KUBECTL_EXTERNAL_DIFF, called as `kubectl diff` calls it: program, both folders, then the arguments.
 *
 * @returns 0 or 1, as the program says; more than 1 when it failed
 * @throws UsageError when the program cannot be run
 */
export async function showExternally(command: string, differences: readonly Difference[], streams: Streams): Promise<number> {
  const [program = '', ...args] = command.split(' ');
  const base = await mkdtemp(join(tmpdir(), 'gwmigrate-diff-'));
  try {
    const folders = await writeFolders(base, differences);
    const code = await run(program, [...folders, ...args.filter((text) => argument.test(text))], streams);
    return code > exitCodes.findings ? exitCodes.usage : code;
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}
