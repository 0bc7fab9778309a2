import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findConfig } from '../../src/cli/config/find.ts';
import { cli } from '../support/cli.ts';

const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: search, namespace: shop, annotations: { nginx.ingress.kubernetes.io/limit-rps: "10" } }
spec:
  ingressClassName: nginx
  rules:
  - host: search.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: search, port: { number: 80 } } } }] }
`;

let directory = '';
const at = (...names: readonly string[]): string => join(directory, ...names);
beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'gwmigrate-config-')));
  mkdirSync(at('repository', '.git'), { recursive: true });
  mkdirSync(at('repository', 'apps', 'shop'), { recursive: true });
  writeFileSync(at('repository', 'apps', 'shop', 'ingress.yaml'), ingress);
});
afterAll(() => rmSync(directory, { recursive: true }));

/** A configuration in a folder of its own, beside the Ingress. */
function config(name: string, text: string): string {
  mkdirSync(at(name), { recursive: true });
  writeFileSync(at(name, 'ingress.yaml'), ingress);
  writeFileSync(at(name, 'gwmigrate.yaml'), text);
  return at(name, 'gwmigrate.yaml');
}

/** The built executable, in a folder. */
function gwmigrate(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('bin/gwmigrate.js'), ...args], { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } });
  return { code: status, stdout, stderr };
}

describe('the configuration file', () => {
  it('is found in the nearest directory above, within the repository', () => {
    const deep = at('repository', 'apps', 'shop');
    expect(findConfig(deep)).toBeUndefined();
    writeFileSync(at('gwmigrate.yaml'), '');
    expect(findConfig(deep)).toBeUndefined();
    writeFileSync(at('repository', 'gwmigrate.yaml'), 'fail-on: never\n');
    expect(findConfig(deep)).toBe(at('repository', 'gwmigrate.yaml'));
    rmSync(at('gwmigrate.yaml'));
  });

  it('takes effect without being named, and says so on stderr', () => {
    writeFileSync(at('repository', 'gwmigrate.yaml'), 'fail-on: never\n');
    const cwd = at('repository', 'apps', 'shop');
    const found = gwmigrate(cwd, 'audit', 'ingress.yaml');
    expect([found.code, found.stderr]).toEqual([0, 'configuration: ../../gwmigrate.yaml\n']);
    expect(gwmigrate(cwd, 'audit', 'ingress.yaml', '--no-config').code).toBe(1);
    expect(gwmigrate(cwd, 'audit', 'ingress.yaml', '--fail-on', 'security').code).toBe(1);
  });

  it('names files from its own directory', () => {
    writeFileSync(at('repository', 'gwmigrate.yaml'), 'filename: apps\nrecursive: true\nreport: json=report.json\nbaseline: baseline.json\n');
    const cwd = at('repository', 'apps', 'shop');
    expect(gwmigrate(cwd, 'audit', '--update-baseline').code).toBe(0);
    expect(readFileSync(at('repository', 'report.json'), 'utf8')).toContain('"file": "../../apps/shop/ingress.yaml"');
    expect(readFileSync(at('repository', 'baseline.json'), 'utf8')).toContain('rate-limit/lost');
    rmSync(at('repository', 'gwmigrate.yaml'));
  });

  it('gives every kind of value, and lists what the command line does not replace', async () => {
    const file = config('values', 'target: envoy-gateway\nexisting-gateway: true\ngateway: infra/edge\ningress-class: [nginx]\ncolor: false\noutput: name\n');
    const { stdout, stderr } = await cli(['convert', at('values', 'ingress.yaml'), '--config', file]);
    expect(stdout).not.toContain('Gateway/');
    expect(stdout).not.toContain('kind:');
    expect(stderr).toContain('envoy-gateway');
    const other = await cli(['convert', at('values', 'ingress.yaml'), '--config', file, '--target', 'standard', '-o', 'yaml', '--ingress-class', 'other']);
    expect(other.stderr).toContain('1 skipped');
  });

  it('reads numbers as they are written', async () => {
    const file = config('numbers', 'gateway-api-version: 1.10\n');
    expect((await cli(['audit', '-', '--config', file], ingress)).stderr).toContain('1.10');
  });

  it('replaces nothing of the files on the command line', async () => {
    const file = config('files', 'filename: elsewhere.yaml\n');
    expect((await cli(['audit', at('files', 'ingress.yaml'), '--config', file])).code).toBe(1);
    expect((await cli(['audit', '--config', file])).code).toBe(3);
  });

  it.each(['', '# yaml-language-server: $schema=./schema.json\n', '---\n'])('may be empty: %j', async (text) => {
    expect((await cli(['audit', '-', '--config', config('empty', text)], ingress)).code).toBe(1);
  });
});

describe('acceptances of the configuration', () => {
  const code = async (text: string, ...args: readonly string[]): Promise<number> => (await cli(['audit', '-', '--config', config('accept', text), ...args], ingress)).code;

  it.each([
    ['accept: rate-limit/lost\n', 0],
    ['accept: [rate-limit/lost]\n', 0],
    ['accept:\n- rate-limit/lost@shop/search\n', 0],
    ['accept:\n- code: rate-limit/lost\n  object: shop/search\n  reason: the mesh limits it\n  expires: 2999-12-31\n', 0],
    ['accept:\n- code: rate-limit/lost\n  object: shop/other\n', 1],
    ['accept:\n- code: rate-limit/lost\n  expires: 2020-01-31\n', 1],
  ])('%j exits %i', async (text, expected) => {
    expect(await code(text)).toBe(expected);
  });

  it('add to those of the command line', async () => {
    expect(await code('accept: rate-limit/lost\n', '--accept', 'basic-auth/lost')).toBe(0);
  });

  it('are named with their line when they are over or not needed', async () => {
    const file = config('places', 'accept:\n- code: rate-limit/lost\n  expires: 2020-01-31\n- basic-auth/lost\n');
    const { stdout } = await cli(['audit', '-', '--config', file, '--report', 'json'], ingress);
    const { findings } = JSON.parse(stdout) as { findings: readonly { code: string; location?: { file: string; line: number } }[] };
    expect(findings.filter((finding) => finding.code.startsWith('acceptance/')).map((finding) => [finding.code, finding.location?.line])).toEqual([
      ['acceptance/expired', 2],
      ['acceptance/unused', 4],
    ]);
  });
});

/** Refused by the reader, with place and reason; and by the schema, unless only the command line can tell. */
const wrong: readonly (readonly [string, string, 'schema' | 'reader'])[] = [
  ['fail-onn: any\n', ':1:1: there is no option "fail-onn"; did you mean "fail-on"?', 'schema'],
  ['target: standard\nfailOn: any\n', ':2:1: there is no option "failOn"; did you mean "fail-on"?', 'schema'],
  ['update-baseline: true\n', ':1:1: there is no option "update-baseline"', 'schema'],
  ['config: other.yaml\n', ':1:1: there is no option "config"', 'schema'],
  ['fail-on: everything\n', ':1:1: fail-on: "everything" is not allowed', 'schema'],
  ['fail-on: [any]\n', ':1:1: fail-on is a single text', 'schema'],
  ['recursive: sure\n', ':1:1: recursive is true or false', 'schema'],
  ['report: pdf\n', ':1:1: report: "pdf" is not allowed', 'reader'],
  ['report:\n- text\n- json=\n', ':3:3: report: "json=" is not allowed', 'schema'],
  ['ingress-class:\n- a: b\n', ':2:3: ingress-class is a list of texts', 'schema'],
  ['accept:\n- rate-limit\n', ':2:3: accept: "rate-limit" is not allowed', 'schema'],
  ['accept:\n- reason: none\n', ':2:3: an acceptance needs a code', 'schema'],
  ['accept:\n- code: rate-limit/lost\n  until: 2027-01-31\n', ':3:3: there is no field of an acceptance "until"', 'schema'],
  ['accept:\n- code: rate-limit/lost\n  expires: 2027-02-30\n', ':3:3: expires: "2027-02-30" is no day', 'reader'],
  ['accept:\n- code: rate-limit/lost\n  object: search\n', ':2:3: accept: "rate-limit/lost@search" is not allowed', 'schema'],
  ['- fail-on\n', ':1:1: a configuration is a map', 'schema'],
  ['fail-on: any\nfail-on: never\n', ':2:1: ', 'reader'],
  ['fail-on: [any\n', 'gwmigrate.yaml:', 'reader'],
  ['fail-on: any\n---\nfail-on: never\n', 'a configuration is a single document', 'reader'],
];

describe('a wrong configuration', () => {
  it.each(wrong)('%j', async (text, message) => {
    const { code, stdout, stderr } = await cli(['audit', '-', '--config', config('wrong', text)], ingress);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('that was named must exist', async () => {
    const { code, stderr } = await cli(['audit', '-', '--config', at('absent.yaml')], ingress);
    expect(code).toBe(2);
    expect(stderr).toContain('absent.yaml');
  });
});

describe('the published schema', () => {
  let validate: ValidateFunction;
  beforeAll(() => {
    const schema = JSON.parse(readFileSync('schemas/config.v1.schema.json', 'utf8')) as object;
    validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);
  });

  it('accepts the example of the README, as the reader does', async () => {
    const text = /```yaml\n(# yaml-language-server[\s\S]*?)```/u.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
    expect(text).toContain('accept:');
    expect(validate(load(text)), JSON.stringify(validate.errors)).toBe(true);
    writeFileSync(join(config('readme', text), '..', '.gwmigrate-baseline.json'), '{"version":1,"findings":[]}');
    expect((await cli(['audit', '-', '--config', at('readme', 'gwmigrate.yaml')], ingress)).code).toBeLessThan(2);
  });

  it.each(wrong.filter(([, , by]) => by === 'schema'))('refuses %j', (text) => {
    expect(validate(load(text))).toBe(false);
  });

  it.each([
    'fail-on: lossy\ntarget: envoy-gateway\nreport: [text, sarif=out.sarif]\nfilename: manifests\nrecursive: true\n',
    'accept:\n- rate-limit/lost@shop/search\n- code: basic-auth/lost\n  object: shop/admin\n  reason: the proxy asks\n  expires: "2027-01-31"\n',
    'gateway-api-version: 1.5\ncolor: false\nbaseline: .gwmigrate-baseline.json\n',
  ])('accepts %j, as the reader does', async (text) => {
    expect(validate(load(text)), JSON.stringify(validate.errors)).toBe(true);
    writeFileSync(at('.gwmigrate-baseline.json'), '{"version":1,"findings":[]}');
    const file = config('good', text.replace('.gwmigrate-baseline.json', '../.gwmigrate-baseline.json'));
    expect((await cli(['audit', '-', '--config', file], ingress)).code).toBeLessThan(2);
  });
});
