import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const input = 'fixtures/scenarios/readme/input.yaml';
let directory = '';

beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'gwmigrate-test-'))));
afterEach(() => rmSync(directory, { recursive: true }));

/** The executable with a cache of its own. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = { XDG_CACHE_HOME: directory }, program = 'bin/gwmigrate.js') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', ...env } });
  return { status, stdout, stderr };
}

const folder = (): string => join(directory, 'gwmigrate');
const fileOf = (command: string): string => {
  const found = readdirSync(folder()).filter((name) => name.startsWith(`${command}-`));
  expect(found).toHaveLength(1);
  return join(folder(), found[0] ?? '');
};

describe('compiled code of an earlier run', () => {
  it('is kept for the user alone, one file for each command, and written once', () => {
    const first = run(['convert', input]);
    const file = fileOf('convert');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { ino } = statSync(file);
    expect(run(['convert', input])).toEqual(first);
    expect(statSync(file).ino).toBe(ino);
    run(['--version']);
    expect(readdirSync(folder())).toHaveLength(2);
  });

  it('grows by what a command loads for the first time', () => {
    run(['convert', input]);
    const { size } = statSync(fileOf('convert'));
    run(['convert', '-o', 'json', '--target', 'envoy-gateway', input]);
    expect(statSync(fileOf('convert')).size).toBeGreaterThan(size);
  });

  it.each([
    ['cut', (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length >> 1)],
    ['changed', (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, -1000), Buffer.alloc(1000, 0xff)])],
    ['emptied', (): Buffer => Buffer.alloc(0)],
    ['foreign', (): Buffer => Buffer.from('not a cache\n')],
  ])('is not used once it is %s, and is written anew', (_name, spoil) => {
    const good = run(['convert', input]);
    const file = fileOf('convert');
    const whole = readFileSync(file);
    writeFileSync(file, spoil(whole));
    expect(run(['convert', input])).toEqual(good);
    expect(readFileSync(file).length).toBeGreaterThan(whole.length >> 1);
  });

  it('of another text is not used: the names of files go by their contents', () => {
    cpSync('bin', join(directory, 'bin'), { recursive: true });
    cpSync('dist', join(directory, 'dist'), { recursive: true });
    copyFileSync('package.json', join(directory, 'package.json'));
    const program = join(directory, 'bin/gwmigrate.js');
    expect(run(['--version'], undefined, program).stdout).toMatch(/^\d/u);
    const [, chunk = ''] = /require\('(.*)'\)/u.exec(readFileSync(join(directory, 'dist/cli.cjs'), 'utf8')) ?? [];
    // As after an upgrade: the entry is as long as it was, and V8 compares no more than that.
    const changed = chunk.replace(/.{8}(?=\.cjs$)/u, 'Changed0');
    writeFileSync(join(directory, 'dist', changed), "exports.main = () => console.log('another text');\n");
    writeFileSync(join(directory, 'dist/cli.cjs'), readFileSync(join(directory, 'dist/cli.cjs'), 'utf8').replace(chunk, changed));
    expect(run(['--version'], undefined, program).stdout).toBe('another text\n');
  });

  it('is not needed: nothing is written where nothing may be', () => {
    const good = run(['convert', input]);
    rmSync(folder(), { recursive: true });
    expect(run(['convert', input], { NODE_DISABLE_COMPILE_CACHE: '1', XDG_CACHE_HOME: directory })).toEqual(good);
    expect(readdirSync(directory)).toEqual([]);
    expect(run(['convert', input], {})).toEqual(good);
    writeFileSync(folder(), 'in the way');
    expect(run(['convert', input])).toEqual(good);
  });

  it('lies where NODE_COMPILE_CACHE says', () => {
    run(['--version'], { NODE_COMPILE_CACHE: directory, XDG_CACHE_HOME: join(directory, 'other') });
    expect(readdirSync(directory)).toEqual(['gwmigrate']);
  });

  it.runIf(process.getuid?.() === 0)("is not taken from another user's file, since it is executed", () => {
    run(['--version']);
    const file = fileOf('other');
    const { ino } = statSync(file);
    spawnSync('chown', ['65534', file]);
    chmodSync(file, 0o644);
    expect(run(['--version']).status).toBe(0);
    expect(statSync(file).ino).not.toBe(ino);
  });
});
