import type { AccessOptions } from '../../input/cluster/options.ts';
import type { Candidate, ClusterThing } from './candidate.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A shell waits for the answer. */
const patienceMs = 3000;

async function objectNames(thing: 'ingress' | 'namespace', options: AccessOptions, env: Environment): Promise<readonly string[]> {
  const { openCluster } = await import('../../input/cluster/client.ts');
  const { listAll } = await import('../../input/cluster/list.ts');
  const { nameOf } = await import('../../input/cluster/names.ts');
  const { resources } = await import('../../input/cluster/resources.ts');
  const server = await openCluster(options, env);
  try {
    const type = thing === 'ingress' ? resources.ingresses : resources.namespaces;
    const { objects } = await listAll(server, type, { namespace: thing === 'ingress' ? server.namespace : undefined, metadataOnly: true });
    return objects.map((object) => nameOf(object).name);
  } finally {
    server.close();
  }
}

async function kubeconfigNames(thing: 'context' | 'cluster' | 'user', options: AccessOptions, env: Environment): Promise<readonly string[]> {
  const { kubeconfigOf } = await import('../../input/cluster/client.ts');
  return [...(await kubeconfigOf(options, env))[`${thing}s`].keys()];
}

/** Names for the cursor, in the cluster that the flags typed so far choose. Whatever goes wrong, there are none: nobody reads messages there. */
export async function clusterNames(thing: ClusterThing, flags: AccessOptions, env: Environment): Promise<readonly Candidate[]> {
  const options: AccessOptions = { ...flags, requestTimeoutMs: patienceMs, quiet: true };
  try {
    const names = thing === 'ingress' || thing === 'namespace' ? await objectNames(thing, options, env) : await kubeconfigNames(thing, options, env);
    return [...names].sort().map((value): Candidate => ({ value, description: '' }));
  } catch {
    return [];
  }
}
