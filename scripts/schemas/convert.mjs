// OpenAPI v3 of a CRD -> JSON Schema as the API server judges with strict field validation, plus what JSON Schema cannot say.

const copied = ['enum', 'maximum', 'minimum', 'maxItems', 'minItems', 'maxLength', 'minLength', 'maxProperties', 'minProperties', 'required'];
const junctors = ['allOf', 'anyOf', 'oneOf'];

/** Formats the API server checks (k8s.io/kube-openapi/pkg/validation), as patterns or ranges; int64 is wider than a JavaScript number. */
const formats = {
  int32: (schema) => ({ minimum: schema.minimum ?? -(2 ** 31), maximum: schema.maximum ?? 2 ** 31 - 1 }),
  int64: () => ({}),
  byte: () => ({ pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' }),
  ipv4: () => ({ pattern: '^(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}$' }),
  ipv6: () => ({ pattern: '^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$' }),
};

/** Same language, without the nested repetition that takes a backtracking engine exponential time (RE2 does not mind). */
const rewrittenPatterns = {
  '^[!-~]+([\\t ]?[!-~]+)*$': '^[!-~]+([\\t ][!-~]+)*$',
};

function typeOf(schema) {
  if (schema['x-kubernetes-int-or-string']) return ['integer', 'string'];
  if (schema.type === undefined) return undefined;
  return schema.nullable ? [schema.type, 'null'] : schema.type;
}

/** Junctors of a structural schema only constrain: they declare no fields of their own. */
function constraintsOf(schema) {
  const result = {};
  for (const key of copied) if (schema[key] !== undefined) result[key] = schema[key];
  if (schema.pattern !== undefined) result.pattern = rewrittenPatterns[schema.pattern] ?? schema.pattern;
  if (schema.format !== undefined) {
    const known = formats[schema.format];
    if (known === undefined) throw new Error(`format ${schema.format} is not known`);
    Object.assign(result, known(schema));
  }
  const inner = (part) => {
    const properties = Object.entries(part.properties ?? {});
    // A part that excludes the default of a field excludes objects without the field as well.
    const stated = properties.filter(([key, value]) => value.not?.enum?.includes(schema.properties?.[key]?.default)).map(([key]) => key);
    const required = [...(part.required ?? []), ...stated];
    return {
      ...constraintsOf(part),
      ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties.map(([key, value]) => [key, inner(value)])) }),
      ...(required.length === 0 ? {} : { required }),
    };
  };
  for (const key of junctors) {
    // int-or-string repeats its types in anyOf; without the types such a part says nothing.
    const parts = (schema[key] ?? []).map(inner).filter((part) => Object.keys(part).length > 0);
    if (parts.length > 0) result[key] = parts;
  }
  if (schema.not !== undefined) result.not = inner(schema.not);
  return result;
}

/** Defaults are filled in before validation, so a field with one is never missing. */
function requiredOf(schema) {
  return (schema.required ?? []).filter((name) => schema.properties?.[name]?.default === undefined);
}

function objectOf(schema, path, facts, keep) {
  const result = {};
  if (schema.properties !== undefined) {
    const names = Object.keys(schema.properties).filter((name) => keep(`${path}.${name}`)).sort();
    result.properties = Object.fromEntries(names.map((name) => [name, schemaOf(schema.properties[name], `${path}.${name}`, facts, keep)]));
  }
  if (typeof schema.additionalProperties === 'object') result.additionalProperties = schemaOf(schema.additionalProperties, `${path}{}`, facts, keep);
  else if (!schema['x-kubernetes-preserve-unknown-fields']) result.additionalProperties = false;
  const required = requiredOf(schema);
  if (required.length > 0) result.required = required;
  return result;
}

function note(schema, path, facts) {
  const rules = schema['x-kubernetes-validations'] ?? [];
  const listType = schema['x-kubernetes-list-type'];
  if (path.includes('{}') && (rules.length > 0 || listType === 'map')) throw new Error(`${path}: a rule below a map`);
  if (rules.length > 0) facts.cel.push([path, rules.map(({ message, rule }) => ({ message, rule }))]);
  if (listType === 'map') facts.lists.push([path, schema['x-kubernetes-list-map-keys']]);
  if (listType === 'set') facts.lists.push([path, []]);
}

function schemaOf(schema, path, facts, keep) {
  note(schema, path, facts);
  const type = typeOf(schema);
  const { required: _required, ...constraints } = constraintsOf(schema);
  const result = { ...(type === undefined ? {} : { type }), ...constraints };
  if (schema.type === 'object') Object.assign(result, objectOf(schema, path, facts, keep));
  if (schema.items !== undefined) result.items = schemaOf(schema.items, `${path}[]`, facts, keep);
  return result;
}

/**
 * Schema of `spec`, CEL rules and list keys by field path (`spec.rules[].filters`).
 * `keep` decides about field paths: what is left out is an unknown field.
 */
export function convert(definitionVersion, keep = () => true) {
  const facts = { cel: [], lists: [] };
  const spec = schemaOf(definitionVersion.schema.openAPIV3Schema.properties.spec, 'spec', facts, keep);
  return { spec, cel: facts.cel, lists: facts.lists };
}
