/** Offsets of the keys and items of one document, as a tree of the same shape as its value. */
export class Marks {
  readonly offset: number;
  /** How many levels below this one are recorded. */
  readonly #levels: number;
  /** Where the marked text starts in its document. */
  readonly #base: number;
  #children: Map<string | number, Marks> | undefined;

  constructor(offset: number, levels = Number.POSITIVE_INFINITY, base = 0) {
    this.offset = offset;
    this.#levels = levels;
    this.#base = base;
  }

  /** Records a key or item; `offset` counts from the start of the marked text. Undefined where the tree ends. */
  add(step: string | number, offset: number): Marks | undefined {
    if (this.#levels === 0) return undefined;
    const child = new Marks(this.#base + offset, this.#levels - 1, this.#base);
    (this.#children ??= new Map<string | number, Marks>()).set(step, child);
    return child;
  }

  /** What an alias stands for has the places of its anchor. */
  adopt(target: Marks | undefined): void {
    if (target !== undefined) this.#children = target.#children;
  }

  child(step: string | number): Marks | undefined {
    return this.#children?.get(step);
  }

  /** Place of the first child that starts after `offset`. */
  after(offset: number): number | undefined {
    const later = [...(this.#children?.values() ?? [])].filter((child) => child.offset > offset);
    return later.length === 0 ? undefined : Math.min(...later.map((child) => child.offset));
  }
}

/** Place of the value at `path`, or of its nearest parent that is there. */
export function offsetAt(marks: Marks, path: readonly (string | number)[]): number {
  let here = marks;
  for (const step of path) {
    const child = here.child(step);
    if (child === undefined) break;
    here = child;
  }
  return here.offset;
}
