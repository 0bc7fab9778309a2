import { Marks } from './marks.ts';
import { maxDepth } from './limits.ts';
import { resolvePlain } from './scalar.ts';

/**
 * Reads the plain block form that nearly every manifest is written in: maps with simple keys, lists, scalars on one line, literal blocks.
 * It accepts a strict subset of YAML and gives up on everything else (anchors, flow collections, escapes, scalars over several lines, tabs),
 * for which the exact parsers are there. It exists for speed alone: see docs/adr/0002-two-yaml-parsers.md.
 */

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
/** A plain scalar may start with more; a `-` is looked at separately. */
const startsPlain = charClass(`${letters}${digits}_/.$(^<~+;=\\`);
const startsKey = charClass(`${letters}_/`);
/** In a block map a key ends at its colon only, so `f:annotations` and `k:{"uid":"1"}` of live dumps are plain keys. */
const insideKey = charClass(`${letters}${digits}_/.-!"$%&'()*+,;<=>?@[\\]^{|}~\``);

function charClass(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** Printable text without anything that another parser could take for a line break. */
function isText(code: number): boolean {
  return (code >= SPACE && code <= 0x7e) || (code >= 0xa0 && code <= 0xd7ff && code !== 0x2028 && code !== 0x2029);
}

/** What a literal block may not hold: the same, but for tabs and line feeds. */
const odd = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff]/;

type Value = string | number | boolean | object | null;

class BlockReader {
  readonly #text: string;
  readonly #end: number;
  /** First significant character of the current line; the end when there is none. */
  #at = 0;
  /** Its column; -1 at the end. */
  #indent = -1;
  #depth = 0;
  /** Where to record the places of the value being read. */
  #marks: Marks | undefined;

  constructor(text: string, marks: Marks | undefined) {
    this.#text = text;
    this.#end = text.length;
    this.#marks = marks;
  }

  /** The whole document; undefined when it gave up. */
  read(): Value | undefined {
    this.#toLine(0);
    const value = this.#node();
    return this.#indent === -1 ? value : undefined;
  }

