import type { ConvertOptions } from '../convert.ts';
import { fatal } from '../input/cluster/answer.ts';
import { readBundle, type CrdBundle } from '../input/cluster/bundle.ts';
import type { ApiServer } from '../input/cluster/api-server.ts';
import { openCluster } from '../input/cluster/client.ts';
import { ClusterError, type AccessOptions } from '../input/cluster/options.ts';
import type { ClusterInput } from '../input/define.ts';
import { clusterInput } from '../input/cluster/provider.ts';
import { defaultGatewayApiVersion } from '../targets/versions.ts';
import type { ClusterFlags } from './cluster-options.ts';
import { UnreachableError, UsageError } from './exit.ts';
import type { RunFlags } from './options.ts';
import type { ResourceArguments } from './resource-arguments.ts';
import type { Streams } from './streams.ts';

export { clusterInput };

function accessOptions(flags: ClusterFlags): AccessOptions {
  return { ...flags, requestTimeoutMs: flags.requestTimeout };
}

/** A failure as the user sees it: what is wrong, and with which cluster. */
export function clusterFailure(error: ClusterError, server?: Pick<ApiServer, 'context' | 'server'>): UsageError | UnreachableError {
  if (error.usage) return new UsageError(error.message);
  const where = server === undefined ? '' : ` (context "${server.context}", server ${server.server})`;
  return new UnreachableError(`the cluster cannot be read: ${error.message}${where}`);
}

/** @throws UsageError or UnreachableError */
export async function connect(flags: ClusterFlags, { env }: Streams): Promise<ApiServer> {
  try {
    return await openCluster(accessOptions(flags), env);
  } catch (error) {
    throw error instanceof ClusterError ? clusterFailure(error) : error;
  }
}

/** A cluster as the input of a run, and what its CRDs decide for it. */
export interface LiveRun {
  readonly server: ApiServer;
  readonly input: ClusterInput;
  /** What the flags leave open. */
  readonly decided: Pick<ConvertOptions, 'gatewayApiVersion' | 'channel'>;
  /** A failure of the cluster as the user sees it; any other error as it is. */
  readonly explain: (error: unknown) => unknown;
}

const minorOf = (version: string): string => version.split('.').slice(0, 2).join('.');

function decidedBy(bundle: CrdBundle | undefined, flags: RunFlags): LiveRun['decided'] {
  const release = bundle?.release;
  return {
    gatewayApiVersion: flags.gatewayApiVersion ?? (release === undefined ? undefined : minorOf(release.version)),
    channel: flags.channel ?? (flags.gatewayApiVersion === undefined ? release?.channel : undefined),
  };
}

/** Opens the cluster and looks at its CRDs: what can be written depends on them. */
export async function openLive({ names }: ResourceArguments, flags: RunFlags, streams: Streams): Promise<LiveRun> {
  const server = await connect(flags, streams);
  // A user who names the version says what is going to be installed.
  const bundle = await readBundle(server);
  if (bundle.problem !== undefined && fatal(bundle.problem)) {
    server.close();
    throw clusterFailure(new ClusterError(bundle.problem.message), server);
  }
  const named = flags.gatewayApiVersion !== undefined;
  const decided = decidedBy(bundle, flags);
  return {
    server,
    decided,
    explain: (error) => (error instanceof ClusterError ? clusterFailure(error, server) : error),
    input: {
      server,
      context: server.context,
      scope: { namespace: server.namespace, allNamespaces: flags.allNamespaces, selector: flags.selector, fieldSelector: flags.fieldSelector, names, secrets: flags.secrets },
      bundle: named && bundle.release === undefined ? undefined : bundle,
      gatewayApi: `${decided.gatewayApiVersion ?? defaultGatewayApiVersion} (${decided.channel ?? 'standard'} channel)`,
      controller: flags.controllerConfigmap === undefined || flags.controllerArgs.length === 0,
    },
  };
}
