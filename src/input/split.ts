import { DocumentSource, type InputFile } from './source.ts';

const SPACE = 0x20;
const HASH = 0x23;
const PERCENT = 0x25;

function isMarkerEnd(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const code = text.charCodeAt(at);
  return code === SPACE || code === 0x09 || code === 0x0a || code === 0x0d;
}

/** Finds the `---` and `...` that stand alone at the start of a line. Each search goes on where the last one ended: linear in the text. */
class MarkerScan {
  readonly #text: string;
  readonly #next = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The first marker at or after the line start `from`; -1 if there is none. */
  after(from: number): number {
    const dashes = this.#find('---', from);
    const dots = this.#find('...', from);
    return dashes < 0 ? dots : dots < 0 ? dashes : Math.min(dashes, dots);
  }

  #find(marker: string, from: number): number {
    const known = this.#next.get(marker);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    let at = this.#text.startsWith(marker, from) ? from : this.#lineWith(marker, from);
    while (at >= 0 && !isMarkerEnd(this.#text, at + 3)) at = this.#lineWith(marker, at);
    this.#next.set(marker, at);
    return at;
  }

  #lineWith(marker: string, from: number): number {
    const before = this.#text.indexOf(`\n${marker}`, from);
    return before < 0 ? -1 : before + 1;
  }
}

/** Whether a stretch holds nothing but blanks, comments and %DIRECTIVES. */
function isEmpty(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === HASH || (code === PERCENT && (at === 0 || text.charCodeAt(at - 1) === 0x0a))) {
      const line = text.indexOf('\n', at);
      if (line < 0 || line >= end) return true;
      at = line;
    } else if (code > SPACE && code !== 0xfeff) return false;
  }
  return true;
}

/** End of the JSON value that starts at `start`; -1 when the text is no JSON after all. */
function endOfJson(text: string, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      for (at += 1; at < end && text.charCodeAt(at) !== 0x22; at += 1) if (text.charCodeAt(at) === 0x5c) at += 1;
    } else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (code === HASH) return -1;
  }
  return -1;
}

/** Start and end of a document. */
type Stretch = readonly [number, number];

/** JSON objects may follow each other without a marker, as `jq -c '.items[]'` writes them and kubectl reads them. */
function* jsonValues(text: string, start: number, end: number): Generator<Stretch> {
  let from = start;
  while (from < end) {
    const stop = endOfJson(text, from, end);
    const next = stop < 0 ? end : stop + text.slice(stop, end).search(/\S|$/u);
    const more = next < end && text[next] === '{';
    yield [from, more ? stop : end];
    from = more ? next : end;
  }
}

/**
 * Cuts a text into documents at its markers, before anything is parsed: a broken document then never spoils its neighbours.
 * YAML ends every scalar and collection at a marker in column 1 (YAML 1.2.2, 9.1.2), so nothing is cut in the middle.
 */
export function* splitDocuments(input: InputFile): Generator<DocumentSource> {
  const { text } = input;
  const markers = new MarkerScan(text);
  let index = 0;
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let lineStart = start; start <= text.length; ) {
    const marker = markers.after(lineStart);
    const end = marker < 0 ? text.length : marker;
    if (!isEmpty(text, start, end)) {
      const first = start + text.slice(start, Math.min(end, start + 64)).search(/\S|$/u);
      const stretches: Iterable<Stretch> = text[first] === '{' ? jsonValues(text, first, end) : [[start, end]];
      for (const [from, to] of stretches) yield new DocumentSource(input, index++, from, to);
    }
    if (marker < 0) return;
    start = marker + 3;
    const line = text.indexOf('\n', start);
    lineStart = line < 0 ? text.length : line + 1;
  }
}
