import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { shells } from '../../src/cli/completion/scripts.ts';
import { cli } from '../support/cli.ts';
import { fakeApi, refuse, type FakeApi, type FakeObject, type Handler } from '../support/fake-api.ts';

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

describe('names of the cluster', () => {
  const open: FakeApi[] = [];
  afterEach(() => open.splice(0).forEach((api) => api.close()));
  const served = async (handler?: Handler): Promise<FakeApi> => {
    const object = (kind: string, name: string, namespace?: string): FakeObject => ({ apiVersion: kind === 'Ingress' ? 'networking.k8s.io/v1' : 'v1', kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } });
    const api = await fakeApi([object('Ingress', 'web', 'shop'), object('Ingress', 'api', 'shop'), object('Ingress', 'portal', 'crm'), object('Namespace', 'shop'), object('Namespace', 'crm')], handler);
    open.push(api);
    return api;
  };
  const asked = async (api: Pick<FakeApi, 'kubeconfig'>, ...words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await cli(['__complete', ...words], undefined, { KUBECONFIG: api.kubeconfig });
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };

  it('are offered from the namespace that the words so far choose, by their metadata alone', async () => {
    const api = await served();
    expect(await asked(api, 'convert', 'ingress', '')).toBe('api\nweb\n:4\n');
    expect(await asked(api, 'convert', 'ingress', '-n', 'crm', '')).toBe('portal\n:4\n');
    expect(await asked(api, 'audit', 'ing/w')).toBe('ing/web\n:0\n');
    expect(await asked(api, 'audit', '--live', '-n', '')).toBe('crm\nshop\n:4\n');
    expect(await asked(api, 'audit', '--context', '')).toBe('fake\n:4\n');
    expect(new Set(api.requests.map(({ accept }) => accept))).toEqual(new Set(['application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1']));
  });

  it('are not asked for where none can stand', async () => {
    const api = await served();
    await asked(api, 'convert', 'man');
    await asked(api, 'convert', '--target', '');
    expect(api.requests).toEqual([]);
  });

  it.each<readonly [string, Handler]>([
    ['refuses', (_request, response) => refuse(response, 403, 'Forbidden', 'no')],
    ['hangs', () => true],
    ['hangs up', (request) => !request.socket.destroy().readable],
  ])('are none when the server %s, and soon', async (_name, handler) => {
    expect(await asked(await served(handler), 'convert', 'ingress', '')).toBe(':4\n');
  });

  it.each([
    ['a kubeconfig that is not there', 'missing', ''],
    ['one that is no YAML', 'broken', 'a: [b'],
    ['a credential plugin that fails', 'plugged', JSON.stringify({ clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:9' } }], users: [{ name: 'u', user: { exec: { command: 'sh', args: ['-c', 'echo no >&2; exit 1'] } } }], contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }], 'current-context': 'x' })],
  ])('are none with %s', (_name, file, text) => {
    const kubeconfig = join(directory, file);
    if (text !== '') writeFileSync(kubeconfig, text);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/kubectl_complete-gwmigrate.js', 'convert', 'ingress', ''], { encoding: 'utf8', env: { KUBECONFIG: kubeconfig, HOME: directory } });
    expect([status, stdout, stderr]).toEqual([0, ':4\n', '']);
  });
});

describe('kubectl', () => {
  it('gets the protocol it knows', () => {
    const { stdout, status } = spawnSync(process.execPath, ['bin/kubectl_complete-gwmigrate.js', 'audit', '--target', ''], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, 'standard\nenvoy-gateway\n:4\n']);
  });
});
