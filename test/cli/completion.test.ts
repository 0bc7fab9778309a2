import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shells } from '../../src/cli/completion/scripts.ts';
import { cli } from '../support/cli.ts';

let directory = '';

/** `gwmigrate` on the PATH, and a folder with a file to complete. */
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gwmigrate-completion-'));
  const program = join(directory, 'gwmigrate');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${resolve('bin/gwmigrate.js')}" "$@"\n`);
  chmodSync(program, 0o755);
  mkdirSync(join(directory, 'work'));
  writeFileSync(join(directory, 'work', 'manifests.yaml'), '');
});
afterAll(() => rmSync(directory, { recursive: true }));

function shell(command: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd: join(directory, 'work'),
    encoding: 'utf8',
    env: { PATH: `${directory}:${process.env['PATH'] ?? ''}`, HOME: directory, TERM: 'dumb' },
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

const has = (command: string): boolean => spawnSync(command, ['-c', 'exit'], { encoding: 'utf8' }).status === 0;

/** What a user types, and something that must and must not be offered. */
const lines: readonly (readonly [string, string, string])[] = [
  ['gwmigrate ', 'convert', 'manifests.yaml'],
  ['gwmigrate audit --targ', '--target', '--fail-on'],
  ['gwmigrate audit --target ', 'envoy-gateway', 'manifests.yaml'],
  ['gwmigrate audit --accept rate-limit/l', 'rate-limit/lost', 'basic-auth/lost'],
  ['gwmigrate explain basic-auth/lo', 'basic-auth/lost', 'rate-limit/lost'],
  ['gwmigrate convert man', 'manifests.yaml', 'convert'],
];

describe('the script for', () => {
  it.each(shells)('%s is printed', async (name) => {
    const { code, stdout } = await cli(['completion', name]);
    expect(code).toBe(0);
    expect(stdout).toContain('gwmigrate __complete');
    expect(stdout).not.toContain('undefined');
  });

  it('any other shell is a usage error', async () => {
    const { code, stderr } = await cli(['completion', 'tcsh']);
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish, powershell');
  });
});

describe.skipIf(!has('bash'))('bash', () => {
  /** As readline does: words are cut at `=` as well. */
  const offered = (line: string): string =>
    shell('bash', [
      '--norc',
      '-c',
      `source <(gwmigrate completion bash)
       read -r -a COMP_WORDS <<< "$(sed 's/=/ = /g' <<< "$1")"
       [[ $1 == *' ' ]] && COMP_WORDS+=('')
       COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
       _gwmigrate
       printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      line,
    ]);

  it.each(lines)('%j', (line, wanted, unwanted) => {
    const values = offered(line).split('\n');
    expect(values).toContain(wanted);
    expect(values).not.toContain(unwanted);
  });

  it('completes behind an equals sign', () => {
    expect(offered('gwmigrate audit --target=e').trim()).toBe('envoy-gateway');
    expect(offered('gwmigrate audit --target=').split('\n')).toContain('standard');
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  it.each([...lines, ['gwmigrate audit --target=e', '--target=envoy-gateway', 'standard'] as const])('%j', (line, wanted, unwanted) => {
    const values = shell('fish', ['--no-config', '-c', `gwmigrate completion fish | source; complete -C ${JSON.stringify(line)}`]).split('\n').map((row) => row.split('\t')[0]);
    expect(values).toContain(wanted);
    expect(values).not.toContain(unwanted);
  });
});

describe.skipIf(!has('zsh'))('zsh', () => {
  /** What the script hands to the completion system, whose widgets work at a terminal only. */
  const offered = (line: string): readonly string[] =>
    shell('zsh', [
      '-f',
      '-c',
      `compdef() { print -r -- "registered $*" }
       _describe() { print -rl -- "\${(@P)3}" }
       compset() { PREFIX=\${PREFIX#*=} }
       _files() { print -rl -- *(N) }
       source <(gwmigrate completion zsh)
       words=("\${(@z)1}")
       [[ $1 == *' ' ]] && words+=('')
       CURRENT=$#words
       _gwmigrate`,
      'zsh',
      line,
    ]).split('\n');

  it.each([...lines, ['gwmigrate audit --target=e', '--target=envoy-gateway', 'standard'] as const])('%j', (line, wanted, unwanted) => {
    const rows = offered(line);
    expect(rows[0]).toBe('registered _gwmigrate gwmigrate');
    const values = rows.slice(1).map((row) => row.split(':')[0]);
    expect(values).toContain(wanted);
    expect(values).not.toContain(unwanted);
  });
});

describe('kubectl', () => {
  it('gets the protocol it knows', () => {
    const { stdout, status } = spawnSync(process.execPath, ['bin/kubectl_complete-gwmigrate.js', 'audit', '--target', ''], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, 'standard\nenvoy-gateway\n:4\n']);
  });
});
