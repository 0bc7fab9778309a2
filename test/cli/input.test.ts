import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

const good = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;

let directory = '';
const file = (name: string): string => join(directory, name);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gwmigrate-input-'));
  writeFileSync(file('good.yaml'), good);
  writeFileSync(file('binary.yaml'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]));
  writeFileSync(file('huge.yaml'), '');
  truncateSync(file('huge.yaml'), 200 * 2 ** 20);
  writeFileSync(file('long.yaml'), `${good}---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: long\n  annotations:\n    x: "\\n${'x'.repeat(40 * 2 ** 20)}"\n`);
  mkdirSync(file('empty'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('input that cannot be read', () => {
  it.each([
    ['input/cannot-open', 'missing.yaml'],
    ['input/no-manifests', 'empty'],
    ['input/file-too-large', 'huge.yaml'],
    ['input/not-text', 'binary.yaml'],
  ])('%s: the other inputs are converted, and the exit code is 3', async (code, name) => {
    const { code: exit, stdout, stderr } = await cli(['convert', file(name), file('good.yaml')]);
    expect(exit).toBe(3);
    expect(stderr).toContain(code);
    expect(stdout).toContain('shop.example.com');
  });

  it('input/document-too-large: its neighbour in the file is converted', async () => {
    const { code, stdout, stderr } = await cli(['convert', file('long.yaml')]);
    expect(code).toBe(3);
    expect(stderr).toContain('input/document-too-large');
    expect(stdout).toContain('shop.example.com');
  });
});
