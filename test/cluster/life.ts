import { expect } from 'vitest';
import { isFields, isList } from '../../src/input/reading.ts';
import { cli } from '../support/cli.ts';
import { applyAll } from './apply.ts';
import type { ClusterObject, ControlPlane } from './control-plane.ts';
import { ingress, ingressClass, namespace, secret, service } from './world.ts';

const group = 'gateway.networking.k8s.io';

interface Report {
  readonly target: { readonly gatewayApiVersion: string; readonly channel: string };
  readonly findings: readonly { readonly code: string }[];
}

function objectsOf(json: string): readonly ClusterObject[] {
  const list: unknown = JSON.parse(json);
  return isFields(list) && isList(list['items']) ? (list['items'] as readonly ClusterObject[]) : [];
}

const condition = (type: string, status: string, reason: string, observedGeneration = 1): object => ({ type, status, reason, message: '', observedGeneration, lastTransitionTime: '2026-01-01T00:00:00Z' });

/** Says for a controller how routes and Gateways are, as one does: by writing their status. */
async function judge({ server }: ControlPlane, objects: readonly ClusterObject[], gateway: readonly object[], route: readonly object[]): Promise<void> {
  for (const { apiVersion, kind, metadata, ['spec']: spec } of objects) {
    const refs = isFields(spec) && isList(spec['parentRefs']) ? spec['parentRefs'] : [];
    const status = kind === 'Gateway' ? { conditions: gateway } : { parents: refs.map((parentRef) => ({ parentRef, controllerName: 'example.com/controller', conditions: route })) };
    const path = `/apis/${apiVersion}/namespaces/${metadata.namespace ?? ''}/${kind.toLowerCase()}s/${metadata.name}/status?fieldManager=controller&force=true`;
    const answer = await server.send({ method: 'PATCH', path, contentType: 'application/apply-patch+yaml', body: JSON.stringify({ apiVersion, kind, metadata: { name: metadata.name }, status }) });
    expect(answer).toMatchObject({ ok: true });
  }
}

/**
 * One team's Ingress from the cluster to routes whose controller is content: converted for what is installed, asked about, compared before and
 * after it is applied, and judged by the status of the objects.
 */
export async function throughLife(plane: ControlPlane, version: string, channel: string): Promise<void> {
  const name = `v${version.replace('.', '-')}`;
  await applyAll(plane.server, [namespace(name), ingressClass, ingress(name, name), service(name, name), secret(`${name}-tls`, name)]);
  const live = ['--live', '-n', name, '--kubeconfig', plane.kubeconfig];
  const codes = async (): Promise<{ readonly code: number; readonly found: readonly string[]; readonly stdout: string }> => {
    const { code, stdout } = await cli(['diff', ...live]);
    return { code, stdout, found: [...new Set([...stdout.matchAll(/status\/[a-z-]+/gu)].map(([found]) => found))].sort() };
  };

  const converted = await cli(['convert', ...live, '--dry-run=server', '-o', 'json', '--report', 'json']);
  const report = JSON.parse(converted.stderr) as Report;
  expect(report.target).toMatchObject({ gatewayApiVersion: version, channel });
  expect(report.findings.filter(({ code }) => code.startsWith('dry-run/'))).toEqual([]);
  expect(converted.code).toBe(0);
  const objects = objectsOf(converted.stdout);
  expect(objects.map(({ kind }) => kind)).toEqual(['Gateway', 'HTTPRoute', 'HTTPRoute']);

  const before = await codes();
  expect(before).toMatchObject({ code: 1, found: [] });
  expect(before.stdout).toContain('3 added');

  await applyAll(plane.server, objects);
  expect(await codes()).toMatchObject({ code: 0, found: ['status/no-controller'] });
  await judge(plane, objects, [condition('Accepted', 'True', 'Accepted'), condition('Programmed', 'False', 'AddressNotAssigned')], [condition('Accepted', 'True', 'Accepted'), condition('ResolvedRefs', 'False', 'BackendNotFound')]);
  expect(await codes()).toMatchObject({ code: 0, found: ['status/not-programmed', 'status/unresolved'] });
  await judge(plane, objects, [condition('Accepted', 'False', 'Invalid')], [condition('Accepted', 'True', 'Accepted', 0), condition('ResolvedRefs', 'True', 'ResolvedRefs', 0)]);
  expect(await codes()).toMatchObject({ code: 0, found: ['status/not-accepted', 'status/outdated'] });
  await judge(plane, objects, [condition('Accepted', 'True', 'Accepted'), condition('Programmed', 'True', 'Programmed')], [condition('Accepted', 'True', 'Accepted'), condition('ResolvedRefs', 'True', 'ResolvedRefs')]);
  const settled = await codes();
  expect(settled).toMatchObject({ code: 0, found: [] });
  expect(settled.stdout).toContain(`OK  nothing differs (3 unchanged)`);
  expect(objects.every(({ apiVersion }) => apiVersion === `${group}/v1`)).toBe(true);
}
