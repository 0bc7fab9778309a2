import { pcre } from '../nginx/pattern.ts';
import { bytesOf } from '../nginx/request-target.ts';
import { samplePattern } from './pattern-samples.ts';

const most = 4;

/** What one slip of the hand makes of a string, from its end to its beginning. */
function* slips(text: string): Generator<string> {
  yield text.slice(0, -1);
  for (let at = text.length - 1; at > 0; at -= 1) {
    const char = text[at] ?? '';
    const other = /\d/.test(char) ? 'q' : char === '/' ? '-' : '7';
    yield text.slice(0, at) + other + text.slice(at + 1);
    yield text.slice(0, at) + text.slice(at + 1);
    yield text.slice(0, at) + char + text.slice(at);
  }
  yield `/x${text}`;
}

/**
 * At most four strings just outside the language of a pattern, one change away from strings inside, always the same ones. nginx compares
 * without letter case, from the start, and open at the end. None for a pattern that cannot be read: nobody could say what is outside.
 */
export function outsidePattern(pattern: string): readonly string[] {
  const regex = pcre(`^${bytesOf(pattern)}`, 'i');
  if (regex === undefined) return [];
  const found = new Set<string>();
  // Each string inside gives one, so that every corner of the language has its neighbour.
  for (const sample of samplePattern(pattern)) {
    for (const slip of slips(sample)) {
      if (slip.startsWith('/') && !regex.test(bytesOf(slip)) && !found.has(slip)) {
        found.add(slip);
        break;
      }
    }
    if (found.size === most) break;
  }
  return [...found];
}
