/** Steps from the root of a document to a value: map keys and sequence indexes; below a text, a number counts its lines, from 1. */
export type ValuePath = readonly (string | number)[];

/** Where something stands in a text. Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A place in the input: an object that was never text, and an input as a whole, have no lines. */
export type Place = Position | { readonly file: string; readonly line?: undefined; readonly column?: undefined };

/** `file:line:column`, as compilers say it and editors find it; the file alone where there are no lines. */
export const placeText = ({ file, line, column }: Place): string => (line === undefined ? file : `${file}:${line}:${column}`);

/** One document of one input file. Positions are found only when a finding needs them. */
export interface Source {
  /** Name as the user gave it; `-` for standard input. */
  readonly file: string;
  /** Index of the document in its file, from 0. */
  readonly index: number;
  /** Position of the key (or sequence item) at `path`; of its nearest existing parent if it is absent. */
  readonly locate: (path: ValuePath) => Place;
}

/** A symbolic place in the input; `source.locate(path)` makes it a place. */
export interface Origin {
  readonly source: Source;
  readonly path: ValuePath;
}
