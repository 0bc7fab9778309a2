/** The contract of the modules that scripts/build-validators.mjs writes: one per kind and content of its schema. */

export interface SchemaError {
  /** JSON pointer into the validated value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Validator {
  (value: unknown): boolean;
  /** Of the last call; the first error alone. */
  readonly errors?: readonly SchemaError[] | null;
}

/** What the CRD says beyond JSON Schema, by field path (`spec.rules[].filters`). */
export interface KindFacts {
  readonly kind: string;
  readonly scope: string;
  /** Messages of the CEL rules. */
  readonly cel: Readonly<Record<string, readonly string[]>>;
  /** Keys of list maps; an empty list for sets. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

export interface KindModule {
  /** Judges `spec`. */
  readonly validate: Validator;
  readonly facts: KindFacts;
}

/** Why an object is invalid, in the API server's words where it has some. */
export interface Problem {
  /** `spec.rules[0].filters` */
  readonly path: string;
  readonly message: string;
}
