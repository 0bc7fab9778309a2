import { EVENT_ID, NOT_RESOLVED, SCALAR_STYLE, Schema, YAMLException, defineScalarTag, getScalarValue, load, mapTag, mergeTag, nullCoreTag, parseEvents, seqTag, strTag, type Event } from 'js-yaml';
import type { Document, Node as YamlNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { maxAliases, maxDepth } from './limits.ts';
import { Marks } from './marks.ts';
import { resolvePlain, TemplateText } from './scalar.ts';

/**
 * The one place that knows YAML parsers, loaded only for documents that the plain block reader gives up on.
 * js-yaml is quick and strict; `yaml` is slow, reads more and explains itself, and is loaded when js-yaml refuses.
 */

/** `refused`: what no other parser may read either. */
type Problem = 'syntax' | 'refused' | 'depth' | 'aliases' | 'duplicate-key';
export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem; readonly reason: string; readonly offset: number };

const typed = (source: string): unknown => {
  const value = resolvePlain(source);
  return typeof value === 'string' || value === null ? NOT_RESOLVED : value;
};
const numberTag = defineScalarTag<unknown>('tag:yaml.org,2002:int', { implicit: true, implicitFirstChars: Array.from('+-.0123456789'), resolve: typed, identify: () => false });
const booleanTag = defineScalarTag<unknown>('tag:yaml.org,2002:bool', { implicit: true, implicitFirstChars: Array.from('tTfFyYnNoO'), resolve: typed, identify: () => false });
const schema = new Schema([strTag, seqTag, mapTag, nullCoreTag, booleanTag, numberTag, mergeTag]);

function problemOf(reason: string): Problem {
  if (reason.startsWith('nesting exceeded')) return 'depth';
  if (reason.startsWith('aliases exceeded') || reason.startsWith('merge keys exceeded') || reason.startsWith('abnormal merge')) return 'aliases';
  // Control characters: kubectl's parser refuses them too.
  if (reason.includes('non-printable')) return 'refused';
  return reason.startsWith('duplicated mapping key') ? 'duplicate-key' : 'syntax';
}

/**
 * Reads one document with js-yaml. With `lastKeyWins`, a key that stands twice in a map counts as it does for kubectl.
 * Prototypes are safe: js-yaml defines `__proto__` as an own property (js-yaml 5, src/tag/mapping/map.ts).
 */
export function parseQuickly(text: string, lastKeyWins = false): Parsed {
  try {
    return { ok: true, value: load(text, { schema, maxDepth, maxAliases, json: lastKeyWins }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { ok: false, problem: problemOf(error.reason), reason: error.reason, offset: error.mark?.position ?? 0 };
  }
}

type NodeEvent = Exclude<Event, { type: typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.POP }>;

interface Frame {
  readonly marks: Marks;
  readonly list: boolean;
  items: number;
  key: { readonly text: string; readonly offset: number } | undefined;
}

/** Where a value starts as a reader sees it: at its quote, at the `|` of a block, at the `*` of an alias. */
function startOf(event: NodeEvent, text: string): number {
  if ('start' in event) return event.start;
  if (!('valueStart' in event)) return event.anchorStart - 1;
  const { style, valueStart } = event;
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1;
  if (style === SCALAR_STYLE.LITERAL_BLOCK) return text.lastIndexOf('|', valueStart);
  return style === SCALAR_STYLE.FOLDED_BLOCK ? text.lastIndexOf('>', valueStart) : valueStart;
}

/** Enters the value that starts here into the marks; undefined when it was the key of a map. */
function place(frame: Frame, event: NodeEvent, text: string): Marks | undefined {
  const start = startOf(event, text);
  if (frame.list) return frame.marks.add(frame.items++, start < 0 ? frame.marks.offset : start);
  if (frame.key !== undefined) {
    const marks = frame.marks.add(frame.key.text, frame.key.offset);
    frame.key = undefined;
    return marks;
  }
  frame.key = { text: 'valueStart' in event && event.valueStart >= 0 ? getScalarValue(text, event) : '', offset: start };
  return undefined;
}

/** Places of the keys and items of a document that js-yaml reads. */
export function marksQuickly(text: string): Marks | undefined {
  const root = new Marks(Math.max(0, text.search(/\S/u)));
  const anchors = new Map<string, Marks>();
  const frames: Frame[] = [];
  for (const event of parseEvents(text, { maxDepth })) {
    if (event.type === EVENT_ID.DOCUMENT) continue;
    if (event.type === EVENT_ID.POP) {
      frames.pop();
      continue;
    }
    const frame = frames.at(-1);
    const marks = frame === undefined ? root : place(frame, event, text);
    const anchor = event.anchorStart < 0 ? undefined : text.slice(event.anchorStart, event.anchorEnd);
    if (event.type === EVENT_ID.ALIAS) marks?.adopt(anchors.get(anchor ?? ''));
    else if (anchor !== undefined && marks !== undefined) anchors.set(anchor, marks);
    if ('start' in event) frames.push({ marks: marks ?? new Marks(0), list: event.type === EVENT_ID.SEQUENCE, items: 0, key: undefined });
  }
  return root;
}

/** A document that `yaml` read: its value, or why it cannot be read. */
export interface Repair {
  readonly parse: (text: string) => Parsed;
  readonly marks: (text: string) => Marks | undefined;
}

/** In the failsafe schema every scalar is text. */
function scalarOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? '');
}

