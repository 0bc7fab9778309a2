import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

const readme = 'fixtures/scenarios/readme/input.yaml';
const ingress = (path: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;

let directory = '';
const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'gwmigrate-verify-'))));
afterAll(() => rmSync(directory, { recursive: true }));

describe('verify', () => {
  it('shows each cause with a request and a command', async () => {
    const { code, stdout, stderr } = await cli(['verify', readme]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^FAIL .*\n\nDiffers, and findings say so that fail the run\n {2}basic-auth\/lost {2}x\d+\n.*\n.*\n\nDiffers, and findings say so\n/u);
    expect(stdout).toContain('GET http://admin.example.com/   nginx: admin:8080 /   gateway: 500   because basic-auth/lost\n');
    expect(stdout).toContain('curl -sS -o /dev/null -D - --path-as-is --connect-to admin.example.com:80:ADDRESS:80 http://admin.example.com/\n');
    expect(stdout).toMatch(/^Compared {5}\d+ requests: \d+ equal, \d+ explained, 0 unexplained$/mu);
  });

  it('passes when findings that do not fail the run explain every difference, or the loss is accepted', async () => {
    expect((await cli(['verify', file('plain.yaml', ingress('/'))])).code).toBe(0);
    expect((await cli(['verify', readme, '--accept', 'basic-auth/lost', '--accept', 'path/escaped-slash-near-protection'])).code).toBe(0);
    expect((await cli(['verify', readme, '--fail-on', 'any'])).code).toBe(1);
    expect((await cli(['verify', readme, '--fail-on', 'never'])).code).toBe(0);
  });

  it('says what it could not read, where the exit code is about that', async () => {
    const { code, stdout } = await cli(['verify', file('broken.yaml', `${ingress('/')}---\nkind: Ingress\nmetadata: [\n`)]);
    expect(code).toBe(3);
    expect(stdout).toContain('every difference is explained, 1 document unreadable\n\nLeft out of the input, or read with a doubt\n  input/unreadable-yaml\n');
  });

  it('compares no more requests than it may', async () => {
    expect((await cli(['verify', readme, '--requests', '20'])).stdout).toContain('Compared     20 requests:');
    expect((await cli(['verify', readme, '--requests', '0'])).code).toBe(2);
  });

  it('gives the same bytes each time', async () => {
    expect((await cli(['verify', readme])).stdout).toBe((await cli(['verify', readme])).stdout);
  });

  it('writes divergences to the schema of the report', async () => {
    const { stdout } = await cli(['verify', readme, '--report', 'json']);
    const report: unknown = JSON.parse(stdout);
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    const schema: unknown = JSON.parse(readFileSync('schemas/report.v1.schema.json', 'utf8'));
    if (typeof schema !== 'object' || schema === null) throw new Error('no schema');
    const valid = ajv.validate(schema, report);
    expect(ajv.errorsText()).toBe('No errors');
    expect(valid).toBe(true);
    expect(report).toMatchObject({ summary: { requests: { unexplained: 0 } }, divergences: expect.arrayContaining([expect.objectContaining({ explainedBy: ['basic-auth/lost'] })]) as unknown });
  });
});

describe('verify --routes', () => {
  const route = (path: string, service: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: edge }]
  hostnames: [shop.example.com]
  rules: [{ matches: [{ path: { type: PathPrefix, value: ${path} } }], backendRefs: [{ name: ${service}, port: 80 }] }]
`;
  it('reviews routes of any origin', async () => {
    const input = file('input.yaml', ingress('/api'));
    const good = await cli(['verify', input, '--routes', file('good.yaml', route('/api', 'web'))]);
    expect({ code: good.code, unexplained: / (\d+) unexplained/u.exec(good.stdout)?.[1] }).toEqual({ code: 0, unexplained: '0' });
    const bad = await cli(['verify', input, '--routes', file('bad.yaml', route('/', 'other'))]);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('GET http://shop.example.com/api   nginx: web:80 /api   gateway: other:80 /api   unexplained: backend');
  });

  it('lets no declared loss of the conversion excuse routes that are open', async () => {
    const guarded = ingress('/').replace('namespace: shop', 'namespace: shop, annotations: { nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8 }');
    const { code, stdout } = await cli(['verify', file('guarded.yaml', guarded), '--routes', file('open.yaml', route('/', 'web'))]);
    expect(code).toBe(1);
    expect(stdout).toContain('unexplained: guard-lost address-list');
  });

  it.each([
    ['missing.yaml', undefined],
    ['broken.yaml', 'kind: [HTTPRoute'],
    ['none.yaml', 'kind: Service\napiVersion: v1\nmetadata: {name: x}\nspec: {}\n'],
  ])('refuses %s', async (name, text) => {
    const routes = text === undefined ? join(directory, name) : file(name, text);
    const { code, stderr } = await cli(['verify', readme, '--routes', routes]);
    expect(code).toBe(2);
    expect(stderr).toContain('--routes');
  });
});

describe('convert', () => {
  it('counts a quick comparison, and leaves it out when asked', async () => {
    expect((await cli(['convert', readme])).stderr).toMatch(/^Verified {5}200 requests: .* 0 unexplained$/mu);
    expect((await cli(['convert', readme, '--no-verify'])).stderr).not.toContain('Verified');
  });
});
