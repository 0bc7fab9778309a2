import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

const input = 'fixtures/scenarios/readme/input.yaml';
let directory = '';

beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'gwmigrate-test-'))));
afterAll(() => rmSync(directory, { recursive: true }));

/** The built executable, as a user runs it. */
function gwmigrate(args: readonly string[], options: { readonly input?: string; readonly env?: Readonly<Record<string, string>>; readonly argv0?: string } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [options.argv0 ?? 'bin/gwmigrate.js', ...args], {
    encoding: 'utf8',
    input: options.input ?? '',
    env: { PATH: process.env['PATH'] ?? '', ...options.env },
  });
  return { code: status, stdout, stderr };
}

const golden = (result: { readonly code: number | null; readonly stdout: string; readonly stderr: string }): string =>
  `exit ${result.code}\n--- stdout\n${result.stdout}--- stderr\n${result.stderr}`;

const clean = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;

describe('the executable', () => {
  it.each([
    ['help', ['--help']],
    ['convert-help', ['convert', '--help']],
    ['no-input', ['convert']],
    ['unknown-option', ['convert', '--nope']],
    ['unknown-command', ['transform']],
    ['wrong-output', ['convert', '-o', 'xml', input]],
    ['wrong-report', ['audit', '--report', 'pdf', input]],
    ['wrong-accept', ['audit', '--accept', 'everything', input]],
    ['wrong-version', ['audit', '--gateway-api-version', '0.9', input]],
    ['missing-file', ['convert', 'does-not-exist.yaml']],
    ['convert-readme', ['convert', input]],
    ['audit-readme', ['audit', input]],
    ['audit-never', ['audit', '--fail-on', 'never', input]],
    ['names', ['convert', '-o', 'name', input]],
    ['explain-code', ['explain', 'basic-auth/lost']],
    ['explain-annotation', ['explain', 'nginx.ingress.kubernetes.io/auth-url']],
    ['explain-typo', ['explain', 'proxy-body-sise']],
    ['targets', ['targets', 'envoy-gateway']],
  ])('%s', async (name, args) => {
    await expect(golden(gwmigrate(args))).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('reads standard input and keeps stdout for manifests', async () => {
    await expect(golden(gwmigrate(['convert', '-'], { input: clean }))).toMatchFileSnapshot('golden/stdin.txt');
  });

  it('speaks of kubectl when it runs as a plugin', () => {
    const link = join(directory, 'kubectl-gwmigrate');
    writeFileSync(link, `import '${join(process.cwd(), 'bin/gwmigrate.js')}';\n`);
    expect(gwmigrate(['--help'], { argv0: link }).stdout).toContain('Usage: kubectl gwmigrate');
  });

  it('has colour only when asked', () => {
    const escape = '\u001b[';
    expect(gwmigrate(['audit', input]).stdout).not.toContain(escape);
    expect(gwmigrate(['audit', input], { env: { FORCE_COLOR: '1' } }).stdout).toContain(escape);
    expect(gwmigrate(['audit', input], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).not.toContain(escape);
    expect(gwmigrate(['audit', '--no-color', input], { env: { FORCE_COLOR: '1' } }).stdout).not.toContain(escape);
  });

  it('survives a reader that goes away', () => {
    const { status, stderr } = spawnSync('/bin/sh', ['-c', `${process.execPath} bin/gwmigrate.js convert ${input} 2>/dev/null | head -1`], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('convert', () => {
  it('exits 0 with nothing lost', async () => {
    const { code, stdout } = await cli(['convert', '-'], clean);
    expect(code).toBe(0);
    expect(stdout).toContain('kind: HTTPRoute');
  });

  it('exits 3 when something is unreadable, and converts the rest', async () => {
    const { code, stdout, stderr } = await cli(['convert', '-'], `${clean}---\nkind: Ingress\n  broken: [\n`);
    expect(code).toBe(3);
    expect(stdout).toContain('shop.example.com');
    expect(stderr).toMatch(/-:\d+:\d+/u);
  });

  it('opens a rule when the one loss that closed it is accepted by name, and only then', async () => {
    const closed = await cli(['convert', input]);
    const other = await cli(['convert', input, '--accept', 'basic-auth/lost@shop/checkout']);
    const opened = await cli(['convert', input, '--accept', 'basic-auth/lost@shop/admin']);
    const backend = /name: admin\n\s+port: 8080|port: 8080/u;
    expect([closed.code, other.code, opened.code]).toEqual([1, 1, 0]);
    expect(closed.stdout).not.toMatch(backend);
    expect(other.stdout).not.toMatch(backend);
    expect(opened.stdout).toMatch(backend);
  });

  it('writes one file per object with --output-dir, and the same ones again', async () => {
    const target = join(directory, 'out');
    await cli(['convert', input, '--output-dir', target]);
    const names = readdirSync(target).sort();
    expect(names.length).toBeGreaterThan(2);
    const before = names.map((name) => readFileSync(join(target, name), 'utf8'));
    await cli(['convert', input, '--output-dir', target]);
    expect(readdirSync(target).sort().map((name) => readFileSync(join(target, name), 'utf8'))).toEqual(before);
  });

  it('writes the manifests to --output-file and nothing to stdout', async () => {
    const file = join(directory, 'routes.yaml');
    const { stdout } = await cli(['convert', input, '--output-file', file]);
    expect(stdout).toBe('');
    expect(readFileSync(file, 'utf8')).toContain('kind: HTTPRoute');
  });

  it('takes the Gateway that exists', async () => {
    const { stdout } = await cli(['convert', input, '--gateway', 'infra/edge', '--existing-gateway']);
    expect(stdout).not.toContain('kind: Gateway\n');
    expect(stdout).toContain('name: edge');
    expect((await cli(['convert', input, '--existing-gateway'])).code).toBe(2);
  });
});

describe('reports', () => {
  it('follow the published schema', async () => {
    const { stdout } = await cli(['audit', input, '--report', 'json']);
    const { Ajv2020 } = await import('ajv/dist/2020.js');
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(readFileSync('schemas/report.v1.schema.json', 'utf8')) as object);
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('go to files, several at once, beside the text', async () => {
    const file = join(directory, 'report.json');
    const { stdout } = await cli(['audit', input, '--report', `json=${file}`]);
    expect(stdout).toContain('Ingresses');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('schemaVersion', '1');
  });

  it('fit 100 columns and stay short when all is well', async () => {
    const { stdout } = await cli(['audit', '-'], clean);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(25);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  });
});
