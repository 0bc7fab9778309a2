import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments, parse, stringify } from 'yaml';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { applyAll, install } from './apply.ts';
import { connectProxy, type ConnectProxy, type Manner } from './connect-proxy.ts';
import { crdsOf, startControlPlane, type ClusterObject, type ControlPlane } from './control-plane.ts';
import { compiled, execute, gwmigrate, type Ran } from './executable.ts';
import { world } from './world.ts';

let plane: ControlPlane;
/** HOME of the runs: no kubeconfig in it. */
let home = '';
let port = '';
const at = (name: string): string => join(home, name);
const pki = (name: string): string => join(dirname(plane.kubeconfig), 'pki', name);

const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'gwmigrate', namespace: 'shop' } };
const roles = parseAllDocuments(readFileSync('deploy/clusterrole.yaml', 'utf8')).map((document) => document.toJS() as ClusterObject);
const binding: ClusterObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'gwmigrate' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'gwmigrate-reader' },
  subjects: [
    { kind: 'ServiceAccount', name: 'gwmigrate', namespace: 'shop' },
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'auditors' },
  ],
};

beforeAll(async () => {
  plane = await startControlPlane();
  await install(plane.server, crdsOf('v1.5.1-standard'));
  await applyAll(plane.server, [...world, account, ...roles, binding]);
  home = mkdtempSync(join(tmpdir(), 'gwmigrate-home-'));
  port = new URL(plane.server.server).port;
});
afterAll(async () => {
  await plane.stop();
  rmSync(home, { recursive: true, force: true });
});

const names = ({ stdout }: Ran): readonly string[] => [...stdout.matchAll(/^httproute\S*\/([a-z]+)-example-com$/gmu)].map(([, name = '']) => name).sort();
const convert = ['convert', '--live', '--no-secrets', '-o', 'name'];

/** The kubeconfig of the control plane with a change, as a file that stands elsewhere. */
function kubeconfig(name: string, change: (config: { clusters: { cluster: Record<string, unknown> }[]; users: { name: string; user: Record<string, unknown> }[]; contexts: { name: string; context: Record<string, unknown> }[]; 'current-context': string }) => void): string {
  const text = readFileSync(plane.kubeconfig, 'utf8').replaceAll(/pki\/([a-z.]+)/gu, (_path, file: string) => pki(file));
  const config: unknown = parse(text);
  change(config as Parameters<typeof change>[0]);
  writeFileSync(at(name), stringify(config));
  return at(name);
}

/** A token as the kubelet gets one for a Pod: https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/ */
async function tokenOfAccount(): Promise<string> {
  const body = JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 600 } });
  const [ca, cert, key] = ['ca.crt', 'admin.crt', 'admin.key'].map((name) => readFileSync(pki(name)));
  const text = await new Promise<string>((resolve, reject) => {
    const asking = request(`${plane.server.server}/api/v1/namespaces/shop/serviceaccounts/gwmigrate/token`, { method: 'POST', ca, cert, key, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      let answer = '';
      response.on('data', (chunk: Buffer) => void (answer += chunk.toString()));
      response.on('end', () => resolve(answer));
    });
    asking.on('error', reject).end(body);
  });
  return (JSON.parse(text) as { status: { token: string } }).status.token;
}

/** Where the account of a Pod is mounted is fixed, so a Pod's view of the files is made: mounts that no other process sees. */
const podView = ['-c', 'mount -t tmpfs none "$(readlink -f /var/run)" && mkdir -p /var/run/secrets/kubernetes.io && cp -r "$ACCOUNT" /var/run/secrets/kubernetes.io/serviceaccount && exec "$@"', 'sh'];
const unshare = [['-m'], ['-rm']].find((flags) => spawnSync('unshare', [...flags, 'sh', '-c', 'mount -t tmpfs none "$(readlink -f /var/run)"']).status === 0);
if (unshare === undefined) console.log('skipped: the account of a Pod is tested in a mount namespace, which cannot be made here (Linux, and root or user namespaces)');

