import { afterEach, describe, expect, it } from 'vitest';
import { cli, type CliResult } from '../support/cli.ts';
import { fakeApi, refuse, type FakeApi, type FakeObject, type Handler } from '../support/fake-api.ts';

const ingress = (name: string, namespace = 'shop', annotations: Readonly<Record<string, string>> = {}): FakeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name, namespace, annotations, uid: name },
  spec: {
    ingressClassName: 'nginx',
    rules: [{ host: `${name}.example.com`, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }] } }],
  },
});

const service = (namespace = 'shop'): FakeObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec: { ports: [{ name: 'http', port: 8080 }] } });
const ingressClass: FakeObject = { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } };
const crd = (plural: string, version = 'v1.5.1', channel = 'standard'): FakeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.gateway.networking.k8s.io`, annotations: { 'gateway.networking.k8s.io/bundle-version': version, 'gateway.networking.k8s.io/channel': channel } },
});
const deployment: FakeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
  spec: { template: { spec: { containers: [{ image: 'registry.example.com/ingress-nginx/controller:v1.15.1', args: ['/nginx-ingress-controller', '--configmap=$(POD_NAMESPACE)/ingress-nginx-controller'] }] } } },
};
const configMap: FakeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' }, data: { 'ssl-redirect': 'false' } };
const namespace = (name: string): FakeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

const cluster: readonly FakeObject[] = [ingress('web'), ingress('api'), ingress('other', 'crm'), service(), service('crm'), ingressClass, crd('httproutes'), deployment, configMap, namespace('shop'), namespace('crm')];

const open: FakeApi[] = [];
afterEach(() => open.splice(0).forEach((api) => api.close()));

async function live(args: readonly string[], objects = cluster, handler?: Handler): Promise<CliResult & { readonly api: FakeApi }> {
  const api = await fakeApi(objects, handler);
  open.push(api);
  return { ...(await cli([...args, '--kubeconfig', api.kubeconfig])), api };
}

describe('what is read of a cluster', () => {
  it('is the namespace of the context', async () => {
    const { code, stdout } = await live(['convert', '--live', '-o', 'name', '--fail-on', 'never']);
    expect(stdout).toContain('httproute.gateway.networking.k8s.io/web-example-com');
    expect(stdout).toContain('httproute.gateway.networking.k8s.io/api-example-com');
    expect(stdout).not.toContain('other');
    expect(code).toBe(0);
  });

  it.each([
    ['-A', ['convert', '--live', '-A'], ['api', 'other', 'web']],
    ['-n', ['convert', '--live', '-n', 'crm'], ['other']],
    ['ingress NAME', ['convert', 'ingress', 'web'], ['web']],
    ['ingress/NAME', ['convert', 'ingress/web', 'ing/api'], ['api', 'web']],
    ['ing NAMEs', ['convert', 'ing', 'web', 'api'], ['api', 'web']],
  ])('follows %s', async (_name, args, names) => {
    const { code, stdout } = await live([...args, '-o', 'name']);
    expect(code).toBe(0);
    const hosts = [...stdout.matchAll(/httproute\S*\/(\w+)-example-com$/gmu)].map(([, name]) => name);
    expect(hosts.sort()).toEqual(names);
  });

  it('hands selectors to the server', async () => {
    const { api } = await live(['audit', '--live', '-l', 'team=a', '--field-selector', 'metadata.name=web']);
    expect(api.requests.map(({ path }) => path)).toContainEqual('/apis/networking.k8s.io/v1/namespaces/shop/ingresses?limit=500&labelSelector=team%3Da&fieldSelector=metadata.name%3Dweb');
  });

  it('asks for no contents of Secrets, and for none of ConfigMaps that nobody names', async () => {
    const { api } = await live(['audit', '--live', '-A']);
    const secrets = api.requests.filter(({ path }) => path.includes('/secrets'));
    expect(secrets.map(({ accept }) => accept)).toEqual(['application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1']);
    expect(api.requests.map(({ path }) => path).filter((path) => path.includes('configmaps'))).toEqual(['/api/v1/namespaces/ingress-nginx/configmaps/ingress-nginx-controller']);
    expect(new Set(api.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('does not ask for Secrets with --no-secrets', async () => {
    const { api } = await live(['audit', '--live', '--no-secrets']);
    expect(api.requests.some(({ path }) => path.includes('/secrets'))).toBe(false);
  });

  it("includes the controller's ConfigMap", async () => {
    const secured = cluster.map((object) => (object.metadata.name === 'web' && object.kind === 'Ingress' ? { ...object, spec: { ...(object['spec'] as object), tls: [{ hosts: ['web.example.com'], secretName: 'tls' }] } } : object));
    const redirects = async (objects: readonly FakeObject[]): Promise<boolean> => (await live(['convert', 'ingress', 'web'], objects)).stdout.includes('RequestRedirect');
    expect(await redirects(secured)).toBe(false);
    expect(await redirects(secured.filter(({ kind }) => kind !== 'ConfigMap'))).toBe(true);
  });

  it('decides version and channel', async () => {
    const objects = [...cluster.filter(({ kind }) => kind !== 'CustomResourceDefinition'), crd('httproutes', 'v1.4.1', 'experimental')];
    expect((await live(['audit', '--live'], objects)).stdout).toContain('Gateway API 1.4 (experimental channel)');
    const named = await live(['audit', '--live', '--gateway-api-version', '1.6'], objects);
    expect(named.stdout).toContain('Gateway API 1.6 (standard channel)');
    expect(named.stdout).toContain('cluster/other-gateway-api');
    expect(named.code).toBe(0);
  });
});

describe('what an Ingress names and the cluster does not have', () => {
  const secured = (object: FakeObject): FakeObject => ({ ...object, spec: { ...(object['spec'] as object), tls: [{ hosts: [`${object.metadata.name}.example.com`], secretName: 'tls' }] } });
  const auth = { 'nginx.ingress.kubernetes.io/auth-type': 'basic', 'nginx.ingress.kubernetes.io/auth-secret': 'users', 'nginx.ingress.kubernetes.io/auth-tls-secret': 'shop/ca' };
  const lonely = [...cluster.filter(({ kind, metadata }) => kind !== 'Ingress' && !(kind === 'Service' && metadata.namespace === 'shop')), secured(ingress('web', 'shop', auth)), ingress('other', 'crm')];
  const said = async (args: readonly string[], objects = lonely, handler?: Handler): Promise<readonly string[]> => {
    const { stdout } = await live(['audit', '--live', '--report', 'json', ...args], objects, handler);
    const { findings } = JSON.parse(stdout) as { findings: { code: string; message: string }[] };
    return findings.filter(({ code }) => code.startsWith('absent/')).map(({ code, message }) => `${code} ${message.slice(0, message.search(/, (?:to|which)| with|: /u))}`);
  };
  const all = ['absent/certificate Secret shop/tls', 'absent/service Service shop/web', 'absent/secret nginx.ingress.kubernetes.io/auth-secret names Secret shop/users', 'absent/secret nginx.ingress.kubernetes.io/auth-tls-secret names Secret shop/ca'];

  it('is said where the kind could be listed: absent/service, absent/certificate, absent/secret', async () => {
    expect([...(await said([]))].sort()).toEqual([...all].sort());
    expect([...(await said(['-A']))].sort()).toEqual([...all].sort());
    const secret = (name: string): FakeObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'shop' } });
    expect(await said([], [...lonely, service(), ...['tls', 'users', 'ca'].map(secret)])).toEqual([]);
  });

  it('names objects by context and name: they have no lines', async () => {
    const { stdout } = await live(['audit', '--live'], lonely);
    expect(stdout).toMatch(/^ {4}at: {2}fake\S* +shop\/web\b/mu);
    expect(stdout).not.toMatch(/:\d+:\d+/u);
    const { findings } = JSON.parse((await live(['audit', '--live', '--report', 'json'], lonely)).stdout) as { findings: { location?: object }[] };
    expect(findings.flatMap(({ location }) => (location === undefined ? [] : [Object.keys(location)]))).toContainEqual(['file']);
  });

  it('is not said where it could not, in whole or in parts', async () => {
    const forbidding = (what: RegExp): Handler => (_request, response, { pathname }) => what.test(pathname) && refuse(response, 403, 'Forbidden', 'no');
    expect(await said([], lonely, forbidding(/\/services$/u))).toEqual(all.filter((line) => !line.includes('Service')));
    expect(await said(['--no-secrets'])).toEqual(all.filter((line) => line.includes('Service')));
    expect(await said(['-A'], lonely, forbidding(/\/(?:v1|shop)\/(?:services|secrets)$/u))).toEqual([]);
    expect(await said(['-A'], lonely, forbidding(/\/(?:v1|crm)\/(?:services|secrets)$/u))).toEqual(await said([]));
    const more = Array.from({ length: 600 }, (_, index): FakeObject => ({ ...service(), metadata: { name: `svc-${String(index)}`, namespace: 'shop' } }));
    expect(await said([], [...lonely, ...more], (_request, response, url) => url.searchParams.get('continue') === '500' && url.pathname.endsWith('/services') && refuse(response, 500, 'InternalError', 'no'))).toEqual(all.filter((line) => !line.includes('Service')));
  });

  it('is not known of files', async () => {
    const { stdout } = await cli(['audit', 'fixtures/scenarios/readme/input.yaml', '--report', 'json']);
    expect(stdout).not.toContain('"absent/');
  });
});

describe('what cannot be read', () => {
  const codes = async (handler: Handler, args: readonly string[] = ['audit', '--live', '--report', 'json'], objects = cluster): Promise<{ readonly code: number; readonly codes: readonly string[]; readonly whats: string; readonly ingresses: number }> => {
    const { code, stdout } = await live(args, objects, handler);
    const report = JSON.parse(stdout) as { findings: { code: string; message: string }[]; summary: { ingresses: number } };
    return { code, ingresses: report.summary.ingresses, codes: report.findings.map((finding) => finding.code).filter((name) => name.startsWith('cluster/')), whats: report.findings.map(({ message }) => message).join('\n') };
  };

  it('is said per kind when it is forbidden: cluster/forbidden', async () => {
    const result = await codes((_request, response, { pathname }) => pathname.endsWith('/services') && refuse(response, 403, 'Forbidden', 'services is forbidden'));
    expect(result).toMatchObject({ code: 3, codes: ['cluster/forbidden'] });
    expect(result.whats).toContain('services may not be read in namespace shop');
  });

  it('is read namespace by namespace where all at once is forbidden', async () => {
    const result = await codes((_request, response, { pathname }) => /\/(?:v1|namespaces\/crm)\/ingresses$/u.test(pathname) && refuse(response, 403, 'Forbidden', 'ingresses is forbidden'), ['audit', '--live', '-A', '--report', 'json']);
    expect(result).toMatchObject({ code: 3, codes: ['cluster/forbidden'], ingresses: 2 });
    expect(result.whats).toContain('ingresses.networking.k8s.io may not be read in namespace crm');
  });

  it('is said when a server stalls in the middle, within the timeout', async () => {
    const result = await codes((_request, _response, { pathname }) => pathname.endsWith('/services'), ['audit', '--live', '--report', 'json', '--request-timeout', '1s']);
    expect(result).toMatchObject({ code: 3, codes: ['cluster/unread'], ingresses: 2 });
    expect(result.whats).toContain('services could not be read in namespace shop: no answer within 1s');
  });

  it('is said when connections break every time', async () => {
    const result = await codes((request, response, { pathname }) => {
      if (!pathname.endsWith('/services')) return false;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"kind":');
      setTimeout(() => request.socket.destroy(), 20);
      return true;
    });
    expect(result).toMatchObject({ code: 3, codes: ['cluster/unread'], ingresses: 2 });
  });

  it('is said when a page fails: cluster/unread', async () => {
    const many = [...cluster, ...Array.from({ length: 600 }, (_, index) => ingress(`many-${String(index)}`))];
    const result = await codes((_request, response, url) => url.searchParams.get('continue') === '500' && refuse(response, 500, 'InternalError', 'etcdserver: no leader'), undefined, many);
    expect(result).toMatchObject({ code: 3, codes: ['cluster/unread'] });
    expect(result.whats).toContain('etcdserver: no leader');
  });

  it('is said when there is no Ingress of a name: cluster/not-found', async () => {
    expect(await codes(() => false, ['audit', 'ingress', 'web', 'nope', '--report', 'json'])).toMatchObject({ code: 3, codes: ['cluster/not-found'] });
  });

  it('is said when there are no CRDs, unless the user names a version: cluster/no-gateway-api', async () => {
    const without = cluster.filter(({ kind }) => kind !== 'CustomResourceDefinition');
    expect(await codes(() => false, undefined, without)).toMatchObject({ code: 3, codes: ['cluster/no-gateway-api'] });
    expect(await codes(() => false, ['audit', '--live', '--gateway-api-version', '1.5', '--report', 'json'], without)).toMatchObject({ code: 0, codes: [] });
  });

  it('is said when CRDs are of several releases: cluster/mixed-gateway-api', async () => {
    expect(await codes(() => false, undefined, [...cluster, crd('gateways', 'v1.6.0')])).toMatchObject({ code: 0, codes: ['cluster/mixed-gateway-api'] });
  });

  it('is not meant by an empty list, which is said: cluster/no-ingress', async () => {
    const { code, stdout } = await live(['audit', '--live', '-n', 'nowhere', '-l', 'a=b']);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/gu, ' ')).toContain('No Ingress was found in namespace nowhere with a=b. [cluster/no-ingress]');
    expect((await live(['audit', '--live'])).stdout).not.toContain('cluster/no-ingress');
  });

  it('is counted in the first line of the report', async () => {
    const { stdout } = await live(['audit', 'ingress', 'nope']);
    expect(stdout.split('\n')[0]).toContain('1 part of the cluster unreadable');
  });

  it('is said when there is no controller: cluster/no-controller', async () => {
    expect(await codes(() => false, undefined, cluster.filter(({ kind }) => kind !== 'Deployment'))).toMatchObject({ code: 0, codes: ['cluster/no-controller'] });
  });

  it('starts a list again when its pages expire', async () => {
    const many = [...cluster, ...Array.from({ length: 1200 }, (_, index) => ingress(`many-${String(index)}`))];
    const { code, stdout, api } = await live(['audit', '--live', '--report', 'json', '--fail-on', 'never'], many, (_request, response, url) =>
      url.searchParams.get('continue') === '1000' && refuse(response, 410, 'Expired', 'The provided continue parameter is too old'),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { ingresses: 1202 } });
    expect(api.requests.filter(({ path }) => path.includes('/ingresses')).map(({ path }) => path.replace(/^.*ingresses/u, ''))).toEqual(['?limit=500', '?limit=500&continue=500', '?limit=500&continue=1000', '']);
  });

  it('is tried again when the server is busy or the connection breaks', async () => {
    let failures = 0;
    const { code } = await live(['audit', '--live', '--fail-on', 'never'], cluster, (request, response, url) => {
      if (!url.pathname.endsWith('/ingresses') || failures >= 2) return false;
      failures += 1;
      if (failures === 1) return refuse(response, 429, 'TooManyRequests', 'slow down');
      request.socket.destroy();
      return true;
    });
    expect({ code, failures }).toEqual({ code: 0, failures: 2 });
  });
});

describe('a selector that the server does not understand', () => {
  it('is a wrong use, in the words of the server', async () => {
    const { code, stdout, stderr } = await live(['convert', '--live', '-l', 'a=('], cluster, (_request, response, url) => url.searchParams.get('labelSelector') === 'a=(' && refuse(response, 400, 'BadRequest', 'unable to parse requirement'));
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: 'error: unable to parse requirement\n' });
  });
});

describe('a cluster that cannot be used', () => {
  it('is named with context and server, within the timeout', async () => {
    const api = await fakeApi([], () => true);
    open.push(api);
    const { code, stdout, stderr } = await cli(['audit', '--live', '--kubeconfig', api.kubeconfig, '--request-timeout', '1s']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(`error: the cluster cannot be read: no answer within 1s (context "fake", server ${api.url})\n`);
  });

  it('is named when nobody listens', async () => {
    const { code, stderr, api } = await live(['audit', '--live', '--server', 'http://127.0.0.1:9']);
    expect(code).toBe(3);
    expect(stderr).toBe('error: the cluster cannot be read: connect ECONNREFUSED 127.0.0.1:9 (context "fake", server http://127.0.0.1:9)\n');
    expect(api.requests).toEqual([]);
  });

  it('is named when it does not let the user in', async () => {
    const { code, stderr } = await live(['audit', '--live'], cluster, (_request, response) => refuse(response, 401, 'Unauthorized', 'Unauthorized'));
    expect(code).toBe(3);
    expect(stderr).toContain('error: the cluster cannot be read: Unauthorized (context "fake"');
    expect(stderr).not.toContain('secret-token');
  });

  it.each([
    [['audit', '--live', '--context', 'nope'], 'error: context "nope" does not exist'],
    [['audit', '--live', '--cluster', 'nope'], 'error: cluster "nope" does not exist'],
    [['audit', '--live', '--user', 'nope'], 'error: auth info "nope" does not exist'],
    [['audit', '--live', '--as-group', 'admins'], 'error: requesting uid, groups or user-extra without impersonating a user (--as)'],
    [['audit', '--live', '-f', 'x.yaml'], 'error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well'],
    [['audit', 'ingress', 'web', '-A'], 'error: a resource cannot be retrieved by name across all namespaces'],
    [['audit', 'ingress', 'web', '-l', 'a=b'], 'error: name cannot be provided when a selector is specified'],
    [['audit', 'ingress', 'ingress/web'], "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'"],
    [['audit', '--live', 'svc', 'web'], 'error: the server doesn\'t have a resource type "svc" that gwmigrate reads: it reads ingresses'],
  ])('%j is a wrong use', async (args, message) => {
    const { code, stderr } = await live(args);
    expect({ code, stderr: stderr.trimEnd() }).toEqual({ code: 2, stderr: message });
  });
});
