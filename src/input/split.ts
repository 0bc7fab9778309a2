import { DocumentSource, type InputFile } from './source.ts';

const SPACE = 0x20;
const HASH = 0x23;
const PERCENT = 0x25;

function isMarkerEnd(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const code = text.charCodeAt(at);
  return code === SPACE || code === 0x09 || code === 0x0a || code === 0x0d;
}

/** Next `---` or `...` that stands alone at the start of a line, at or after the line start `from`; -1 if there is none. */
function nextMarker(text: string, from: number): number {
  for (let at = from; at >= 0 && at < text.length; ) {
    const head = text.charCodeAt(at);
    if ((head === 0x2d || head === 0x2e) && (text.startsWith('---', at) || text.startsWith('...', at)) && isMarkerEnd(text, at + 3)) return at;
    const dashes = text.indexOf('\n---', at);
    const dots = text.indexOf('\n...', at);
    const next = dashes < 0 ? dots : dots < 0 ? dashes : Math.min(dashes, dots);
    if (next < 0) return -1;
    at = next + 1;
  }
  return -1;
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

/** JSON objects may follow each other without a marker, as `jq -c '.items[]'` writes them and kubectl reads them. */
function* jsonValues(text: string, start: number, end: number): Generator<readonly [number, number]> {
  let from = start;
  while (from < end) {
    const stop = endOfJson(text, from, end);
    const next = stop < 0 ? end : stop + text.slice(stop, end).search(/\S|$/u);
    if (next >= end || text[next] !== '{') return yield [from, end];
    yield [from, stop];
    from = next;
  }
}

/**
 * Cuts a text into documents at its markers, before anything is parsed: a broken document then never spoils its neighbours.
 * YAML ends every scalar and collection at a marker in column 1 (YAML 1.2.2, 9.1.2), so nothing is cut in the middle.
 */
export function* splitDocuments(input: InputFile): Generator<DocumentSource> {
  const { text } = input;
  let index = 0;
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let lineStart = start; start <= text.length; ) {
    const marker = nextMarker(text, lineStart);
    const end = marker < 0 ? text.length : marker;
    if (!isEmpty(text, start, end)) {
      const first = start + text.slice(start, Math.min(end, start + 64)).search(/\S|$/u);
      const stretches = text[first] === '{' ? jsonValues(text, first, end) : [[start, end] as const];
      for (const [from, to] of stretches) yield new DocumentSource(input, index++, from, to);
    }
    if (marker < 0) return;
    start = marker + 3;
    const line = text.indexOf('\n', start);
    lineStart = line < 0 ? text.length : line + 1;
  }
}
