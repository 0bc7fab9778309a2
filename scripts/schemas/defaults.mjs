// What the API server adds to an object, and which lists have no order of their own: all that a comparison needs of the CRDs.

/** Only branches that lead to a default or to a list without order. */
function nodeOf(schema) {
  const node = {};
  if (schema.default !== undefined) node.default = schema.default;
  const listType = schema['x-kubernetes-list-type'];
  if (listType === 'map') node.keys = schema['x-kubernetes-list-map-keys'];
  if (listType === 'set') node.keys = [];
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, nodeOf(field)]).filter(([, field]) => field !== undefined);
  if (fields.length > 0) node.fields = Object.fromEntries(fields);
  const items = schema.items === undefined ? undefined : nodeOf(schema.items);
  if (items !== undefined) node.items = items;
  return Object.keys(node).length === 0 ? undefined : node;
}

function mergeFields(older = {}, newer = {}, path) {
  const names = new Set([...Object.keys(older), ...Object.keys(newer)]);
  return Object.fromEntries([...names].sort().map((name) => [name, merge(older[name], newer[name], `${path}.${name}`)]));
}

/** Releases may add defaults and lists, never change them: then one table serves them all. */
function merge(older, newer, path) {
  if (older === undefined || newer === undefined) return newer ?? older;
  for (const key of ['default', 'keys']) {
    if (older[key] !== undefined && newer[key] !== undefined && JSON.stringify(older[key]) !== JSON.stringify(newer[key])) throw new Error(`${path}: releases differ in ${key}`);
  }
  const node = { ...older, ...newer };
  if (older.fields !== undefined || newer.fields !== undefined) node.fields = mergeFields(older.fields, newer.fields, path);
  const items = merge(older.items, newer.items, `${path}[]`);
  if (items !== undefined) node.items = items;
  return node;
}

/** Collects the table `GROUP/KIND -> node of spec`, over all releases, channels and versions, oldest first. */
export function createDefaults() {
  const kinds = new Map();
  return {
    add({ spec: { group, names } }, version) {
      const key = `${group}/${names.kind}`;
      kinds.set(key, merge(kinds.get(key), nodeOf(version.schema.openAPIV3Schema.properties.spec) ?? {}, key));
    },
    table: () => Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
