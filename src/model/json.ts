import type { Json, JsonObject } from './gateway.ts';

/** Specs may be hand-written: whatever has the wrong type counts as absent. */
const emptyObject: JsonObject = {};
const emptyList: readonly never[] = [];

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectIn(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isObject(value) ? value : emptyObject;
}

export function objectsIn(parent: JsonObject, key: string): readonly JsonObject[] {
  const value = parent[key];
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : emptyList;
}

export function textIn(parent: JsonObject, key: string): string | undefined {
  const value = parent[key];
  return typeof value === 'string' ? value : undefined;
}

export function textsIn(parent: JsonObject, key: string): readonly string[] {
  const value = parent[key];
  return Array.isArray(value) ? value.filter((item: Json) => typeof item === 'string') : emptyList;
}

export function numberIn(parent: JsonObject, key: string): number | undefined {
  const value = parent[key];
  return typeof value === 'number' ? value : undefined;
}

export function flagIn(parent: JsonObject, key: string): boolean {
  return parent[key] === true;
}