  #code(at: number): number {
    return at < this.#end ? this.#text.charCodeAt(at) : LF;
  }

  #endsLine(at: number): boolean {
    const code = this.#code(at);
    return code === LF || (code === CR && this.#code(at + 1) === LF);
  }

  #endsToken(at: number): boolean {
    return this.#code(at) === SPACE || this.#endsLine(at);
  }

  #nextLineStart(at: number): number {
    const lf = this.#text.indexOf('\n', at);
    return lf < 0 ? this.#end : lf + 1;
  }

  /** Moves to the first line at or after the line start `from` that is neither blank nor a comment. */
  #toLine(from: number): void {
    let start = from;
    while (start < this.#end) {
      let at = start;
      while (this.#code(at) === SPACE && at < this.#end) at += 1;
      if (at < this.#end && !this.#endsLine(at) && this.#code(at) !== HASH) {
        this.#at = at;
        this.#indent = at - start;
        return;
      }
      start = this.#nextLineStart(at);
    }
    this.#at = this.#end;
    this.#indent = -1;
  }

  #isItem(): boolean {
    return this.#code(this.#at) === DASH && this.#at < this.#end && this.#endsToken(this.#at + 1);
  }

  #node(): Value | undefined {
    if (this.#depth >= maxDepth) return undefined;
    this.#depth += 1;
    const value = this.#isItem() ? this.#list(this.#indent) : this.#map(this.#indent);
    this.#depth -= 1;
    return value;
  }

  /** End of the key that starts at `at`, where its colon is; -1 if there is no simple key. */
  #keyEnd(at: number): number {
    const dot = this.#code(at) === DOT && this.#code(at + 1) === COLON;
    if (at >= this.#end || (startsKey[this.#code(at)] !== 1 && !dot)) return -1;
    for (let end = at + 1; ; end += 1) {
      const code = this.#code(end);
      if (code === COLON ? this.#endsToken(end + 1) : insideKey[code] !== 1) return code === COLON ? end : -1;
    }
  }

  #map(indent: number): Value | undefined {
    const map: Record<string, Value> = {};
    const marks = this.#marks;
    while (this.#indent === indent) {
      const end = this.#keyEnd(this.#at);
      if (end < 0) return undefined;
      const key = this.#text.slice(this.#at, end);
      if (key === '__proto__' || resolvePlain(key) !== key || Object.hasOwn(map, key)) return undefined;
      this.#marks = marks?.add(key, this.#at);
      const value = this.#value(end + 1, indent);
      if (value === undefined) return undefined;
      map[key] = value;
    }
    this.#marks = marks;
    return this.#indent < indent ? map : undefined;
  }

  #list(indent: number): Value | undefined {
    const list: Value[] = [];
    const marks = this.#marks;
    while (this.#indent === indent && this.#isItem()) {
      let content = this.#at + 1;
      while (this.#code(content) === SPACE && content < this.#end) content += 1;
      this.#marks = marks?.add(list.length, this.#endsLine(content) || this.#code(content) === HASH ? this.#at : content);
      const value = this.#item(content, indent);
      if (value === undefined) return undefined;
      list.push(value);
    }
    this.#marks = marks;
    return this.#indent <= indent ? list : undefined;
  }

  /** What follows `- `: a map or list that starts on the same line, or a value as after a key. */
  #item(content: number, indent: number): Value | undefined {
    const nested = this.#code(content) === DASH && this.#endsToken(content + 1);
    if (!nested && this.#keyEnd(content) < 0) return this.#value(content, indent, false);
    this.#indent += content - this.#at;
    this.#at = content;
    return this.#node();
  }

  /** The value after a colon or dash. A list may stand at the column of its key. */
  #value(from: number, indent: number, afterKey = true): Value | undefined {
    let at = from;
    while (this.#code(at) === SPACE && at < this.#end) at += 1;
    if (!this.#endsLine(at) && this.#code(at) !== HASH) return this.#scalar(at, indent);
    this.#toLine(this.#nextLineStart(at));
    if (this.#indent > indent || (afterKey && this.#indent === indent && this.#isItem())) return this.#node();
    return null;
  }

  #scalar(at: number, indent: number): Value | undefined {
    const first = this.#text[at];
    if (first === '"' || first === "'") return this.#quoted(at, first, indent);
    if (first === '|') return this.#literal(at, indent);
    if (first === '{' && this.#text[at + 1] === '}') return this.#finish(at + 2, indent) ? {} : undefined;
    if (first === '[' && this.#text[at + 1] === ']') return this.#finish(at + 2, indent) ? [] : undefined;
    const code = this.#code(at);
    if (startsPlain[code] !== 1 && (code !== DASH || this.#endsToken(at + 1))) return undefined;
    return this.#plain(at, indent);
  }

  #plain(start: number, indent: number): Value | undefined {
    let at = start;
    let last = start;
    for (let code = this.#code(at); at < this.#end && code !== LF && code !== CR; code = this.#code(at)) {
      if (!isText(code)) return undefined;
      if (code === COLON && this.#endsToken(at + 1)) return undefined;
      if (code === HASH && this.#code(at - 1) === SPACE) break;
      at += 1;
      if (code !== SPACE) last = at;
    }
    const text = this.#text.slice(start, last);
    return this.#finish(at, indent) ? resolvePlain(text) : undefined;
  }

  #quoted(start: number, quote: string, indent: number): Value | undefined {
    const closing = quote.charCodeAt(0);
    let at = start + 1;
    for (let code = this.#code(at); code !== closing; code = this.#code(at)) {
      if (!isText(code) || (code === BACKSLASH && quote === '"')) return undefined;
      at += 1;
    }
    if (this.#code(at + 1) === closing) return undefined;
    const text = this.#text.slice(start + 1, at);
    return this.#finish(at + 1, indent) ? text : undefined;
  }

  /** Only blanks and a comment may follow on the line, and the next line must not continue the scalar. */
  #finish(from: number, indent: number): boolean {
    let at = from;
    while (this.#code(at) === SPACE && at < this.#end) at += 1;
    const comment = this.#code(at) === HASH && this.#code(at - 1) === SPACE;
    if (!comment && !this.#endsLine(at)) return false;
    this.#toLine(this.#nextLineStart(at));
    return this.#indent <= indent;
  }

  /** Column of the first line with text from the line start `from` on; -1 if there is none, or blanks precede it. */
  #literalColumn(from: number): number {
    let line = from;
    while (line < this.#end && this.#endsLine(line)) line = this.#nextLineStart(line);
    let at = line;
    while (this.#code(at) === SPACE) at += 1;
    return this.#endsLine(at) ? -1 : at - line;
  }

  #literal(start: number, indent: number): Value | undefined {
    const strip = this.#code(start + 1) === DASH;
    const header = start + (strip ? 2 : 1);
    if (!this.#endsLine(header)) return undefined;
    let line = this.#nextLineStart(header);
    const column = this.#literalColumn(line);
    if (column <= indent) return undefined;
    const lines: string[] = [];
    while (line < this.#end) {
      const next = this.#nextLineStart(line);
      if (this.#code(next - 1) !== LF) return undefined;
      const end = this.#code(next - 2) === CR ? next - 2 : next - 1;
      let at = line;
      while (at < end && at - line < column && this.#code(at) === SPACE) at += 1;
      if (at < end && at - line < column) break;
      lines.push(this.#text.slice(at, Math.max(at, end)));
      line = next;
    }
    while (lines.at(-1) === '') lines.pop();
    const text = lines.join('\n');
    if (this.#text.charCodeAt(line - 1) !== LF || odd.test(text)) return undefined;
    this.#toLine(line);
    return this.#indent <= indent ? (strip ? text : `${text}\n`) : undefined;
  }
}

/** Value of a document in plain block form; undefined when it is in any other form. Give `marks` to learn the places of its keys and items. */
export function readBlock(text: string, marks?: Marks): Value | undefined {
  return new BlockReader(text, marks).read();
}
