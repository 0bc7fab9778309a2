import type { ValuePath } from '../model/origin.ts';
import { blockMarker, type Marker } from './marker.ts';
import { Marks, offsetAt } from './marks.ts';

/** Documents as long as this keep their places: reading them again for every finding would be quadratic. */
const keepFrom = 16_384;
/** Of a list, the places of its items: `items`, then the number. */
const outlineLevels = 2;

/** Places of what was asked for last: findings of one object come together. */
let latest: { readonly of: Positions; readonly item: number; readonly marks: Marks } | undefined;

/** Finds values in the text of one document, when a finding needs them. */
export class Positions {
  readonly #text: () => string;
  #marker: Marker = blockMarker;
  #outline: Marks | undefined;
  #whole: Marks | undefined;

  constructor(text: () => string) {
    this.#text = text;
  }

  /** Says which parser read the document, when it was not the plain block reader. */
  markWith(marker: Marker): void {
    this.#marker = marker;
  }

  /** Offset of the key or item at `path`, or of its nearest parent. */
  offset(path: ValuePath): number {
    const text = this.#text();
    const [first, item, ...rest] = path;
    const { markPart } = this.#marker;
    if (text.length < keepFrom || markPart === undefined || first !== 'items' || typeof item !== 'number') return offsetAt(this.#all(text), path);
    const part = this.#part(text, item, markPart);
    return part === undefined ? offsetAt(this.#all(text), path) : offsetAt(part, rest);
  }

  #part(text: string, item: number, markPart: NonNullable<Marker['markPart']>): Marks | undefined {
    if (latest?.of === this && latest.item === item) return latest.marks;
    this.#outline ??= this.#marker.mark(text, outlineLevels);
    const items = this.#outline?.child('items');
    const start = items?.child(item)?.offset;
    if (start === undefined) return undefined;
    const next = items?.child(item + 1)?.offset ?? this.#outline?.after(start) ?? text.length;
    const marks = markPart(text, start, next);
    if (marks !== undefined) latest = { of: this, item, marks };
    return marks;
  }

  #all(text: string): Marks {
    if (this.#whole !== undefined) return this.#whole;
    if (latest?.of === this && latest.item < 0) return latest.marks;
    const marks = this.#marker.mark(text) ?? new Marks(Math.max(0, text.search(/\S/u)));
    if (text.length >= keepFrom) this.#whole = marks;
    else latest = { of: this, item: -1, marks };
    return marks;
  }
}
