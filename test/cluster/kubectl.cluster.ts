import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyAll, install } from './apply.ts';
import { crdsOf, startControlPlane, type ControlPlane } from './control-plane.ts';
import { world } from './world.ts';

const without = spawnSync('kubectl', ['version', '--client']).status !== 0;
let plane: ControlPlane;
let path = '';

beforeAll(async () => {
  if (without) return;
  plane = await startControlPlane();
  await install(plane.server, crdsOf('v1.5.1-standard'));
  await applyAll(plane.server, world);
  path = mkdtempSync(join(tmpdir(), 'gwmigrate-path-'));
  // As npm links them, and as the README says for the last one.
  for (const [name, file] of [['kubectl-gwmigrate', 'gwmigrate.js'], ['kubectl_complete-gwmigrate', 'kubectl_complete-gwmigrate.js'], ['kubectl-convert-ingress', 'kubectl-convert-ingress.js']] as const) symlinkSync(resolve('bin', file), join(path, name));
});
afterAll(async () => {
  if (without) return;
  rmSync(path, { recursive: true });
  await plane.stop();
});

function kubectl(args: readonly string[], input = ''): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync('kubectl', args, { encoding: 'utf8', input, env: { PATH: `${path}:${process.env['PATH'] ?? ''}`, KUBECONFIG: plane.kubeconfig, HOME: path } });
  return { code: status, stdout, stderr };
}

describe.skipIf(without)('kubectl', () => {
  it('runs gwmigrate as its plugin, whose help says so', () => {
    expect(kubectl(['gwmigrate', 'convert', '--help']).stdout).toContain('Usage: kubectl gwmigrate convert');
    expect(kubectl(['plugin', 'list']).stdout).toContain('kubectl-gwmigrate');
  });

  it('hands on its own options behind the name', () => {
    const { code, stdout } = kubectl(['gwmigrate', 'convert', 'ingress', 'web', '-n', 'shop', '--context', 'admin', '-o', 'yaml']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^kind: HTTPRoute$/mu);
    expect(kubectl(['apply', '--dry-run=server', '-f', '-'], stdout)).toMatchObject({ code: 0 });
  });

  it('takes KUBECONFIG', () => {
    expect(kubectl(['gwmigrate', 'convert', 'ing/web', '-n', 'shop', '-o', 'name']).stdout).toContain('httproute.gateway.networking.k8s.io/web-example-com');
  });

  it('converts with the line people write, once the shim is there', () => {
    const { code, stdout } = kubectl(['convert', 'ingress', 'web', '-n', 'shop', '--to-httproute', '-o', 'yaml']);
    expect(code).toBe(0);
    expect([...new Set([...stdout.matchAll(/^kind: (.*)$/gmu)].map(([, kind]) => kind))]).toEqual(['HTTPRoute']);
  });

  it.each([
    [['ingress', 'web', '-A']],
    [['ingress', 'web', '-l', 'a=b']],
    [['ingress/web', 'ingress']],
    [['ingress/web/x']],
    [['ingress/']],
  ])('is wrong about %j in the same words as `kubectl get`', (args) => {
    const own = kubectl(['get', ...args]);
    const plugin = kubectl(['gwmigrate', 'convert', ...args]);
    expect(own.code).not.toBe(0);
    expect(plugin).toMatchObject({ code: 2, stdout: '', stderr: own.stderr });
  });

  it.each([[['-l', 'a=(']], [['--field-selector', 'foo=bar']]])('is wrong about %j, as the server says', (args) => {
    const { code, stdout, stderr } = kubectl(['gwmigrate', 'convert', '--live', '-n', 'shop', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(kubectl(['get', 'ingress', '-n', 'shop', ...args]).stderr).toContain(stderr.replace(/^error: /u, '').trim());
  });

  it('completes', () => {
    expect(kubectl(['__complete', 'gwmigrate', 'con']).stdout).toContain('convert');
    // As `kubectl get` does: the last line is a word for the shell.
    const offered = (...words: readonly string[]): readonly string[] => kubectl(['__complete', ...words]).stdout.split('\n').filter((line) => !line.startsWith(':') && line !== '');
    expect(offered('gwmigrate', 'convert', 'ingress', '-n', 'shop', '')).toEqual(offered('get', 'ingress', '-n', 'shop', ''));
    expect(offered('gwmigrate', 'convert', 'ingress', '-n', 'shop', '')).toEqual(['api', 'web']);
    expect(offered('gwmigrate', 'convert', 'ingress', '-n', 's')).toEqual(['shop']);
    expect(offered('gwmigrate', 'convert', 'ingress', '-n', 'shop', '--context', 'nobody-token', '')).toEqual([]);
  });
});
