import type { Problem, SchemaError, Validator } from './kind.ts';

const texts: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>> = {
  additionalProperties: ({ additionalProperty }) => `unknown field ${String(additionalProperty)}`,
  enum: () => 'unsupported value',
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
  maxItems: ({ limit }) => `must have at most ${String(limit)} items`,
  maxLength: ({ limit }) => `may not be longer than ${String(limit)} characters`,
  maxProperties: ({ limit }) => `must have at most ${String(limit)} entries`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  minItems: ({ limit }) => `must have at least ${String(limit)} items`,
  minLength: ({ limit }) => `must have at least ${String(limit)} characters`,
  pattern: () => 'does not match the pattern of the field',
  required: ({ missingProperty }) => `lacks the field ${String(missingProperty)}`,
  type: ({ type }) => `must be of type ${String(type)}`,
};

/** `/rules/0/name` below `spec` -> `spec.rules[0].name` */
function pathOf(root: string, pointer: string): string {
  return pointer.split('/').slice(1).reduce((path, part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return /^\d+$/u.test(name) ? `${path}[${name}]` : `${path}.${name}`;
  }, root);
}

function problemOf(root: string, { instancePath, keyword, params }: SchemaError): Problem {
  return { path: pathOf(root, instancePath), message: texts[keyword]?.(params) ?? `breaks ${keyword}` };
}

/** The first error of the value; undefined when it is valid. A schema error hides the rules, as it does on the API server. */
export function schemaProblem(validate: Validator, root: string, value: unknown): Problem | undefined {
  if (validate(value)) return undefined;
  const error = validate.errors?.[0];
  return error === undefined ? { path: root, message: 'invalid' } : problemOf(root, error);
}
