import { readFile } from 'node:fs/promises';
import type { Kubeconfig } from './kubeconfig.ts';

/** https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api */
const directory = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The account that a Pod is given; undefined outside of one. */
export async function inCluster(env: Readonly<Record<string, string | undefined>>): Promise<Kubeconfig | undefined> {
  const host = env['KUBERNETES_SERVICE_HOST'] ?? '';
  const port = env['KUBERNETES_SERVICE_PORT'] ?? '';
  if (host === '' || port === '') return undefined;
  const token = await readFile(`${directory}/token`, 'utf8').catch(() => undefined);
  if (token === undefined) return undefined;
  // POD_NAMESPACE first, as in client-go's inClusterClientConfig.
  const namespace = env['POD_NAMESPACE'] || (await readFile(`${directory}/namespace`, 'utf8').catch(() => ''));
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    clusters: new Map([['in-cluster', { server, 'certificate-authority': `${directory}/ca.crt` }]]),
    users: new Map([['in-cluster', { token: token.trim() }]]),
    contexts: new Map([['in-cluster', { cluster: 'in-cluster', user: 'in-cluster', namespace: namespace.trim() }]]),
    currentContext: 'in-cluster',
  };
}
