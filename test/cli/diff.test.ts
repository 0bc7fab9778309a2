import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

const input = 'fixtures/scenarios/readme/input.yaml';
const handMade = 'test/cli/diff/hand-made.yaml';

let directory = '';
const file = (name: string, text: string, mode = 0o644): string => {
  const path = join(directory, name);
  writeFileSync(path, text, { mode });
  return path;
};

beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'gwmigrate-test-'))));
afterAll(() => rmSync(directory, { recursive: true }));

const golden = ({ code, stdout, stderr }: { readonly code: number; readonly stdout: string; readonly stderr: string }): string => `exit ${code}\n--- stdout\n${stdout}--- stderr\n${stderr}`;

describe('diff', () => {
  it('finds nothing between the conversion and its own output', async () => {
    const own = file('own.yaml', (await cli(['convert', input])).stdout);
    const { code, stdout } = await cli(['diff', input, '--routes', own]);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: 'OK  nothing differs (4 unchanged)' });
  });

  it.each([
    ['diff-hand-made', []],
    ['diff-hide-known', ['--hide-known']],
  ])('%s', async (name, args) => {
    await expect(golden(await cli(['diff', input, '--routes', handMade, ...args]))).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('says all of it as JSON, to a published schema', async () => {
    const { code, stdout } = await cli(['diff', input, '--routes', handMade, '-o', 'json']);
    const document: unknown = JSON.parse(stdout);
    const schema: unknown = JSON.parse(readFileSync('schemas/diff.v1.schema.json', 'utf8'));
    if (typeof schema !== 'object' || schema === null) throw new Error('no schema');
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajv.validate(schema, document);
    expect(ajv.errorsText()).toBe('No errors');
    expect({ code, document }).toMatchObject({ code: 1, document: { schemaVersion: '1', summary: { added: 1, changed: 3, unchanged: 0, extra: 1, known: 1 } } });
  });

  it('says what of the input it could not read, where the exit code is about that', async () => {
    const broken = file('broken.yaml', `${readFileSync(input, 'utf8')}\n---\nkind: Ingress\nmetadata: [\n`);
    const { code, stderr } = await cli(['diff', broken, '--routes', handMade]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Left out of the input, or read with a doubt\n {2}input\/unreadable-yaml\n/u);
  });

  it('needs something readable to compare with', async () => {
    expect((await cli(['diff', input, '--routes', join(directory, 'missing.yaml')])).code).toBe(2);
  });

  it('ends with 3 when some of the input is unreadable', async () => {
    const broken = file('broken.yaml', 'kind: [Ingress');
    expect((await cli(['diff', input, broken, '--routes', handMade])).code).toBe(3);
  });

  it('has colour only when asked', async () => {
    const escape = '\u001b[';
    expect((await cli(['diff', input, '--routes', handMade])).stdout).not.toContain(escape);
    expect((await cli(['diff', input, '--routes', handMade], undefined, { FORCE_COLOR: '1' })).stdout).toContain(`${escape}32m+  gatewayClassName`);
  });

  it('writes reports of the conversion where they are asked for', async () => {
    const report = join(directory, 'report.json');
    await cli(['diff', input, '--routes', handMade, '--report', `json=${report}`]);
    expect(readFileSync(report, 'utf8')).toContain('basic-auth/lost');
  });
});

describe('diff --behaviour', () => {
  it('compares what ingress-nginx and the routes that exist do with requests', async () => {
    const { code, stdout } = await cli(['diff', input, '--behaviour', '--routes', handMade]);
    expect(code).toBe(1);
    expect(stdout).toContain('unexplained: guard-lost basic-auth');
  });
});

describe('KUBECTL_EXTERNAL_DIFF', () => {
  const leftovers = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('gwmigrate-diff-'));
  const withProgram = async (script: string, args = '') => {
    const program = file('program.sh', `#!/bin/sh\n${script}\n`, 0o755);
    return await cli(['diff', input, '--routes', handMade], undefined, { KUBECTL_EXTERNAL_DIFF: `${program}${args}` });
  };

  it('is called with two folders, then with arguments of the characters that kubectl allows', async () => {
    const before = leftovers();
    const { code, stdout, stderr } = await withProgram('basename "$1"; basename "$2"; echo "$3 $4 $5"; ls "$1" "$2" | grep HTTPRoute; exit 1', ' -N --color=never $(id)');
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(0, 3)).toEqual(['LIVE', 'MERGED', '-N --color=never ']);
    expect(stdout).toContain('gateway.networking.k8s.io.v1.HTTPRoute.shop.admin-example-com');
    expect(stderr).toContain('basic-auth/lost');
    expect(leftovers()).toEqual(before);
  });

  it.each([
    ['exit 0', 0],
    ['exit 1', 1],
    ['exit 2', 2],
    ['exit 127', 2],
    ['kill -9 $$', 2],
  ])('decides the exit code: %s', async (script, code) => {
    expect((await withProgram(script)).code).toBe(code);
  });

  it('is named when it cannot be run', async () => {
    const { code, stderr } = await cli(['diff', input, '--routes', handMade], undefined, { KUBECTL_EXTERNAL_DIFF: 'no-such-program -u' });
    expect(code).toBe(2);
    expect(stderr).toContain('KUBECTL_EXTERNAL_DIFF: no-such-program cannot be run');
  });
});
