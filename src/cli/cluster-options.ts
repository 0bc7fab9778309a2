import { InvalidArgumentError, type Command } from 'commander';

/** kubectl's options under kubectl's names: https://kubernetes.io/docs/reference/kubectl/generated/kubectl_options/. */
export interface ClusterFlags {
  readonly live: boolean;
  readonly namespace?: string;
  readonly allNamespaces: boolean;
  readonly selector?: string;
  readonly fieldSelector?: string;
  /** --no-secrets: false. */
  readonly secrets: boolean;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: string;
  readonly user?: string;
  readonly server?: string;
  readonly tlsServerName?: string;
  readonly insecureSkipTlsVerify?: boolean;
  readonly certificateAuthority?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly token?: string;
  readonly as?: string;
  readonly asUid?: string;
  readonly asGroup: readonly string[];
  readonly asUserExtra: readonly string[];
  /** Milliseconds. */
  readonly requestTimeout?: number;
  readonly disableCompression: boolean;
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `30`, `30s`, `1m30s`: seconds when there is no unit, as kubectl reads it. */
export function requestTimeout(value: string): number {
  if (/^\d+$/u.test(value)) return Number(value) * 1000;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/gu)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== value) {
    throw new InvalidArgumentError('give a number of seconds or a duration such as 30s or 2m; 0 waits for ever');
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitsMs[unit ?? ''] ?? 0), 0);
}

/** Options of every command that can read a cluster. */
export function addClusterOptions(command: Command): Command {
  return command
    .option('--live', 'read the cluster; also with `ingress`, `ingress NAME...` or `ingress/NAME` in place of files', false)
    .option('-A, --all-namespaces', 'of all namespaces of the cluster', false)
    .option('-l, --selector <labels>', 'Ingresses of the cluster with these labels')
    .option('--field-selector <fields>', 'Ingresses of the cluster with these fields')
    .option('--no-secrets', 'do not ask the cluster which Secrets there are')
    .option('--kubeconfig <file>', 'kubeconfig (default: those of KUBECONFIG, or ~/.kube/config)')
    .option('--context <name>', 'context of the kubeconfig')
    .option('--cluster <name>', 'cluster of the kubeconfig')
    .option('--user <name>', 'user of the kubeconfig')
    .option('-s, --server <url>', 'address of the API server')
    .option('--tls-server-name <name>', "name that the server's certificate must have")
    .option('--insecure-skip-tls-verify', "do not check the server's certificate")
    .option('--certificate-authority <file>', "certificates that the server's must come from")
    .option('--client-certificate <file>', 'certificate to log in with')
    .option('--client-key <file>', 'key of that certificate')
    .option('--token <token>', 'bearer token to log in with')
    .option('--as <name>', 'user to impersonate')
    .option('--as-uid <uid>', 'UID to impersonate')
    .option('--as-group <group>', 'group to impersonate; repeatable', collect, [])
    .option('--as-user-extra <key=value>', 'extra to impersonate; repeatable', collect, [])
    .option('--request-timeout <duration>', 'time that one request may take, such as 10s or 1m (default: 30s)', requestTimeout)
    .option('--disable-compression', 'ask for answers without compression', false)
    .option('--cache-dir <dir>', "accepted for kubectl's sake; nothing is cached");
}
