import type { GatewayObject, Json, JsonObject } from '../model/gateway.ts';
import { writeBlock } from './block.ts';
import { createScalarWriter, writeNumber, type ScalarWriter } from './scalar.ts';

/** Longer keys need the explicit form `? key` (https://yaml.org/spec/1.2.2/#742-flow-mappings: implicit keys end after 1024 characters). */
const longestImplicitKey = 1000;

const indents: string[] = [''];

function indentOf(depth: number): string {
  for (let missing = indents.length; missing <= depth; missing += 1) indents.push(' '.repeat(2 * missing));
  return indents[depth] ?? '';
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/**
 * Writes plain data in the block style of `kubectl get -o yaml`: lists stand at the indentation of their key. A hand-written writer, because
 * the general ones cost more than the whole conversion: docs/adr/0005-own-yaml-writer.md.
 */
class Writer {
  readonly #scalars: ScalarWriter = createScalarWriter();

  /** A string, number, boolean or empty collection; undefined for what needs lines of its own. */
  #inline(value: Json, depth: number): string | undefined {
    if (typeof value === 'string') return (value.includes('\n') ? writeBlock(value, indentOf(depth + 1)) : undefined) ?? this.#scalars.write(value);
    if (typeof value === 'number') return writeNumber(value);
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    if (isList(value)) return value.length === 0 ? '[]' : undefined;
    return isEmpty(value) ? '{}' : undefined;
  }

  /** Entries of a map; the first follows what stands on the line already (`- `). */
  map(value: JsonObject, depth: number, onLine: boolean): string {
    const indent = indentOf(depth);
    let text = '';
    let first = onLine;
    for (const key in value) {
      const entry = value[key];
      if (entry === undefined || !Object.hasOwn(value, key)) continue;
      if (!first) text += indent;
      first = false;
      const name = this.#scalars.write(key);
      text += name.length <= longestImplicitKey ? `${name}:` : `? ${name}\n${indent}:`;
      const inline = this.#inline(entry, depth);
      if (inline !== undefined) text += ` ${inline}\n`;
      else if (isList(entry)) text += `\n${this.#list(entry, depth, false)}`;
      else if (typeof entry === 'object') text += `\n${this.map(entry, depth + 1, false)}`;
    }
    return text;
  }

  #list(items: readonly Json[], depth: number, onLine: boolean): string {
    const indent = indentOf(depth);
    let text = '';
    let first = onLine;
    for (const item of items) {
      text += first ? '- ' : `${indent}- `;
      first = false;
      const inline = this.#inline(item, depth);
      if (inline !== undefined) text += `${inline}\n`;
      else if (isList(item)) text += this.#list(item, depth + 1, true);
      else if (typeof item === 'object') text += this.map(item, depth + 1, true);
    }
    return text;
  }
}

function isEmpty(value: JsonObject): boolean {
  for (const key in value) if (value[key] !== undefined) return false;
  return true;
}

const newline = 10;

/**
 * A text put together from thousands of pieces is a tree of them until someone looks into it. Looking at its end now makes it one string while
 * the pieces are young: a quarter of the time for large outputs, nearly all of it garbage collection.
 */
function flat(text: string): string {
  return text.charCodeAt(text.length - 1) === newline ? text : `${text}\n`;
}

/** Characters after which a piece ends: large enough for few writes, small enough to die young. */
const pieceLength = 65_536;

/** One YAML document per object, divided by `---`; what `kubectl apply -f -` reads. In pieces, so that a large output never stands in memory as a whole. */
export function* yamlPieces(objects: readonly GatewayObject[]): Generator<string> {
  const writer = new Writer();
  let piece = '';
  let first = true;
  for (const { apiVersion, kind, metadata, spec } of objects) {
    if (!first) piece += '---\n';
    first = false;
    piece += flat(writer.map({ apiVersion, kind, metadata: { ...metadata }, spec }, 0, false));
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** All pieces at once. No objects give an empty text. */
export function renderYaml(objects: readonly GatewayObject[]): string {
  return [...yamlPieces(objects)].join('');
}
