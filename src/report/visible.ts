/** Line breaks of every kind, tabs included: one line is one line in every consumer. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

/** Control characters, lone surrogates, and what turns the direction of writing (a name must not look like another one). */
const unseen = /[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

const named = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;

/** Text of the input on one line, with the characters that nobody would see written out. */
export function visible(text: string): string {
  return text.replace(breaks, ' ').replace(unseen, named);
}
