/**
 * How to reach a cluster, in kubectl's words: https://kubernetes.io/docs/reference/kubectl/generated/kubectl_options/.
 * What is undefined is taken from the kubeconfig.
 */
export interface AccessOptions {
  /** --kubeconfig: this file alone, instead of those that KUBECONFIG lists. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly server?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly insecureSkipTlsVerify?: boolean | undefined;
  readonly certificateAuthority?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly token?: string | undefined;
  readonly as?: string | undefined;
  readonly asUid?: string | undefined;
  readonly asGroup?: readonly string[];
  /** `KEY=VALUE`, repeatable. */
  readonly asUserExtra?: readonly string[];
  /** Milliseconds that one request may take; undefined: `defaultTimeoutMs`. 0: as long as it likes. */
  readonly requestTimeoutMs?: number | undefined;
  readonly disableCompression?: boolean;
  /** Credential plugins do not speak to the user. */
  readonly quiet?: boolean;
  /** -n. */
  readonly namespace?: string | undefined;
}

/** kubectl waits for ever unless told otherwise; a run in CI must end. */
export const defaultTimeoutMs = 30_000;

/** Which Ingresses of the cluster are asked for. */
export interface ClusterScope {
  /** '' with `allNamespaces`. */
  readonly namespace: string;
  readonly allNamespaces: boolean;
  readonly selector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Empty: all of them. */
  readonly names: readonly string[];
  /** Whether the names of Secrets are asked for: RBAC cannot allow names without contents. */
  readonly secrets: boolean;
}

/** The cluster cannot be used at all, so there is nothing to work on: the message is for the user. */
export class ClusterError extends Error {
  /** What the user told the tool is wrong, and not what the cluster does. */
  readonly usage: boolean;

  constructor(message: string, usage = false) {
    super(message);
    this.usage = usage;
  }
}
