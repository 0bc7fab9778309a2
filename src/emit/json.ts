import type { Json, JsonObject } from '../model/gateway.ts';

/** The typed parts of a route are plain JSON; their interfaces only lack the index signature that TypeScript asks for. */
export function asJson(value: object): JsonObject {
  return value as JsonObject;
}

/** The same for lists; they are shared, not copied. */
export function asJsonList(values: readonly object[]): readonly JsonObject[] {
  return values as readonly JsonObject[];
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function pruneValue(value: Json): Json {
  if (typeof value !== 'object') return value;
  return isList(value) ? value.map(pruneValue) : prune(value);
}

/** Without keys whose value is undefined, at any depth. Empty objects stay: in policies they mean something. */
export function prune(value: JsonObject): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (entry !== undefined) result[key] = pruneValue(entry);
  }
  return result;
}
