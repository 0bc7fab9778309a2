import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportFormats } from '../../../src/report/registry.ts';
import { targetNames } from '../../../src/targets/names.ts';
import { cli } from '../../support/cli.ts';

/** Texts that no output may hold: what stands behind the start of a hash, what Secrets of other kinds hold, and the same in base64. */
const secret = ['Zm9yYmlk', 'dGVuVmFs', 'aHVzaCE'];
const hashes = [`ann:$apr1$${secret[0] ?? ''}$${secret[1] ?? ''}`, `ben:{SHA}${secret[2] ?? ''}`];
const encoded = Buffer.from(hashes.join('\n')).toString('base64');
const forbidden = [...secret, encoded, encoded.slice(4, 24), ...secret.map((text) => Buffer.from(text).toString('base64').slice(0, 8))];

const prefix = 'nginx.ingress.kubernetes.io';

function ingress(name: string, annotations: Readonly<Record<string, string>>): object {
  const keys = Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${prefix}/${key}`, value]));
  const paths = [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }];
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name, namespace: 'shop', annotations: keys }, spec: { ingressClassName: 'nginx', rules: [{ host: `${name}.example.com`, http: { paths } }] } };
}

const held = (name: string, more: object): object => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'shop' }, ...more });

const input = [
  ingress('file', { 'auth-type': 'basic', 'auth-secret': 'file' }),
  ingress('map', { 'auth-type': 'basic', 'auth-secret': 'map', 'auth-secret-type': 'auth-map' }),
  ingress('digest', { 'auth-type': 'digest', 'auth-secret': 'file' }),
  ingress('tls', { 'auth-tls-secret': 'shop/tls' }),
  held('file', { data: { auth: encoded } }),
  held('map', { stringData: { ann: `$apr1$${secret[0] ?? ''}$${secret[1] ?? ''}`, ben: secret[2] } }),
  held('tls', { type: 'kubernetes.io/tls', data: { 'ca.crt': encoded, 'tls.crt': encoded, 'tls.key': encoded } }),
];

describe('the values of Secrets', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gwmigrate-'));
    writeFileSync(join(folder, 'input.yaml'), input.map((document) => JSON.stringify(document)).join('\n---\n'));
    // A document that cannot be read is named with its place, and never quoted.
    writeFileSync(join(folder, 'broken.yaml'), `apiVersion: v1\nkind: Secret\nmetadata: {name: broken}\nstringData:\n  auth: "${hashes[0] ?? ''}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(targetNames)('reach no output for %s', async (target) => {
    const reports = reportFormats.map((format) => `--report=${format}=${join(folder, `report.${format}`)}`);
    for (const command of ['convert', 'verify']) {
      const { stdout, stderr } = await cli([command, join(folder, 'input.yaml'), join(folder, 'broken.yaml'), `--target=${target}`, ...reports]);
      const written = readdirSync(folder).filter((name) => name.startsWith('report.')).map((name) => readFileSync(join(folder, name), 'utf8'));
      expect(written).toHaveLength(reportFormats.length);
      for (const text of [stdout, stderr, ...written]) for (const part of forbidden) expect(text.includes(part), `${command}: ${part}`).toBe(false);
    }
  });
});
