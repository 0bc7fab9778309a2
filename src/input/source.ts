import type { Subject } from '../diagnostics/finding.ts';
import type { Position, Source, ValuePath } from '../model/origin.ts';
import { readBlock } from './block.ts';
import { Marks } from './marks.ts';

/** One input with its line starts, found once when the first position is asked for. */
export class InputFile {
  readonly file: string;
  readonly text: string;
  #lineStarts: Uint32Array | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** Line and column (from 1, in UTF-16 code units) of an offset. */
  position(offset: number): Position {
    const starts = (this.#lineStarts ??= lineStartsOf(this.text));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

function lineStartsOf(text: string): Uint32Array {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  const starts = new Uint32Array(count);
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts[line++] = at + 1;
  return starts;
}

/** Finds the places of keys and items in a document's text: the same parser that read its value. */
export type Marker = (text: string) => Marks | undefined;

const markBlock: Marker = (text) => {
  const marks = new Marks(text.search(/[^\s]/u));
  return readBlock(text, marks) === undefined ? undefined : marks;
};

/** Documents as long as this keep their marks: reading them again for every finding would be quadratic. */
const keepFrom = 16_384;

/** Marks of the document that was asked for last: findings of one object come together. */
let latest: { readonly document: DocumentSource; readonly marks: Marks } | undefined;

/** One document: a stretch of an input. */
export class DocumentSource implements Source {
  readonly input: InputFile;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  #marker: Marker = markBlock;
  #marks: Marks | undefined;

  constructor(input: InputFile, index: number, start: number, end: number) {
    this.input = input;
    this.index = index;
    this.start = start;
    this.end = end;
  }

  get file(): string {
    return this.input.file;
  }

  get text(): string {
    return this.input.text.slice(this.start, this.end);
  }

  /** Says which parser read the document, when it was not the plain block reader. */
  markWith(marker: Marker): void {
    this.#marker = marker;
  }

  /** Position of an offset inside the document's own text. */
  at(offset: number): Position {
    return this.input.position(this.start + offset);
  }

  readonly locate = (path: ValuePath): Position => {
    let marks = this.#marksNow();
    for (const step of path) {
      const child = marks.child(step);
      if (child === undefined) break;
      marks = child;
    }
    return this.at(marks.offset);
  };

  #marksNow(): Marks {
    if (this.#marks !== undefined) return this.#marks;
    if (latest?.document === this) return latest.marks;
    const marks = this.#marker(this.text) ?? new Marks(Math.max(0, this.text.search(/\S/u)));
    if (this.end - this.start >= keepFrom) this.#marks = marks;
    else latest = { document: this, marks };
    return marks;
  }
}

/** Subject of a finding about an input as a whole. */
export function wholeFile(file: string): Subject {
  const source: Source = { file, index: 0, locate: () => ({ file, line: 1, column: 1 }) };
  return { origin: { source, path: [] } };
}
