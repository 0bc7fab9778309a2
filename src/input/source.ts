import type { Subject } from '../diagnostics/finding.ts';
import type { Position, Source, ValuePath } from '../model/origin.ts';
import type { Marker } from './marker.ts';
import { Positions } from './positions.ts';

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

/** One document: a stretch of an input. */
export class DocumentSource implements Source {
  readonly input: InputFile;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly #positions = new Positions(() => this.text);

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
    this.#positions.markWith(marker);
  }

  /** Position of an offset inside the document's own text. */
  at(offset: number): Position {
    return this.input.position(this.start + offset);
  }

  readonly locate = (path: ValuePath): Position => this.at(this.#positions.offset(path));
}

/** Subject of a finding about an input as a whole. */
export function wholeFile(file: string): Subject {
  const source: Source = { file, index: 0, locate: () => ({ file, line: 1, column: 1 }) };
  return { origin: { source, path: [] } };
}
