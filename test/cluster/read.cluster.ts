import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { applyAll, install } from './apply.ts';
import { crdsOf, startControlPlane, type ClusterObject, type ControlPlane } from './control-plane.ts';
import { world } from './world.ts';

let plane: ControlPlane;

const roles = parseAllDocuments(readFileSync('deploy/clusterrole.yaml', 'utf8')).map((document) => document.toJS() as ClusterObject);
const bound = (user: string, role: string): ClusterObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: `${user}-${role}` },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
});
/** May read one namespace and nothing else of the cluster. */
const teamMember: ClusterObject = { ...bound('member', 'gwmigrate-reader'), kind: 'RoleBinding', metadata: { name: 'member', namespace: 'shop' } };

beforeAll(async () => {
  plane = await startControlPlane();
  await install(plane.server, crdsOf('v1.5.1-standard'));
  await applyAll(plane.server, [...world, ...roles, bound('reader', 'gwmigrate-reader'), bound('auditor', 'gwmigrate-reader'), bound('auditor', 'gwmigrate-secret-names'), teamMember]);
});
afterAll(async () => await plane.stop());

const live = async (...args: readonly string[]) => await cli([...args, '--kubeconfig', plane.kubeconfig]);

interface JsonReport {
  readonly findings: readonly { readonly code: string; readonly message: string }[];
  readonly summary: { readonly ingresses: number };
}

async function audit(...args: readonly string[]): Promise<{ readonly code: number; readonly gaps: readonly string[]; readonly report: JsonReport; readonly text: string }> {
  const { code, stdout } = await live('audit', '--live', '--report', 'json', ...args);
  const report = JSON.parse(stdout) as JsonReport;
  return { code, report, text: stdout, gaps: report.findings.filter(({ code: name }) => name.startsWith('cluster/')).map(({ code: name, message }) => `${name} ${message.split(' ')[0] ?? ''}`) };
}

describe('a real API server', () => {
  it('gives what its context names', async () => {
    const { code, stdout } = await live('convert', '--live', '-n', 'shop', '-o', 'name');
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.startsWith('httproute'))).toEqual(['httproute.gateway.networking.k8s.io/api-example-com', 'httproute.gateway.networking.k8s.io/web-example-com']);
  });

  it('gives all namespaces, with the controller and the ports of the Services', async () => {
    const { code, stdout } = await live('convert', '--live', '-A');
    expect(code).toBe(0);
    expect(stdout.match(/^kind: HTTPRoute$/gmu)).toHaveLength(3);
    expect(stdout).toContain('port: 8080');
    expect(stdout, 'the ConfigMap of the controller switches it off').not.toContain('RequestRedirect');
  });

  it('gives the same bytes every time', async () => {
    expect((await live('convert', '--live', '-A')).stdout).toBe((await live('convert', '--live', '-A')).stdout);
  });

  it('selects by names, labels and fields', async () => {
    const hosts = async (...args: readonly string[]): Promise<readonly string[]> => [...(await live('convert', ...args, '-o', 'name', '-n', 'shop')).stdout.matchAll(/httproute\S*\/(\w+)-example/gu)].map((match) => match[1] ?? '');
    expect(await hosts('ingress/web')).toEqual(['web']);
    expect(await hosts('ing', 'web', 'api')).toEqual(['api', 'web']);
    expect(await hosts('--live', '-l', 'app=api')).toEqual(['api']);
    expect(await hosts('--live', '--field-selector', 'metadata.name=web')).toEqual(['web']);
  });

  it('never sees what is in a Secret', async () => {
    const { text } = await audit('-A');
    expect(text).not.toContain(Buffer.from('the-private-key').toString('base64'));
  });
});

describe('the shipped role', () => {
  it('suffices with --no-secrets', async () => {
    expect(await audit('-A', '--as', 'reader', '--no-secrets')).toMatchObject({ code: 0, gaps: [], report: { summary: { ingresses: 3 } } });
  });

  it('leaves Secrets to the second one', async () => {
    expect(await audit('-A', '--as', 'reader')).toMatchObject({ code: 3, gaps: ['cluster/forbidden secrets'] });
    expect(await audit('-A', '--as', 'auditor')).toMatchObject({ code: 0, gaps: [] });
  });

  it('allows nothing but reading', () => {
    const verbs = roles.flatMap((role) => (role['rules'] as { verbs: string[] }[]).flatMap((rule) => rule.verbs));
    expect(new Set(verbs)).toEqual(new Set(['get', 'list']));
  });
});

describe('a user who may read little', () => {
  it('gets what the namespace holds, and every gap said', async () => {
    const { code, gaps, report } = await audit('-n', 'shop', '--as', 'member', '--no-secrets');
    expect(code).toBe(3);
    expect(report.summary.ingresses).toBe(2);
    expect(gaps).toEqual(['cluster/forbidden customresourcedefinitions.apiextensions.k8s.io', 'cluster/forbidden daemonsets.apps', 'cluster/forbidden deployments.apps', 'cluster/forbidden ingressclasses.networking.k8s.io']);
  });

  it('gets nothing but the gaps when nothing is allowed', async () => {
    const { code, gaps, report } = await audit('--context', 'nobody-token');
    expect({ code, ingresses: report.summary.ingresses }).toEqual({ code: 3, ingresses: 0 });
    expect(gaps).toContain('cluster/forbidden ingresses.networking.k8s.io');
  });

  it('is told when it is nobody at all', async () => {
    const { code, stderr } = await live('audit', '--live', '--context', 'reader-token', '--token', 'wrong');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: the cluster cannot be read: Unauthorized \(context "reader-token", server https:\/\/127\.0\.0\.1:\d+\)\n$/u);
  });
});
