/** Offsets of the keys and items of one document, as a tree of the same shape as its value. */
export class Marks {
  readonly offset: number;
  #children: Map<string | number, Marks> | undefined;

  constructor(offset: number) {
    this.offset = offset;
  }

  add(step: string | number, offset: number): Marks {
    const child = new Marks(offset);
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
}
