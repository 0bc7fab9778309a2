import type { GatewayObject } from '../model/gateway.ts';
import type { Profile } from '../targets/profile.ts';
import { kinds, metadata } from './generated/index.js';
import type { KindModule, Problem, Validator } from './kind.ts';
import { releaseOf } from './releases.ts';
import { schemaProblem } from './schema.ts';
import { sitesOf, walk, type Site } from './sites.ts';

/** Judges the objects of one kind. */
export interface Checker {
  readonly release: string;
  /** `apiVersion/kind` is not served by the release. */
  readonly unserved: boolean;
  readonly check: (object: GatewayObject) => readonly Problem[];
}

/** Limit of the API server for all annotations of an object together (k8s.io/apimachinery/pkg/api/validation, TotalAnnotationSizeLimitB). */
const annotationBytes = 256 * 1024;

function annotationsProblem({ metadata: { annotations } }: GatewayObject): Problem | undefined {
  if (annotations === undefined) return undefined;
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  return bytes > annotationBytes ? { path: 'metadata.annotations', message: `may not be more than ${annotationBytes} bytes` } : undefined;
}

function kindChecker({ validate, facts }: KindModule, validateMetadata: Validator): (object: GatewayObject) => readonly Problem[] {
  const site: Site = sitesOf(facts);
  return (object) => {
    const schema = schemaProblem(validateMetadata, 'metadata', object.metadata) ?? annotationsProblem(object) ?? schemaProblem(validate, 'spec', object.spec);
    if (schema !== undefined) return [schema];
    if (facts.scope === 'Cluster' && object.metadata.namespace !== undefined) return [{ path: 'metadata.namespace', message: 'the kind is not namespaced' }];
    const problems: Problem[] = [];
    walk(site, object.spec, object.kind, ['spec'], problems);
    return problems;
  };
}

async function checkerOf(type: string, apiVersion: string, profile: Profile): Promise<Checker> {
  const release = releaseOf(apiVersion, profile);
  const [{ validate: validateMetadata }, module] = await Promise.all([metadata(), kinds[release?.kinds[type] ?? '']?.()]);
  const check = module === undefined ? undefined : kindChecker(module, validateMetadata);
  return {
    release: release?.title ?? '',
    unserved: release !== undefined && check === undefined,
    // Of an API without vendored CRDs only names, labels and annotations are known.
    check: check ?? (({ metadata: names }) => [schemaProblem(validateMetadata, 'metadata', names) ?? []].flat()),
  };
}

export const typeOf = ({ apiVersion, kind }: GatewayObject): string => `${apiVersion}/${kind}`;

/** Loads what the objects need and no more: a compiled kind is some 60 KB of code. */
export async function loadCheckers(objects: readonly GatewayObject[], profile: Profile): Promise<ReadonlyMap<string, Checker>> {
  const versions = new Map(objects.map((object) => [typeOf(object), object.apiVersion]));
  return new Map(await Promise.all([...versions].map(async ([type, apiVersion]) => [type, await checkerOf(type, apiVersion, profile)] as const)));
}
