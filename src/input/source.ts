import type { Subject } from '../diagnostics/finding.ts';
import type { Position, Source, ValuePath } from '../model/origin.ts';
import type { Marker } from './marker.ts';
import { Positions } from './positions.ts';
import { offsetOfLine } from './text-lines.ts';
import { nameInStream, type StreamName } from './stream-name.ts';

/** One input with its line starts, found once when the first position is asked for. */
export class InputFile {
  readonly file: string;
  readonly text: string;
  /** Standard input or a pipe: nobody can open it again, so the names that its documents carry say more. */
  readonly stream: boolean;
  #lineStarts: Uint32Array | undefined;

  constructor(file: string, text: string, stream = false) {
    this.file = file;
    this.text = text;
    this.stream = stream;
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
  /** Looked for when the first position is asked for; null: there is none. */
  #name: StreamName | null | undefined;

  constructor(input: InputFile, index: number, start: number, end: number) {
    this.input = input;
    this.index = index;
    this.start = start;
    this.end = end;
  }

  /** The file that a renderer names for the document, or the input. */
  get file(): string {
    return this.#named()?.file ?? this.input.file;
  }

  get text(): string {
    return this.input.text.slice(this.start, this.end);
  }

  /** Says which parser read the document, when it was not the plain block reader. */
  markWith(marker: Marker): void {
    this.#positions.markWith(marker);
  }

  /** Position of an offset inside the document's own text. In a named file, lines count from where its rendered text starts. */
  at(offset: number): Position {
    const position = this.input.position(this.start + offset);
    const name = this.#named();
    if (name === undefined) return position;
    const first = this.input.position(this.start + name.offset).line;
    return { file: name.file, line: Math.max(1, position.line - first + 1), column: position.column };
  }

  #named(): StreamName | undefined {
    if (!this.input.stream) return undefined;
    if (this.#name === undefined) this.#name = nameInStream(this.text) ?? null;
    return this.#name ?? undefined;
  }

  readonly locate = (path: ValuePath): Position => {
    const offset = this.#positions.offset(path);
    const line = path.at(-1);
    // A number where there is no list counts the lines of a text.
    if (typeof line !== 'number' || offset !== this.#positions.offset(path.slice(0, -1))) return this.at(offset);
    return this.at(offsetOfLine(this.text, offset, line) ?? offset);
  };
}

/** An input as a whole, or an object that was never text. */
export function wholeSource(file: string): Source {
  return { file, index: 0, locate: () => ({ file }) };
}

/** Subject of a finding about an input as a whole. */
export function wholeFile(file: string): Subject {
  return { origin: { source: wholeSource(file), path: [] } };
}
