import { isFields, isList, type Fields } from '../reading.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import { ClusterError, defaultTimeoutMs, type AccessOptions } from './options.ts';

/** Everything needed to talk to one API server as one user. Cluster and user are entries of a kubeconfig, flags applied. */
export interface Access {
  /** '' when flags alone name the cluster. */
  readonly context: string;
  readonly server: string;
  /** Of -n, or of the context, or `default`. */
  readonly namespace: string;
  readonly cluster: Fields;
  readonly user: Fields;
  /** Impersonation. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly timeoutMs: number;
  readonly compression: boolean;
  readonly quiet?: boolean | undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function named(entries: ReadonlyMap<string, Fields>, what: string, name: string): Fields {
  const found = entries.get(name);
  // kubectl's words: client-go, tools/clientcmd/client_config.go.
  if (found === undefined) throw new ClusterError(`${what} "${name}" does not exist`, true);
  return found;
}

/** Fields with those of the flags over them; what a flag replaces in another form goes. */
function overridden(fields: Fields, flags: Readonly<Record<string, string | boolean | undefined>>, replaced: readonly string[]): Fields {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  const kept = Object.entries(fields).filter(([name]) => !replaced.includes(name));
  return Object.fromEntries([...kept, ...given]);
}

function clusterOf(config: Kubeconfig, context: Fields, options: AccessOptions): Fields {
  const name = options.cluster ?? text(context['cluster']);
  const base = name === '' ? {} : named(config.clusters, 'cluster', name);
  const replaced: string[] = [];
  if (options.certificateAuthority !== undefined) replaced.push('certificate-authority-data');
  if (options.insecureSkipTlsVerify === true) replaced.push('certificate-authority', 'certificate-authority-data');
  // A name for one server is not the name of another.
  if (options.server !== undefined) replaced.push('tls-server-name');
  const flags = {
    server: options.server,
    'tls-server-name': options.tlsServerName,
    'certificate-authority': options.insecureSkipTlsVerify === true ? undefined : options.certificateAuthority,
    'insecure-skip-tls-verify': options.insecureSkipTlsVerify,
  };
  return overridden(base, flags, replaced);
}

function userOf(config: Kubeconfig, context: Fields, options: AccessOptions): Fields {
  const name = options.user ?? text(context['user']);
  const base = name === '' ? {} : named(config.users, 'auth info', name);
  const replaced: string[] = [];
  // A token of the command line wins over every other way to log in, as in client-go's exec plugin.
  if (options.token !== undefined) replaced.push('tokenFile', 'exec', 'auth-provider', 'username', 'password');
  if (options.clientCertificate !== undefined) replaced.push('client-certificate-data');
  if (options.clientKey !== undefined) replaced.push('client-key-data');
  return overridden(base, { token: options.token, 'client-certificate': options.clientCertificate, 'client-key': options.clientKey }, replaced);
}

function groupsOf(user: Fields, { asGroup = [] }: AccessOptions): readonly string[] {
  const own = user['as-groups'];
  if (asGroup.length > 0) return asGroup;
  return isList(own) ? own.filter((group) => typeof group === 'string') : [];
}

function extrasOf(user: Fields, { asUserExtra = [] }: AccessOptions): ReadonlyMap<string, readonly string[]> {
  const extras = new Map<string, readonly string[]>();
  const add = (key: string, value: string): void => void extras.set(key, [...(extras.get(key) ?? []), value]);
  for (const pair of asUserExtra) {
    const split = pair.indexOf('=');
    if (split <= 0) throw new ClusterError(`invalid as-user-extra value "${pair}": expected KEY=VALUE`, true);
    add(pair.slice(0, split), pair.slice(split + 1));
  }
  const own = user['as-user-extra'];
  if (asUserExtra.length > 0 || !isFields(own)) return extras;
  for (const [key, values] of Object.entries(own)) if (isList(values)) for (const value of values) add(key, text(value));
  return extras;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation */
function impersonation(user: Fields, options: AccessOptions): Access['headers'] {
  const name = options.as ?? text(user['as']);
  const uid = options.asUid ?? text(user['as-uid']);
  const groups = groupsOf(user, options);
  const extras = extrasOf(user, options);
  if (name === '') {
    if (uid !== '' || groups.length > 0 || extras.size > 0) throw new ClusterError('requesting uid, groups or user-extra without impersonating a user (--as)', true);
    return {};
  }
  return {
    'Impersonate-User': name,
    ...(uid === '' ? {} : { 'Impersonate-Uid': uid }),
    ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups }),
    ...Object.fromEntries([...extras].map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, values])),
  };
}

/**
 * What kubectl would use with these flags: the named context or the current one, with the flags over it.
 * Undefined when neither the files nor the flags name a server.
 * @throws ClusterError for names that do not exist
 */
export function resolveAccess(config: Kubeconfig, options: AccessOptions): Access | undefined {
  const contextName = options.context ?? config.currentContext;
  const context = options.context === undefined ? (config.contexts.get(contextName) ?? {}) : named(config.contexts, 'context', contextName);
  if (contextName !== '' && options.context === undefined && !config.contexts.has(contextName)) throw new ClusterError(`context "${contextName}" does not exist`, true);
  const cluster = clusterOf(config, context, options);
  const server = text(cluster['server']).replace(/\/+$/u, '');
  if (server === '') return undefined;
  const user = userOf(config, context, options);
  const namespace = options.namespace ?? text(context['namespace']);
  return {
    context: contextName,
    server: server.includes('://') ? server : `https://${server}`,
    namespace: namespace === '' ? 'default' : namespace,
    cluster,
    user,
    headers: impersonation(user, options),
    timeoutMs: options.requestTimeoutMs ?? defaultTimeoutMs,
    compression: options.disableCompression !== true,
    quiet: options.quiet,
  };
}