describe.skipIf(unshare === undefined)('the account of a Pod', () => {
  const inPod = async (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
    await execute('unshare', [...(unshare ?? []), 'sh', ...podView, program, ...args], { HOME: at('nobody'), ACCOUNT: at('account'), XDG_CACHE_HOME: compiled, KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: port, ...env });
  const run = async (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran> => await inPod(process.execPath, ['bin/gwmigrate.js', ...args], env);

  beforeAll(async () => {
    mkdirSync(at('account'));
    writeFileSync(at('account/token'), `${await tokenOfAccount()}\n`);
    writeFileSync(at('account/namespace'), 'shop');
    writeFileSync(at('account/ca.crt'), readFileSync(pki('ca.crt')));
  });

  it('is used where no kubeconfig says anything, with its namespace', async () => {
    const result = await run(convert);
    expect(result.code).toBe(0);
    expect(names(result)).toEqual(['api', 'web']);
    expect(names(await run([...convert, '-n', 'crm']))).toEqual(['portal']);
    expect(names(await run(convert, { POD_NAMESPACE: 'crm' }))).toEqual(['portal']);
  });

  it('may do what its role allows, and nothing else', async () => {
    const { code, stderr } = await run(['convert', '--live', '-o', 'name']);
    expect(code).toBe(3);
    expect(stderr.replace(/\s+/gu, ' ')).toContain('User "system:serviceaccount:shop:gwmigrate" cannot list resource "secrets"');
  });

  it('comes after a kubeconfig', async () => {
    expect(names(await run([...convert, '-A'], { KUBECONFIG: plane.kubeconfig }))).toEqual(['api', 'portal', 'web']);
    const nobody = await run(convert, { KUBECONFIG: kubeconfig('as-nobody', (config) => void (config['current-context'] = 'nobody-token')) });
    expect(nobody.stderr).toContain('User "nobody"');
  });

  it('is where kubectl looks as well', async () => {
    if (spawnSync('kubectl', ['version', '--client']).status !== 0) return;
    expect((await inPod('kubectl', ['get', 'ingress', '-o', 'name'])).stdout).toBe('ingress.networking.k8s.io/api\ningress.networking.k8s.io/web\n');
  });

  it('is not there outside of a Pod', async () => {
    const { code, stderr } = await gwmigrate(convert, { HOME: home });
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: no cluster is configured: name a kubeconfig with --kubeconfig or KUBECONFIG, and a context with --context\n' });
  });
});

describe('a proxy', () => {
  const open: ConnectProxy[] = [];
  afterEach(() => open.splice(0).forEach((proxy) => proxy.close()));
  const proxyThat = async (manner: Manner): Promise<ConnectProxy> => {
    const proxy = await connectProxy(manner);
    open.push(proxy);
    return proxy;
  };
  // A name that is in the server's certificate and that only the proxy knows.
  const away = (): readonly string[] => ['--kubeconfig', plane.kubeconfig, '--server', `https://kubernetes.default.svc:${port}`, '-n', 'shop'];

  it('of HTTPS_PROXY is used for every request, with its password', async () => {
    const proxy = await proxyThat('pass');
    const result = await gwmigrate([...convert, ...away()], { HTTPS_PROXY: proxy.url.replace('//', '//me:p%40ss@') });
    expect(result.code).toBe(0);
    expect(names(result)).toEqual(['api', 'web']);
    expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set([`kubernetes.default.svc:${port}`]));
    expect(new Set(proxy.asked.map(({ authorization }) => authorization))).toEqual(new Set([`Basic ${Buffer.from('me:p@ss').toString('base64')}`]));
  });

  it('is not asked about what NO_PROXY names, nor about this machine', async () => {
    const proxy = await proxyThat('pass');
    const excepted = await gwmigrate([...convert, ...away()], { HTTPS_PROXY: proxy.url, NO_PROXY: '10.0.0.0/8,.default.svc' });
    expect(excepted.code).toBe(3);
    expect(excepted.stderr).toContain('kubernetes.default.svc (context "admin"');
    expect((await gwmigrate([...convert, '--kubeconfig', plane.kubeconfig, '-n', 'shop'], { HTTPS_PROXY: proxy.url })).code).toBe(0);
    expect(proxy.asked).toEqual([]);
  });

  it('of the kubeconfig goes before those of the environment, also for this machine', async () => {
    const [own, other] = [await proxyThat('pass'), await proxyThat('refuse')];
    const file = kubeconfig('proxied', ({ clusters }) => clusters.forEach(({ cluster }) => void (cluster['proxy-url'] = own.url)));
    const result = await gwmigrate([...convert, '--kubeconfig', file, '-n', 'shop'], { HTTPS_PROXY: other.url });
    expect(names(result)).toEqual(['api', 'web']);
    expect(own.asked.length).toBeGreaterThan(5);
    expect(other.asked).toEqual([]);
  });

  it.each([
    ['hang', 'no answer within 2s (through the proxy PROXY)'],
    ['refuse', 'the proxy PROXY answered 407'],
    ['reset', 'socket hang up (through the proxy PROXY)'],
  ] as const)('that does %s is named, in time, and the run ends', async (manner, words) => {
    const proxy = await proxyThat(manner);
    const { code, stderr } = await gwmigrate([...convert, ...away(), '--request-timeout=2s'], { HTTPS_PROXY: proxy.url.replace('//', '//me:secret@') });
    expect(stderr).toBe(`error: the cluster cannot be read: ${words.replace('PROXY', proxy.host)} (context "admin", server https://kubernetes.default.svc:${port})\n`);
    expect(code).toBe(3);
  });
});

describe('ways to say who and where', () => {
  it('are merged over the files of KUBECONFIG, of which the first one wins', async () => {
    const contexts = kubeconfig('contexts', (config) => {
      config.clusters.length = 0;
      config.users.length = 0;
      config.contexts = [{ name: 'team', context: { cluster: 'control-plane', user: 'admin', namespace: 'crm' } }];
      config['current-context'] = 'team';
    });
    const rest = kubeconfig('rest', (config) => void (config['current-context'] = 'nobody-token'));
    const list = [contexts, at('missing'), rest].join(':');
    expect(names(await gwmigrate(convert, { KUBECONFIG: list }))).toEqual(['portal']);
    expect(names(await gwmigrate([...convert, '-n', 'shop'], { KUBECONFIG: list }))).toEqual(['api', 'web']);
    expect((await gwmigrate([...convert, '--context', 'nobody-token'], { KUBECONFIG: list })).stderr).toContain('User "nobody"');
    expect(names(await gwmigrate([...convert, '--user', 'admin-token', '--context', 'nobody-token', '-A'], { KUBECONFIG: list }))).toEqual(['api', 'portal', 'web']);
  });

  it('may be a credential plugin, which is asked once', async () => {
    writeFileSync(at('plugin'), `#!/bin/sh\necho asked >>"$HOME/asked"\nprintf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' "$PLUGIN_TOKEN"\n`);
    chmodSync(at('plugin'), 0o755);
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin', interactiveMode: 'Never', env: [{ name: 'PLUGIN_TOKEN', value: 'admin-token' }] };
    const file = kubeconfig('plugged', ({ users }) => void (users[0] = { name: 'admin', user: { exec } }));
    expect(names(await gwmigrate([...convert, '-A', '--kubeconfig', file], { HOME: home }))).toEqual(['api', 'portal', 'web']);
    expect(readFileSync(at('asked'), 'utf8')).toBe('asked\n');
  });

  it('may be flags alone, or somebody else', async () => {
    const flags = ['--server', plane.server.server, '--certificate-authority', pki('ca.crt')];
    expect(names(await gwmigrate([...convert, '-A', ...flags, '--token', 'admin-token'], { HOME: home }))).toEqual(['api', 'portal', 'web']);
    expect(names(await gwmigrate([...convert, '-A', ...flags, '--client-certificate', pki('admin.crt'), '--client-key', pki('admin.key')], { HOME: home }))).toEqual(['api', 'portal', 'web']);
    expect(names(await gwmigrate([...convert, '-A', '--server', plane.server.server, '--insecure-skip-tls-verify', '--token', 'admin-token'], { HOME: home }))).toEqual(['api', 'portal', 'web']);
    const untrusted = await gwmigrate([...convert, '-A', '--server', plane.server.server, '--token', 'admin-token'], { HOME: home });
    expect(untrusted.code).toBe(3);
    expect(untrusted.stderr).toMatch(/^error: the cluster cannot be read: [^\n]*certificate[^\n]*\n$/u);
    const as = await gwmigrate([...convert, '-A', '--kubeconfig', plane.kubeconfig, '--as', 'somebody', '--as-uid', '7', '--as-group', 'auditors', '--as-user-extra', 'team=a'], {});
    expect({ code: as.code, names: names(as) }).toEqual({ code: 0, names: ['api', 'portal', 'web'] });
  });
});