class NodeReader {
  readonly #text: string;
  readonly #yaml: typeof import('yaml');
  /** The first alias without an anchor. */
  unresolved: { readonly name: string; readonly offset: number } | undefined;
  readonly #anchors = new Map<string, { readonly value: unknown; readonly marks: Marks | undefined }>();

  constructor(text: string, yaml: typeof import('yaml')) {
    this.#text = text;
    this.#yaml = yaml;
  }

  read(node: YamlNode | null | undefined, marks: Marks | undefined): unknown {
    const { isAlias, isMap, isScalar, isSeq } = this.#yaml;
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target === undefined) this.unresolved ??= { name: node.source, offset: node.range?.[0] ?? 0 };
      marks?.adopt(target?.marks);
      return target?.value ?? null;
    }
    const value = isScalar(node) ? this.#scalar(node) : isMap(node) ? this.#map(node, marks) : isSeq(node) ? this.#list(node, marks) : null;
    if (node?.anchor !== undefined) this.#anchors.set(node.anchor, { value, marks });
    return value;
  }

  #scalar(node: Scalar): unknown {
    const text = scalarOf(node);
    return node.type === 'PLAIN' && node.tag === undefined ? resolvePlain(text) : text;
  }

  #list(node: YAMLSeq, marks: Marks | undefined): unknown {
    return node.items.map((item, index) => {
      const child = this.#node(item);
      return this.read(child, marks?.add(index, child?.range?.[0] ?? marks.offset));
    });
  }

  #map(node: YAMLMap, marks: Marks | undefined): unknown {
    const source = node.range === undefined || node.range === null ? '' : this.#text.slice(node.range[0], node.range[1]);
    if (node.flow === true && source.startsWith('{{')) return new TemplateText(source.trim());
    const entries = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      const keyNode = this.#node(key);
      const name = this.#keyText(keyNode);
      const read = this.read(this.#node(value), marks?.add(name, keyNode?.range?.[0] ?? marks.offset));
      if (name === '<<') mergeInto(entries, read);
      else entries.set(name, read);
    }
    return Object.fromEntries(entries);
  }

  #keyText(node: YamlNode | undefined): string {
    if (this.#yaml.isScalar(node)) return scalarOf(node);
    if (node?.range === undefined || node.range === null) return '';
    return this.#text.slice(node.range[0], node.range[1]);
  }

  #node(value: unknown): YamlNode | undefined {
    return this.#yaml.isNode(value) ? value : undefined;
  }
}

/** YAML 1.1 merge: keys that the map does not state itself. */
function mergeInto(entries: Map<string, unknown>, source: unknown): void {
  const sources: readonly unknown[] = Array.isArray(source) ? source : [source];
  for (const one of sources) {
    if (typeof one !== 'object' || one === null) continue;
    for (const [key, value] of Object.entries(one)) if (!entries.has(key)) entries.set(key, value);
  }
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/iu.test(error.message);
}

/** Loads the parser that repairs and explains. */
export async function loadRepair(): Promise<Repair> {
  // The package is CommonJS: its default export is the same object unbundled and bundled, its named exports are not.
  const { default: yaml } = await import('yaml');
  // Everything is text to it: this project types plain scalars itself, and duplicate keys count as for kubectl.
  const parse = (text: string): Document.Parsed =>
    yaml.parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  return {
    parse: (text) => {
      try {
        const document = parse(text);
        const [error] = document.errors;
        if (error !== undefined) return { ok: false, problem: 'syntax', reason: error.message, offset: error.pos[0] };
        const reader = new NodeReader(text, yaml);
        const value = reader.read(document.contents, new Marks(0));
        if (reader.unresolved === undefined) return { ok: true, value };
        const { name, offset } = reader.unresolved;
        return { ok: false, problem: 'syntax', reason: `*${name} is an alias without an anchor; a value that starts with * needs quotes`, offset };
      } catch (error) {
        if (isStackOverflow(error)) return { ok: false, problem: 'depth', reason: 'nested too deeply', offset: 0 };
        throw error;
      }
    },
    marks: (text) => {
      const marks = new Marks(Math.max(0, text.search(/\S/u)));
      new NodeReader(text, yaml).read(parse(text).contents, marks);
      return marks;
    },
  };
}
