import type { Json, JsonObject } from '../model/gateway.ts';
import type { PolicyFragment } from '../targets/lowered.ts';
import { prune } from './json.ts';

/** All fragments of one kind on one target object, as one. */
export interface MergedPolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: JsonObject;
  /** Equal for equal specs. */
  readonly specKey: string;
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && !Array.isArray(value);

function mergeSpec(into: JsonObject, from: JsonObject, kind: string): JsonObject {
  const result: Record<string, Json | undefined> = { ...into };
  for (const [key, value] of Object.entries(from)) {
    const before = result[key];
    if (before === undefined) result[key] = value;
    else if (isObject(before) && isObject(value)) result[key] = mergeSpec(before, value, kind);
    else if (value !== undefined && JSON.stringify(before) !== JSON.stringify(value)) throw new Error(`two values for ${key} of one ${kind}`);
  }
  return result;
}

/**
 * One policy per kind, in the order in which the kinds first occur.
 *
 * @throws Error when two fragments state different values: a bug of the target, which must not be hidden by taking one of them
 */
export function mergePolicies(fragments: readonly PolicyFragment[]): readonly MergedPolicy[] {
  const byKind = new Map<string, { readonly apiVersion: string; readonly kind: string; spec: JsonObject }>();
  for (const { apiVersion, kind, spec } of fragments) {
    const key = `${apiVersion} ${kind}`;
    const known = byKind.get(key);
    if (known === undefined) byKind.set(key, { apiVersion, kind, spec });
    else known.spec = mergeSpec(known.spec, spec, kind);
  }
  return [...byKind.values()].map(({ apiVersion, kind, spec }) => {
    const pruned = prune(spec);
    return { apiVersion, kind, spec: pruned, specKey: JSON.stringify(pruned) };
  });
}

const noPolicies: readonly MergedPolicy[] = [];

/** Merges with a memory: thousands of rules of a run carry the same few fragments. */
export function createMerger(): (fragments: readonly PolicyFragment[]) => readonly MergedPolicy[] {
  const known = new Map<string, readonly MergedPolicy[]>();
  return (fragments) => {
    if (fragments.length === 0) return noPolicies;
    const key = JSON.stringify(fragments);
    let merged = known.get(key);
    if (merged === undefined) known.set(key, (merged = mergePolicies(fragments)));
    return merged;
  };
}
