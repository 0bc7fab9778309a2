import type { Finding } from '../diagnostics/finding.ts';

/** Text of one input, whole. */
export interface SourceText {
  readonly kind: 'text';
  /** Name as the user gave it; `-` for standard input. */
  readonly file: string;
  readonly text: string;
  /** Came through a pipe: documents are known by the files that a renderer names in it. */
  readonly stream?: boolean;
}

/** An input that gave nothing: the run goes on without it and ends with exit code 3. */
interface SourceFailure {
  readonly kind: 'failure';
  readonly finding: Finding;
}

export type SourceItem = SourceText | SourceFailure;

export interface InputOptions {
  /** -R: directories with their subdirectories. */
  readonly recursive: boolean;
  /** Asked for only when it is read: Node opens it, and loads what that takes, at the first touch. */
  readonly stdin: () => NodeJS.ReadableStream;
}

/**
 * One way to get text. Providers never throw for what the outside world does: a missing file is a failure item.
 * They yield in an order that depends on names only.
 */
export interface InputProvider {
  readonly id: string;
  /** Whether this provider reads the input of that name. The first one of the registry wins. */
  readonly accepts: (input: string) => boolean;
  readonly read: (input: string, options: InputOptions) => AsyncIterable<SourceItem>;
}
