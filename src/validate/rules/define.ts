/**
 * One CEL rule of a CRD as code. Where it applies (kind, field path, release, channel) comes from the CRDs, by the rule's message:
 * see schemas/<api>/cel.json for the expression it stands for.
 */
export interface Rule {
  /** Folder of its fixture under fixtures/invalid. */
  readonly id: string;
  /** The message of the CRD, word for word. */
  readonly message: string;
  /**
   * Whether the value at the rule's field breaks it. The value has passed the schema, and fields without a value have the CRD's default:
   * the API server fills defaults in before it asks the rules.
   */
  readonly broken: (self: never, kind: string) => boolean;
}

/** `Self` is the shape that the schema of the CRD gives the field. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller states it
export function rule<Self>(id: string, message: string, broken: (self: Self, kind: string) => boolean): Rule {
  return { id, message, broken };
}

/** Empty strings and lists count as unset in most rules. */
export function isSet(value: string | readonly unknown[] | undefined): boolean {
  return value !== undefined && value.length > 0;
}

/** Whether two items of a list share a key. */
export function repeats<T>(items: readonly T[], key: (item: T) => string | number | undefined): boolean {
  const seen = new Set<string | number>();
  for (const item of items) {
    const value = key(item);
    if (value === undefined) continue;
    if (seen.has(value)) return true;
    seen.add(value);
  }
  return false;
}
