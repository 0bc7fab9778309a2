import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = load(readFileSync('action.yml', 'utf8')) as Action;

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
  directory = mkdtempSync(join(tmpdir(), 'gwmigrate-action-'));
  mkdirSync(at('repository', 'manifests', 'my apps'), { recursive: true });
  mkdirSync(at('bin'));
  writeFileSync(at('repository', 'manifests', 'my apps', 'ingress.yaml'), ingress);
  // npx as it would run the published package; what it was asked for is kept.
  const npx = `#!/bin/sh
printf '%s\\n' "$@" > "${at('asked')}"
shift # --yes
case "$1" in gwmigrate@* | gwmigrate) shift ;; *) exit 99 ;; esac
exec "${process.execPath}" "${resolve('bin/gwmigrate.js')}" "$@"
`;
  writeFileSync(at('bin', 'npx'), npx);
  chmodSync(at('bin', 'npx'), 0o755);
});
afterAll(() => rmSync(directory, { recursive: true }));

function bash(script: string, env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: at('repository'),
    encoding: 'utf8',
    env: { PATH: `${at('bin')}:${process.env['PATH'] ?? ''}`, ...env },
  });
  return { status, stdout, stderr };
}

/** Runs the steps that hold shell, as the runner does, and gives what they leave behind. */
function runAction(inputs: Readonly<Record<string, string>>) {
  const files = { GITHUB_OUTPUT: at('output'), GITHUB_STEP_SUMMARY: at('summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const outputs = new Map<string, string>();
  const results = action.runs.steps.filter(({ run }) => run !== undefined).map(({ run = '', env = {} }) => {
    const values = Object.entries(env).map(([name, text]): [string, string] => {
      const [, input] = /^\$\{\{ inputs\.([a-z-]+) \}\}$/u.exec(text) ?? [];
      const [, output] = /^\$\{\{ steps\.audit\.outputs\.([a-z-]+) \}\}$/u.exec(text) ?? [];
      return [name, input === undefined ? (outputs.get(output ?? '') ?? '') : (inputs[input] ?? action.inputs[input]?.default ?? 'missing')];
    });
    const result = bash(run, { ...files, RUNNER_TEMP: directory, ...Object.fromEntries(values) });
    for (const line of readFileSync(files.GITHUB_OUTPUT, 'utf8').split('\n').filter((text) => text !== '')) outputs.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1));
    return result;
  });
  return { results, outputs, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') };
}

describe('the GitHub Action', () => {
  it('fails the job at the end, with annotations, SARIF and a summary', () => {
    const { results, outputs, summary } = runAction({});
    expect(results.map(({ status }) => status)).toEqual([0, 1]);
    expect(results[0]?.stdout).toMatch(/^::error file=manifests\/my apps\/ingress\.yaml,line=3/mu);
    expect(JSON.parse(readFileSync(outputs.get('sarif') ?? '', 'utf8'))).toHaveProperty('version', '2.1.0');
    expect(summary).toContain('rate-limit/lost');
    expect(readFileSync(at('asked'), 'utf8')).toContain('gwmigrate@latest\naudit\n');
  });

  it('takes target, level and version', () => {
    const { results } = runAction({ target: 'envoy-gateway', 'fail-on': 'never', version: '0.1.0', paths: 'manifests\n\nmanifests/my apps\n' });
    expect(results.map(({ status }) => status)).toEqual([0, 0]);
    expect(readFileSync(at('asked'), 'utf8')).toContain('gwmigrate@0.1.0\n');
  });

  it('reads gwmigrate.yaml for what no input says', () => {
    writeFileSync(at('repository', 'gwmigrate.yaml'), 'fail-on: never\nfilename: manifests\n');
    expect(runAction({ paths: '' }).results.map(({ status }) => status)).toEqual([0, 0]);
    rmSync(at('repository', 'gwmigrate.yaml'));
  });

  it('ends with the exit code of wrong use, and leaves nothing to upload', () => {
    const { results, outputs } = runAction({ 'fail-on': 'everything' });
    expect(results.map(({ status }) => status)).toEqual([0, 2]);
    expect(outputs.has('sarif')).toBe(false);
  });

  it('never runs an input as code', () => {
    const { results } = runAction({ paths: '$(touch injected)\n`touch injected`\n"; touch injected; "\n', version: '0.1.0' });
    expect(results[1]?.status).toBe(3);
    expect(existsSync(at('repository', 'injected'))).toBe(false);
    for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
  });

  it('uses only inputs it declares, and fails when the audit itself did not end', () => {
    const used = [...readFileSync('action.yml', 'utf8').matchAll(/inputs\.([a-z-]+)/gu)].map((match) => match[1] ?? '');
    expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
    expect(bash(action.runs.steps.at(-1)?.run ?? '', { EXIT_CODE: '' }).status).toBe(70);
  });
});

const yamlBlock = (file: string): unknown => load(/```yaml\n([\s\S]*?)```/u.exec(readFileSync(file, 'utf8'))?.[1] ?? '');

describe('the GitLab snippet', () => {
  it('writes the artifacts it names', () => {
    const { gwmigrate } = yamlBlock('docs/ci/gitlab.md') as { gwmigrate: { script: readonly string[]; artifacts: { paths: readonly string[]; reports: Readonly<Record<string, string>> } } };
    const { status, stdout } = bash(gwmigrate.script.join('\n'), {});
    expect(status).toBe(1);
    expect(stdout).toContain('rate-limit/lost');
    for (const file of [...gwmigrate.artifacts.paths, ...Object.values(gwmigrate.artifacts.reports)]) expect(existsSync(at('repository', file)), file).toBe(true);
  });
});

describe('the documentation of the Action', () => {
  it('uses inputs that exist, and lists them all', () => {
    const workflow = yamlBlock('docs/ci/github.md') as { jobs: { audit: { steps: readonly Step[] } } };
    const names = Object.keys(workflow.jobs.audit.steps.at(-1)?.with ?? {});
    expect(names.filter((name) => !(name in action.inputs))).toEqual([]);
    for (const name of Object.keys(action.inputs)) expect(readFileSync('docs/ci/github.md', 'utf8')).toContain(`| ${name} |`);
  });
});

describe('the pre-commit hook', () => {
  it('runs a command that exists, on the whole repository', () => {
    const [hook] = load(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly { entry: string; args: readonly string[]; pass_filenames: boolean; language: string }[];
    expect(hook).toMatchObject({ language: 'node', pass_filenames: false });
    const { status, stdout } = bash([hook?.entry.replace('gwmigrate', 'npx --yes gwmigrate@local'), ...(hook?.args ?? [])].join(' '), {});
    expect(status).toBe(1);
    expect(stdout).toContain('rate-limit/lost');
  });
});
