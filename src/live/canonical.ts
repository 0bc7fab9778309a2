import type { Json, JsonObject } from '../model/gateway.ts';
import { compareText } from '../model/object.ts';

export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);
/** What exists may be hand-written: null counts as absent, as it does for the API server. */
export const isMap = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same text for the same value, whatever the order of keys. */
export function canonicalText(value: Json | undefined): string {
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isMap(value)) return value === undefined ? 'absent' : JSON.stringify(value);
  const entries = Object.keys(value).filter((key) => value[key] !== undefined).sort(compareText);
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join(',')}}`;
}

export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || canonicalText(a) === canonicalText(b);
}

/** In an order that does not depend on the one they came in. */
export function sortedBy<T extends Json>(items: readonly T[], keyOf: (item: T) => string = canonicalText): readonly T[] {
  return items.map((item) => ({ item, key: keyOf(item) })).sort((a, b) => compareText(a.key, b.key)).map(({ item }) => item);
}

/** A copy with one level of changes: keys whose value becomes undefined are left out. */
export function withEntries(value: JsonObject, change: (key: string, entry: Json) => Json | undefined): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, entry] of Object.entries(value)) {
    const changed = isAbsent(entry) ? undefined : change(key, entry);
    if (changed !== undefined) result[key] = changed;
  }
  return result;
}

const isAbsent = (entry: unknown): entry is undefined => entry === undefined || entry === null;

export function without(value: JsonObject, ...keys: readonly string[]): JsonObject {
  return withEntries(value, (key, entry) => (keys.includes(key) ? undefined : entry));
}
