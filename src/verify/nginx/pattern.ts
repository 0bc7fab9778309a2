/** Parts of a pattern that PCRE and JavaScript write differently. `$` also stands before a final line break, `.` for all but that. */
const differing: ReadonlyMap<string, string> = new Map([
  ['.', '[^\\n]'],
  ['$', '(?=\\n?(?![^]))'],
  ['\\A', '(?<![^])'],
  ['\\z', '(?![^])'],
  ['\\Z', '(?=\\n?(?![^]))'],
  ['\\h', '[ \\t\\xa0]'],
  ['\\R', '(?:\\r\\n|[\\n-\\r\\x85])'],
]);

/** `\x`, a whole `[class]`, an inline flag at the start, or one character. */
const token = /\\[^]|\[\^?\]?(?:\[:[a-z]+:\]|\\[^]|[^\]\\])*\]|\(\?i\)|[^]/g;

const posix: ReadonlyMap<string, string> = new Map([
  ['alpha', 'A-Za-z'],
  ['digit', '0-9'],
  ['alnum', 'A-Za-z0-9'],
  ['lower', 'a-z'],
  ['upper', 'A-Z'],
  ['word', '\\w'],
  ['space', '\\s'],
  ['xdigit', '0-9A-Fa-f'],
]);

function writeClass(text: string): string {
  const named = text.replace(/\[:([a-z]+):\]/g, (whole, name: string) => posix.get(name) ?? whole);
  return named.replace(/^(\[\^?)\]/, '$1\\]');
}

const compiled = new Map<string, RegExp | undefined>();

function compile(pattern: string, flags: string): RegExp | undefined {
  const written = pattern.replace(token, (part) => {
    if (part === '(?i)') return '';
    return part.startsWith('[') && part.length > 1 ? writeClass(part) : (differing.get(part) ?? part);
  });
  try {
    return new RegExp(written, flags);
  } catch {
    return undefined;
  }
}

/**
 * A PCRE pattern over bytes, as a regular expression over one character per byte; undefined when it cannot be read.
 * Patterns are few and are asked for again and again, so each is compiled once.
 */
export function pcre(pattern: string, flags: 'i' | ''): RegExp | undefined {
  const key = `${flags} ${pattern}`;
  if (!compiled.has(key)) compiled.set(key, compile(pattern, flags));
  return compiled.get(key);
}
