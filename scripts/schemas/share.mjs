// Subschemas that occur more than once become definitions: files and compiled validators shrink to a fraction.

const worthSharing = 120;

/** Calls `visit` for each subschema, parents first. */
function children(schema) {
  return [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ];
}

export function share(root) {
  const counts = new Map();
  const count = (schema) => {
    const text = JSON.stringify(schema);
    const seen = counts.get(text) ?? 0;
    counts.set(text, seen + 1);
    // What hangs below a repeated schema repeats with it.
    if (seen === 0) children(schema).forEach(count);
  };
  count(root);
  const names = new Map();
  const definitions = {};
  const rewrite = (schema) => {
    const text = JSON.stringify(schema);
    if (counts.get(text) < 2 || text.length < worthSharing) return inner(schema);
    let name = names.get(text);
    if (name === undefined) {
      name = `d${names.size}`;
      names.set(text, name);
      definitions[name] = inner(schema);
    }
    return { $ref: `#/$defs/${name}` };
  };
  const inner = (schema) => {
    const result = { ...schema };
    if (schema.properties !== undefined) result.properties = Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, rewrite(value)]));
    if (schema.items !== undefined) result.items = rewrite(schema.items);
    if (typeof schema.additionalProperties === 'object') result.additionalProperties = rewrite(schema.additionalProperties);
    return result;
  };
  const shared = inner(root);
  return names.size === 0 ? shared : { ...shared, $defs: definitions };
}
