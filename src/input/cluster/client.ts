import { KubeConfig, loadYaml } from '@kubernetes/client-node';
import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { resolveAccess, type Access } from './access.ts';
import { credentialOf } from './credential.ts';
import { ApiServer } from './api-server.ts';
import { inCluster } from './in-cluster.ts';
import { mergeKubeconfigs, type Kubeconfig, type KubeconfigFile } from './kubeconfig.ts';
import { ClusterError, type AccessOptions } from './options.ts';
import { proxyFor } from './proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function filesOf({ kubeconfig }: AccessOptions, env: Environment): readonly string[] {
  if (kubeconfig !== undefined) return [kubeconfig];
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  return listed.length > 0 ? listed : [join(env['HOME'] ?? homedir(), '.kube', 'config')];
}

async function readKubeconfig(file: string, named: boolean): Promise<KubeconfigFile | undefined> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    // As kubectl: a file of KUBECONFIG may be missing, one of --kubeconfig may not.
    if (!named && error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new ClusterError(`the kubeconfig ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, true);
  }
  try {
    return { file, value: loadYaml<unknown>(content) };
  } catch (error) {
    // The message of the parser quotes the lines around the mistake, which may be a token.
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new ClusterError(`the kubeconfig ${file} is not valid YAML: ${reason}`, true);
  }
}

/** @throws ClusterError for a file that cannot be read */
export async function kubeconfigOf(options: AccessOptions, env: Environment): Promise<Kubeconfig> {
  const files = await Promise.all(filesOf(options, env).map((file) => readKubeconfig(file, options.kubeconfig !== undefined)));
  const merged = mergeKubeconfigs(files.filter((file) => file !== undefined));
  // kubectl asks for the account of the Pod only when no file says anything.
  return merged.clusters.size === 0 && options.server === undefined ? ((await inCluster(env)) ?? merged) : merged;
}

async function tokenOf({ user }: Access): Promise<string | undefined> {
  const file = text(user['tokenFile']);
  return file === undefined ? text(user['token']) : (await readFile(file, 'utf8')).trim();
}

const proxyOf = ({ cluster, server }: Access, env: Environment): string | undefined => text(cluster['proxy-url']) ?? proxyFor(server, env);

/** Hands what was resolved to the client, which knows proxies, certificates and the older ways to log in. */
async function requestOptions(access: Access, env: Environment): Promise<{ readonly options: RequestOptions; readonly headers: OutgoingHttpHeaders }> {
  const { cluster, user, server } = access;
  const credential = text(user['token']) === undefined && text(user['tokenFile']) === undefined ? await credentialOf(access) : undefined;
  const encode = (value: string | undefined): string | undefined => (value === undefined ? undefined : Buffer.from(value).toString('base64'));
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [
      {
        name: 'cluster',
        server,
        caData: text(cluster['certificate-authority-data']),
        caFile: text(cluster['certificate-authority']),
        // The client refuses http:// otherwise, which `kubectl proxy` serves.
        skipTLSVerify: cluster['insecure-skip-tls-verify'] === true || server.startsWith('http:'),
        tlsServerName: text(cluster['tls-server-name']),
        proxyUrl: proxyOf(access, env),
      },
    ],
    users: [
      {
        name: 'user',
        token: credential?.token ?? (await tokenOf(access)),
        certData: encode(credential?.certificate) ?? text(user['client-certificate-data']),
        certFile: credential?.certificate === undefined ? text(user['client-certificate']) : undefined,
        keyData: encode(credential?.key) ?? text(user['client-key-data']),
        keyFile: credential?.key === undefined ? text(user['client-key']) : undefined,
        username: text(user['username']),
        password: text(user['password']),
        authProvider: user['auth-provider'],
      },
    ],
    contexts: [{ name: 'context', cluster: 'cluster', user: 'user' }],
    currentContext: 'context',
  });
  const headers: OutgoingHttpHeaders = {};
  // The agent of a proxy knows no signal: this ends what it has begun.
  const options: RequestOptions = { headers, ...(access.timeoutMs === 0 ? {} : { timeout: access.timeoutMs }) };
  await config.applyToHTTPSOptions(options);
  return { options, headers };
}

/** The client makes an agent that connects anew for every request; a proxy's is kept, since it knows the proxy. */
function keepAlive(access: Access, options: RequestOptions, proxied: boolean): RequestOptions['agent'] {
  if (proxied) return options.agent;
  const { ca, cert, key, rejectUnauthorized } = options;
  const servername = text(access.cluster['tls-server-name']);
  if (access.server.startsWith('http:')) return new HttpAgent({ keepAlive: true });
  return new HttpsAgent({ keepAlive: true, ca, cert, key, ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }), ...(servername === undefined ? {} : { servername }) });
}

/**
 * Finds the cluster as kubectl does. Sends nothing yet, but runs the credential plugin.
 * @throws ClusterError when there is no cluster to talk to
 */
export async function openCluster(options: AccessOptions, env: Environment): Promise<ApiServer> {
  const access = resolveAccess(await kubeconfigOf(options, env), options);
  if (access === undefined) throw new ClusterError('no cluster is configured: name a kubeconfig with --kubeconfig or KUBECONFIG, and a context with --context', true);
  try {
    const { options: request, headers } = await requestOptions(access, env);
    const proxy = proxyOf(access, env);
    const agent = keepAlive(access, request, proxy !== undefined);
    return new ApiServer(access, { headers, auth: request.auth ?? undefined, agent, proxy: proxy === undefined ? undefined : new URL(proxy).host });
  } catch (error) {
    if (error instanceof ClusterError) throw error;
    throw new ClusterError(`context "${access.context}" cannot be used: ${error instanceof Error ? error.message : String(error)}`, true);
  }
}
