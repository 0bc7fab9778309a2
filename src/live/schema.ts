import table from '../../schemas/defaults.json' with { type: 'json' };
import type { Json } from '../model/gateway.ts';

/** What the API server does with a field unasked: derived from the CRDs by `npm run schemas`. */
export interface SchemaNode {
  /** Filled in where the field is absent. */
  readonly default?: Json;
  /** The list has no order: its items are told apart by these fields, or by themselves when there are none. */
  readonly keys?: readonly string[];
  readonly fields?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

const kinds: Readonly<Record<string, SchemaNode>> = table;

/** The node of `spec`; undefined for kinds without vendored CRD, of which nothing is known. */
export function schemaOf(group: string, kind: string): SchemaNode | undefined {
  return kinds[`${group}/${kind}`];
}
