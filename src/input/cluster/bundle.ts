import { isFields } from '../reading.ts';
import type { Problem } from './answer.ts';
import { getOne, type Server } from './list.ts';
import { resources } from './resources.ts';

/** Which CRDs of the Gateway API a cluster has. */
export interface CrdBundle {
  /** Of each CRD that is there, by its plural. */
  readonly kinds: ReadonlyMap<string, CrdRelease>;
  /** Of HTTPRoute: the kind everything depends on. Undefined: not installed, or not readable. */
  readonly release: CrdRelease | undefined;
  /** Why some of them could not be read. */
  readonly problem: Problem | undefined;
}

export interface CrdRelease {
  /** `1.5.1`. */
  readonly version: string;
  readonly channel: 'standard' | 'experimental';
}

/** By name, so that a role may name them: no list of all CRDs, which are megabytes, is needed. */
const plurals = ['httproutes', 'gateways', 'gatewayclasses', 'grpcroutes', 'referencegrants', 'backendtlspolicies', 'listenersets', 'tlsroutes', 'tcproutes', 'udproutes'] as const;

const group = 'gateway.networking.k8s.io';

/** https://gateway-api.sigs.k8s.io/concepts/versioning/: each CRD says its release and channel in annotations. */
function releaseOf(object: Readonly<Record<string, unknown>> | undefined): CrdRelease | undefined {
  const metadata = object?.['metadata'];
  const annotations = isFields(metadata) && isFields(metadata['annotations']) ? metadata['annotations'] : {};
  const version = annotations[`${group}/bundle-version`];
  const channel = annotations[`${group}/channel`];
  if (typeof version !== 'string') return undefined;
  return { version: version.replace(/^v/u, ''), channel: channel === 'experimental' ? 'experimental' : 'standard' };
}

export async function readBundle(server: Server): Promise<CrdBundle> {
  const read = await Promise.all(plurals.map(async (plural) => ({ plural, ...(await getOne(server, resources.customResourceDefinitions, undefined, `${plural}.${group}`, true)) })));
  const kinds = new Map<string, CrdRelease>();
  for (const { plural, objects } of read) {
    const release = releaseOf(objects[0]);
    if (release !== undefined) kinds.set(plural, release);
  }
  const problem = read.find((one) => one.problem !== undefined && one.problem.kind !== 'not-found')?.problem;
  return { kinds, release: kinds.get('httproutes'), problem };
}
