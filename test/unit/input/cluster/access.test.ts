import { describe, expect, it } from 'vitest';
import { resolveAccess, type Access } from '../../../../src/input/cluster/access.ts';
import { mergeKubeconfigs } from '../../../../src/input/cluster/kubeconfig.ts';
import type { AccessOptions } from '../../../../src/input/cluster/options.ts';

const entry = (field: string, name: string, value: object): object => ({ name, [field]: value });
const first = {
  file: '/home/me/.kube/one',
  value: {
    'current-context': 'prod',
    clusters: [entry('cluster', 'prod', { server: 'https://prod.example.com/', 'certificate-authority': 'ca.crt', 'tls-server-name': 'inner' })],
    contexts: [entry('context', 'prod', { cluster: 'prod', user: 'me', namespace: 'shop' })],
    users: [entry('user', 'me', { exec: { command: './login', apiVersion: 'client.authentication.k8s.io/v1' } })],
  },
};
const second = {
  file: '/etc/kube/two',
  value: {
    'current-context': 'dev',
    clusters: [entry('cluster', 'prod', { server: 'https://other.example.com' }), entry('cluster', 'dev', { server: 'http://dev.example.com', 'certificate-authority-data': 'Q0E=' })],
    contexts: [entry('context', 'dev', { cluster: 'dev', user: 'you' })],
    users: [entry('user', 'you', { tokenFile: 'token', as: 'robot', 'as-groups': ['a', 'b'] })],
  },
};

const access = (options: AccessOptions = {}, files = [first, second]): Access | undefined => resolveAccess(mergeKubeconfigs(files), options);

describe('mergeKubeconfigs', () => {
  it('lets the first file win, for names and for the current context', () => {
    expect(access()).toMatchObject({ context: 'prod', server: 'https://prod.example.com', namespace: 'shop' });
    expect(access({}, [second, first])).toMatchObject({ context: 'dev' });
  });

  it('finds files and programs from the file that names them', () => {
    expect(access()?.cluster['certificate-authority']).toBe('/home/me/.kube/ca.crt');
    expect(access()?.user['exec']).toMatchObject({ command: '/home/me/.kube/login' });
    expect(access({ context: 'dev' })?.user['tokenFile']).toBe('/etc/kube/token');
  });

  it('reads what is no kubeconfig as nothing', () => {
    expect(resolveAccess(mergeKubeconfigs([{ file: 'x', value: undefined }, { file: 'y', value: { clusters: 'no', users: [1, {}] } }]), {})).toBeUndefined();
  });
});

describe('resolveAccess', () => {
  it.each<[string, AccessOptions, object]>([
    ['--context', { context: 'dev' }, { server: 'http://dev.example.com', namespace: 'default' }],
    ['--namespace over the one of the context', { namespace: 'crm' }, { namespace: 'crm' }],
    ['--cluster over the one of the context', { cluster: 'dev' }, { server: 'http://dev.example.com', namespace: 'shop' }],
    ['--server without the name of the other server', { server: 'https://10.0.0.1:6443' }, { server: 'https://10.0.0.1:6443', cluster: { server: 'https://10.0.0.1:6443', 'certificate-authority': '/home/me/.kube/ca.crt' } }],
    ['--token over every other way to log in', { token: 't' }, { user: { token: 't' } }],
    ['--insecure-skip-tls-verify without certificates', { context: 'dev', insecureSkipTlsVerify: true }, { cluster: { server: 'http://dev.example.com', 'insecure-skip-tls-verify': true } }],
    ['--certificate-authority over data', { context: 'dev', certificateAuthority: '/ca' }, { cluster: { server: 'http://dev.example.com', 'certificate-authority': '/ca' } }],
    ['a server alone', { kubeconfig: 'none', server: '10.0.0.1:6443' }, { server: 'https://10.0.0.1:6443' }],
    ['--request-timeout', { requestTimeoutMs: 5000 }, { timeoutMs: 5000 }],
  ])('takes %s', (_name, options, expected) => {
    const { cluster, user, ...found } = access(options) ?? { cluster: {}, user: {} };
    const wanted: Readonly<Record<string, unknown>> = { ...expected };
    for (const [name, value] of Object.entries(wanted)) expect({ ...found, cluster, user }).toHaveProperty(name, value);
  });

  it('impersonates as the flags say, or as the user of the kubeconfig does', () => {
    expect(access({ context: 'dev' })?.headers).toEqual({ 'Impersonate-User': 'robot', 'Impersonate-Group': ['a', 'b'] });
    expect(access({ as: 'x', asUid: '7', asGroup: ['g'], asUserExtra: ['reason=audit', 'reason=again', 'a/b=c'] })?.headers).toEqual({
      'Impersonate-User': 'x',
      'Impersonate-Uid': '7',
      'Impersonate-Group': ['g'],
      'Impersonate-Extra-reason': ['audit', 'again'],
      'Impersonate-Extra-a%2Fb': ['c'],
    });
  });

  it.each<[string, AccessOptions]>([
    ['context "x" does not exist', { context: 'x' }],
    ['cluster "x" does not exist', { cluster: 'x' }],
    ['auth info "x" does not exist', { user: 'x' }],
    ['invalid as-user-extra value "x": expected KEY=VALUE', { as: 'y', asUserExtra: ['x'] }],
    ['requesting uid, groups or user-extra without impersonating a user (--as)', { asUid: '1' }],
  ])('refuses: %s', (message, options) => {
    expect(() => access(options)).toThrow(message);
  });
});
