import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

let directory = '';
const at = (name: string): string => join(directory, name);
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'gwmigrate-baseline-'))));
afterAll(() => rmSync(directory, { recursive: true }));

function ingress(name: string, annotations: readonly string[] = []): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
  annotations:
${['    nginx.ingress.kubernetes.io/limit-rps: "10"', ...annotations.map((line) => `    ${line}`)].join('\n')}
spec:
  ingressClassName: nginx
  rules:
    - host: ${name}.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] }
`;
}

/** A file with an Ingress that loses its rate limit, and the baseline that knows it. */
async function known(name: string): Promise<{ readonly input: string; readonly baseline: string }> {
  const input = at(`${name}.yaml`);
  const baseline = at(`${name}.json`);
  writeFileSync(input, ingress('search'));
  const { code } = await cli(['audit', input, '--baseline', baseline, '--update-baseline']);
  expect(code).toBe(0);
  return { input, baseline };
}

const withExpiry = (file: string, expires: string): void =>
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"rate-limit/lost",', `"rate-limit/lost","expires":"${expires}","reason":"the mesh limits it",`));

describe('a baseline', () => {
  it('lets old findings pass at every level, and says how many there are', async () => {
    const { input, baseline } = await known('old');
    expect((await cli(['audit', input])).code).toBe(1);
    for (const level of ['security', 'lossy', 'any']) expect((await cli(['audit', input, '--baseline', baseline, '--fail-on', level])).code).toBe(0);
    expect((await cli(['audit', input, '--baseline', baseline])).stdout).toMatch(/Accepted\s+\d+ findings, \d+ of them in the baseline/u);
  });

  it('survives moved lines and renamed files', async () => {
    const { baseline } = await known('moved');
    const renamed = at('elsewhere.yaml');
    writeFileSync(renamed, `# a comment\n\n# and another\n${ingress('search', ['example.com/team: search'])}`);
    expect((await cli(['audit', renamed, '--baseline', baseline, '--fail-on', 'lossy'])).code).toBe(0);
  });

  it('fails new findings, and names them alone', async () => {
    const { input, baseline } = await known('new');
    writeFileSync(input, `${ingress('search')}---\n${ingress('checkout')}`);
    const { code, stdout } = await cli(['audit', input, '--baseline', baseline]);
    expect(code).toBe(1);
    expect(stdout).toContain('shop/checkout');
    expect(stdout).not.toContain('shop/search');
  });

  it('opens no rule', async () => {
    const { input, baseline } = await known('closed');
    expect((await cli(['convert', input, '--baseline', baseline])).stdout).not.toContain('backendRefs');
  });

  it('counts entries again when their day is over, and keeps day and reason', async () => {
    const { input, baseline } = await known('expiring');
    withExpiry(baseline, '2999-12-31');
    expect((await cli(['audit', input, '--baseline', baseline])).code).toBe(0);
    withExpiry(baseline, '2020-01-31');
    writeFileSync(baseline, readFileSync(baseline, 'utf8').replaceAll(',"expires":"2999-12-31","reason":"the mesh limits it"', ''));
    const over = await cli(['audit', input, '--baseline', baseline]);
    expect(over.code).toBe(1);
    expect(over.stdout).toContain('baseline/expired');
    expect((await cli(['audit', input, '--baseline', baseline, '--update-baseline'])).code).toBe(1);
    expect(readFileSync(baseline, 'utf8')).toContain('"expires":"2020-01-31","reason":"the mesh limits it"');
  });

  it('names the entries that nothing needs, and forgets them when it is updated', async () => {
    const { input, baseline } = await known('gone');
    writeFileSync(input, ingress('search').replace(/ {2}annotations:\n.*\n/u, ''));
    const { code, stdout } = await cli(['audit', input, '--baseline', baseline]);
    expect(code).toBe(0);
    expect(stdout).toContain('baseline/unused');
    expect(stdout).toContain('rate-limit/lost@shop/search');
    await cli(['audit', input, '--baseline', baseline, '--update-baseline']);
    expect(readFileSync(baseline, 'utf8')).not.toContain('rate-limit/lost');
  });

  it('is the same file for the same findings, one line each', async () => {
    const { input, baseline } = await known('stable');
    const before = readFileSync(baseline, 'utf8');
    await cli(['audit', input, '--baseline', baseline, '--update-baseline']);
    expect(readFileSync(baseline, 'utf8')).toBe(before);
    expect(before.split('\n').filter((line) => line.includes('fingerprint')).length).toBeGreaterThan(1);
  });

  it('forgets nothing when some input could not be read', async () => {
    const { baseline } = await known('partial');
    const before = readFileSync(baseline, 'utf8');
    const { code, stderr } = await cli(['audit', at('missing.yaml'), '--baseline', baseline, '--update-baseline']);
    expect(code).toBe(3);
    expect(stderr).toContain('left as it is');
    expect(readFileSync(baseline, 'utf8')).toBe(before);
  });

  it.each([
    ['there is no baseline', 'absent.json', undefined],
    ['it is no JSON', 'text.json', 'findings: []'],
    ['it holds no list', 'empty.json', '{}'],
    ['its version is 2', 'later.json', '{"version":2,"findings":[]}'],
    ['32 hexadecimal digits', 'short.json', '{"version":1,"findings":[{"fingerprint":"abc"}]}'],
    ['unknown field "until"', 'field.json', `{"version":1,"findings":[{"fingerprint":"${'0'.repeat(32)}","until":"2027-01-31"}]}`],
    ['no day', 'day.json', `{"version":1,"findings":[{"fingerprint":"${'0'.repeat(32)}","expires":"2027-02-30"}]}`],
  ])('that is wrong is a usage error: %s', async (message, name, text) => {
    if (text !== undefined) writeFileSync(at(name), text);
    const { code, stderr, stdout } = await cli(['audit', 'fixtures/scenarios/readme/input.yaml', '--baseline', at(name)]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('must be named to be updated', async () => {
    expect((await cli(['audit', 'fixtures/scenarios/readme/input.yaml', '--update-baseline'])).code).toBe(2);
  });

  it('shows in the JSON report by whom a finding is accepted', async () => {
    const { input, baseline } = await known('json');
    const { stdout } = await cli(['audit', input, '--baseline', baseline, '--report', 'json']);
    expect(stdout).toContain('"acceptedBy": "baseline"');
    const named = await cli(['audit', input, '--accept', 'rate-limit/lost', '--report', 'json']);
    expect(named.stdout).toContain('"acceptedBy": "name"');
  });
});
