import type { Json, JsonObject } from '../model/gateway.ts';
import { canonicalText, isList, isMap, sortedBy, withEntries } from './canonical.ts';
import type { SchemaNode } from './schema.ts';

function fillMap(value: JsonObject, { fields = {} }: SchemaNode): JsonObject {
  const filled: Record<string, Json | undefined> = { ...value };
  for (const [name, node] of Object.entries(fields)) {
    const entry = value[name] ?? node.default;
    if (entry !== undefined) filled[name] = fillIn(entry, node);
  }
  return withEntries(filled, (_key, entry) => entry);
}

/** Lists whose order means nothing to the API server come in that of their keys. */
function fillList(value: readonly Json[], { items, keys }: SchemaNode): readonly Json[] {
  const filled = items === undefined ? value : value.map((item) => fillIn(item, items));
  if (keys === undefined) return filled;
  return sortedBy(filled, (item) => (isMap(item) && keys.length > 0 ? canonicalText(keys.map((key) => item[key] ?? '')) : canonicalText(item)));
}

/**
 * The value as the API server would store it: defaults filled in, from the outside in, and lists without order in one order.
 * Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting
 */
export function fillIn(value: Json, node: SchemaNode): Json {
  if (isList(value)) return fillList(value, node);
  return isMap(value) ? fillMap(value, node) : value;
}
