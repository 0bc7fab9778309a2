/** Bounds that keep hostile or accidental input from costing more than it is worth. */

const MEBI = 1024 * 1024;

/** Of one file or of standard input, in bytes. A dump of 50,000 Ingresses is about 80 MB. */
export const maxFileBytes = 100 * MEBI;

/** Of one document that needs a YAML parser, in UTF-16 code units; JSON and plain block style are bounded by the file alone. */
export const maxDocumentLength = 16 * MEBI;

/** Largest document that the slow, exact parser is asked to repair or to explain. */
export const maxRepairLength = MEBI;

/** Collections inside collections. An Ingress needs 8; the API server itself refuses more than 10,000. */
export const maxDepth = 100;

/** `*alias` nodes of one document. The most that was met in real manifests is a handful. */
export const maxAliases = 1000;

/** Values that the aliases of one document may stand for, all together. */
export const maxExpandedValues = 1_000_000;

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / MEBI)} MiB`;
}
