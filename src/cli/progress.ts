import type { SourceItem } from '../input/define.ts';
import type { Streams } from './streams.ts';

/** Says on a terminal what takes long. Nothing is ever written to a pipe or a file. */
export interface Progress {
  /** Passes items on and counts them. */
  reading(items: AsyncIterable<SourceItem>): AsyncIterable<SourceItem>;
  /** What begins now, and with how many objects. */
  readonly onStage: (stage: string, count: number) => void;
  /** Takes the line away. */
  readonly done: () => void;
}

/** Nothing is shown for work that is over before. */
const patienceMs = 1000;
/** A stage of that many objects takes about that long; it does not let timers run, so it is announced at once. */
const manyObjects = 4000;
const betweenMs = 100;
const eraseLine = '\r\u001b[K';

class Line implements Progress {
  readonly #stream: Streams['stderr'];
  readonly #now: () => number;
  readonly #start: number;
  readonly #timer: NodeJS.Timeout;
  #text = 'reading';
  #shownAt: number | undefined;

  constructor(stream: Streams['stderr'], now: () => number) {
    this.#stream = stream;
    this.#now = now;
    this.#start = now();
    this.#timer = setTimeout(() => this.#show(), patienceMs).unref();
  }

  async *reading(items: AsyncIterable<SourceItem>): AsyncGenerator<SourceItem> {
    let count = 0;
    for await (const item of items) {
      count += 1;
      this.#text = `reading: ${count} ${count === 1 ? 'file' : 'files'}`;
      const now = this.#now();
      if (now - this.#start >= patienceMs && now - (this.#shownAt ?? 0) >= betweenMs) this.#show();
      yield item;
    }
  }

  readonly onStage = (stage: string, count: number): void => {
    this.#text = `${stage}: ${count}`;
    if (this.#now() - this.#start >= patienceMs || count >= manyObjects) this.#show();
  };

  readonly done = (): void => {
    clearTimeout(this.#timer);
    if (this.#shownAt !== undefined) this.#stream.write(eraseLine);
  };

  #show(): void {
    this.#shownAt = this.#now();
    this.#stream.write(`${eraseLine}${this.#text}`);
  }
}

/** Undefined where nobody watches: stderr is no terminal, or one that cannot erase a line. `now` gives milliseconds. */
export function progressOn({ stderr, env }: Pick<Streams, 'stderr' | 'env'>, now: () => number = () => performance.now()): Progress | undefined {
  return stderr.isTTY === true && env['TERM'] !== 'dumb' ? new Line(stderr, now) : undefined;
}
