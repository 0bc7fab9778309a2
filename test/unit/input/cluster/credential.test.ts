import { describe, expect, it } from 'vitest';
import type { Access } from '../../../../src/input/cluster/access.ts';
import { credentialOf, type Credential } from '../../../../src/input/cluster/credential.ts';

/** A credential plugin that is a script of Node. */
async function ask(script: string, exec: object = {}, timeoutMs = 20_000): Promise<Credential | undefined> {
  const access: Access = {
    context: 'prod',
    server: 'https://prod.example.com',
    namespace: 'default',
    cluster: { 'certificate-authority-data': 'Q0E=' },
    user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script], ...exec } },
    headers: {},
    timeoutMs,
    compression: true,
  };
  return await credentialOf(access);
}

const answer = (status: string): string => `console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: ${status} }))`;

describe('credentialOf', () => {
  it('takes a token, or a certificate', async () => {
    expect(await ask(answer("{ token: 'abc' }"))).toEqual({ token: 'abc' });
    expect(await ask(answer("{ clientCertificateData: 'c', clientKeyData: 'k' }"))).toEqual({ certificate: 'c', key: 'k' });
  });

  it('hands on the environment of the kubeconfig, and the cluster when it is asked for', async () => {
    expect(await ask(answer('{ token: process.env.PROFILE }'), { env: [{ name: 'PROFILE', value: 'audit' }] })).toEqual({ token: 'audit' });
    const told = answer('{ token: JSON.stringify(JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.cluster ?? null) }');
    expect(await ask(told)).toEqual({ token: 'null' });
    expect(await ask(told, { provideClusterInfo: true })).toEqual({ token: '{"server":"https://prod.example.com","certificate-authority-data":"Q0E="}' });
  });

  it.each([
    ['hangs', 'setInterval(() => {}, 1000)', {}, 'did not answer within 0.5s', 500],
    ['fails', 'process.exit(3)', {}, 'failed with exit code 3', 20_000],
    ['says something else', "console.log('welcome')", {}, 'did not answer with an ExecCredential', 20_000],
    ['is not there', '', { command: 'no-such-plugin', installHint: 'install it' }, 'is not installed\ninstall it', 20_000],
  ])('says when the plugin %s', async (_name, script, exec, message, timeoutMs) => {
    await expect(ask(script, exec, timeoutMs)).rejects.toThrow(message);
  });

  it('says that a plugin has no command', async () => {
    await expect(ask('', { command: '' })).rejects.toThrow('names no command');
  });
});
