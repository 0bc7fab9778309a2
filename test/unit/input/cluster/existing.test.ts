import { afterEach, describe, expect, it } from 'vitest';
import { openCluster } from '../../../../src/input/cluster/client.ts';
import { dryRunApply } from '../../../../src/input/cluster/dry-run.ts';
import { listExisting } from '../../../../src/input/cluster/existing.ts';
import { fakeApi, refuse, type FakeApi, type FakeObject, type Handler } from '../../../support/fake-api.ts';

const open: FakeApi[] = [];
afterEach(() => open.splice(0).forEach((api) => api.close()));

async function serverWith(objects: readonly FakeObject[], handler?: Handler) {
  const api = await fakeApi(objects, handler);
  open.push(api);
  return { api, server: await openCluster({ kubeconfig: api.kubeconfig }, {}) };
}

const route: FakeObject = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'shop', managedFields: [{ manager: 'kubectl' }] }, spec: {}, status: { parents: [] } };

const versions = ['v1', 'v1beta1'];
const kinds: Readonly<Record<string, readonly (readonly [string, string])[]>> = { v1: [['httproutes', 'HTTPRoute'], ['gateways', 'Gateway']], v1beta1: [['httproutes', 'HTTPRoute'], ['referencegrants', 'ReferenceGrant']] };

/** Discovery of the Gateway API, which serves ReferenceGrant in the older version alone. */
const discovery: Handler = (_request, response, { pathname }) => {
  const match = /^\/apis\/gateway\.networking\.k8s\.io\/?(\w*)$/u.exec(pathname);
  if (match === null) return false;
  const version = match[1] ?? '';
  const found = version === '' ? { versions: versions.map((name) => ({ version: name })) } : { resources: (kinds[version] ?? []).flatMap(([name, kind]) => [{ name, kind, namespaced: true, verbs: ['get', 'list'] }, { name: `${name}/status`, kind, namespaced: true, verbs: ['get'] }]) };
  response.end(JSON.stringify(found));
  return true;
};

describe('listExisting', () => {
  it('finds each kind in the version that the server prefers, with status and without managers', async () => {
    const { server } = await serverWith([route], discovery);
    const existing = await listExisting(server);
    expect(existing.types.map(({ version, kind }) => `${version} ${kind}`)).toEqual(['v1 HTTPRoute', 'v1 Gateway', 'v1beta1 ReferenceGrant']);
    expect(existing.objects).toEqual([{ ...route, metadata: { name: 'web', namespace: 'shop' } }]);
    expect(existing.gaps).toEqual([]);
  });

  it('says what it could not read', async () => {
    const { server } = await serverWith([route], (request, response, url) => discovery(request, response, url) || (url.pathname.endsWith('/gateways') && refuse(response, 403, 'Forbidden', 'no')));
    const existing = await listExisting(server, { namespaces: ['shop', 'crm'] });
    expect(existing.objects).toHaveLength(1);
    expect(existing.gaps.map(({ code, args }) => [code, args['where']])).toEqual([['cluster/forbidden', 'in namespace shop'], ['cluster/forbidden', 'in namespace crm']]);
  });

  it('finds nothing where the group is not served', async () => {
    const { server } = await serverWith([]);
    expect(await listExisting(server)).toEqual({ objects: [], types: [], gaps: [] });
  });
});

describe('dryRunApply', () => {
  it('sends a server-side apply that stores nothing, once', async () => {
    const { api, server } = await serverWith([], (request, response) => request.method === 'PATCH' && refuse(response, 500, 'InternalError', 'field not declared in schema'));
    const type = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'httproutes', kind: 'HTTPRoute', namespaced: true };
    const answer = await dryRunApply(server, type, { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web' }, spec: {} }, 'shop');
    expect(answer).toMatchObject({ ok: false, problem: { status: 500, message: 'field not declared in schema' } });
    expect(api.requests.map(({ path, headers }) => [path, headers['content-type']])).toEqual([
      ['/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/web?dryRun=All&fieldManager=gwmigrate&force=true&fieldValidation=Strict', 'application/apply-patch+yaml'],
    ]);
  });
});
