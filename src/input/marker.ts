import { readBlock } from './block.ts';
import { JsonWalker } from './json-walker.ts';
import { Marks } from './marks.ts';

/** Finds the places of keys and items: the counterpart of the parser that read the document's value. */
export interface Marker {
  /** Places down to `levels` levels below the root; undefined if the text cannot be read after all. */
  readonly mark: (text: string, levels?: number) => Marks | undefined;
  /**
   * Places inside the value that starts at `start` and ends before `next`, for lists of thousands of objects.
   * Absent where the parser cannot start in the middle.
   */
  readonly markPart?: (text: string, start: number, next: number) => Marks | undefined;
}

const firstText = (text: string): number => Math.max(0, text.search(/\S/u));

function markBlock(text: string, levels?: number): Marks | undefined {
  const marks = new Marks(firstText(text), levels);
  return readBlock(text, marks) === undefined ? undefined : marks;
}

export const blockMarker: Marker = {
  mark: markBlock,
  markPart: (text, start, next) => {
    const lineStart = text.lastIndexOf('\n', start) + 1;
    const end = next >= text.length ? text.length : text.lastIndexOf('\n', next) + 1;
    // Blanks in front keep the part in its column; a part reads as a document of its own then.
    const part = `${' '.repeat(start - lineStart)}${text.slice(start, end)}`;
    const marks = new Marks(start, undefined, lineStart);
    return readBlock(part, marks) === undefined ? undefined : marks;
  },
};

export const jsonMarker: Marker = {
  mark: (text, levels) => {
    const marks = new Marks(firstText(text), levels);
    new JsonWalker(text, 0).walk(marks);
    return marks;
  },
  markPart: (text, start) => {
    const marks = new Marks(start);
    new JsonWalker(text, start).walk(marks);
    return marks;
  },
};
