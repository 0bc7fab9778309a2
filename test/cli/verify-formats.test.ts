import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportFormats } from '../../src/report/registry.ts';
import { cli } from '../support/cli.ts';
import { sarifErrors } from '../support/sarif-schema.ts';
import { parseXml } from '../support/xml.ts';

const readme = 'fixtures/scenarios/readme/input.yaml';
/** Routes that stand open, whatever the Ingress asks for. */
const openRoute = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: admin, namespace: shop }
spec:
  parentRefs: [{ name: edge }]
  hostnames: [admin.example.com]
  rules: [{ backendRefs: [{ name: admin, port: 8080 }] }]
`;

let routes = '';
let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gwmigrate-formats-'));
  routes = join(directory, 'routes.yaml');
  writeFileSync(routes, openRoute);
});
afterAll(() => rmSync(directory, { recursive: true }));

const verified = async (format: string, ...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> => await cli(['verify', readme, '--report', format, '--requests', '120', ...args]);

describe('verify reports in every format', () => {
  it.each(reportFormats)('%s says what differs, why, and how to see it', async (format) => {
    const { code, stdout } = await verified(format);
    expect(code).toBe(1);
    // HTML and XML escape what stands between.
    for (const word of ['basic-auth/lost', 'regex-host/literal', 'admin.example.com', ...(format === 'json' ? [] : ['admin:8080']), ...(format === 'json' || format === 'gitlab' ? [] : ['curl -sS'])]) expect(stdout).toContain(word);
  });

  it.each(reportFormats)('%s says what nothing explains', async (format) => {
    const { code, stdout } = await verified(format, '--routes', routes);
    expect(code).toBe(1);
    expect(stdout).toContain('guard-lost basic-auth');
    if (format !== 'json') expect(stdout).toContain('unexplained');
  });

  it.each(['github', 'gitlab', 'junit', 'markdown', 'sarif'])('%s is what it was', async (format) => {
    await expect((await verified(format)).stdout).toMatchFileSnapshot(`golden/verify.${format}`);
  });

  it('fails in CI exactly what fails the run', async () => {
    const failures = async (...args: readonly string[]): Promise<readonly string[]> => {
      const root = parseXml((await verified('junit', ...args)).stdout);
      return root.children.flatMap((suite) => suite.children.filter(({ children }) => children.some(({ name }) => name === 'failure')).map(({ attributes }) => attributes['name'] ?? ''));
    };
    expect(await failures()).toEqual(['basic-auth/lost']);
    expect(await failures('--accept', 'basic-auth/lost')).toEqual([]);
    expect(await failures('--fail-on', 'never')).toEqual([]);
  });

  it('is valid SARIF, in a category of its own', async () => {
    const log: unknown = JSON.parse((await verified('sarif')).stdout);
    expect(sarifErrors(log)).toEqual([]);
    expect(log).toMatchObject({ runs: [{ automationDetails: { id: 'gwmigrate/verify/standard/' } }] });
  });

  it('has a place for each difference in GitLab', async () => {
    const entries: unknown = JSON.parse((await verified('gitlab')).stdout);
    expect(entries).toEqual(expect.arrayContaining([expect.objectContaining({ check_name: 'verify/explained', severity: 'critical', location: { path: readme, lines: { begin: 29 } } })]));
  });
});
