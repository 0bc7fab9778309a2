/** One directive of a piece of nginx configuration. */
export interface SnippetDirective {
  readonly name: string;
  /** Quotes taken off and escapes resolved; the parentheses of `if` stay, after a quoted word as a word of their own. */
  readonly args: readonly string[];
  /** Line of its name in the snippet, from 1. */
  readonly line: number;
  /** Directives between its braces; undefined without braces, and for Lua, whose body is not nginx syntax. */
  readonly block: readonly SnippetDirective[] | undefined;
}

export interface SnippetScan {
  readonly directives: readonly SnippetDirective[];
  /**
   * False when the text is no whole piece of configuration (an open quote or brace, a missing `;`, a `}` too many): nginx then
   * joins it with what the controller writes around it, so the directives do not say what it does.
   */
  readonly complete: boolean;
}

interface Reader {
  readonly text: string;
  at: number;
  line: number;
  complete: boolean;
}

/** Moves one character on, counting lines. */
function step(reader: Reader): string {
  const char = reader.text.charAt(reader.at);
  reader.at += 1;
  if (char === '\n') reader.line += 1;
  return char;
}

const isSpace = (char: string): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\r';

function skipSpaceAndComments(reader: Reader): void {
  while (reader.at < reader.text.length) {
    const char = reader.text.charAt(reader.at);
    if (char === '#') {
      while (reader.at < reader.text.length && reader.text.charAt(reader.at) !== '\n') reader.at += 1;
    } else if (isSpace(char)) step(reader);
    else return;
  }
}

/** nginx resolves these escapes everywhere and keeps the backslash of all others. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['t', '\t'],
  ['r', '\r'],
  ['n', '\n'],
]);

function readEscape(reader: Reader): string {
  step(reader);
  const char = step(reader);
  return escapes.get(char) ?? `\\${char}`;
}

function readQuoted(reader: Reader, quote: string): string {
  step(reader);
  let word = '';
  while (reader.at < reader.text.length) {
    const char = reader.text.charAt(reader.at);
    if (char === quote) {
      step(reader);
      return word;
    }
    word += char === '\\' ? readEscape(reader) : step(reader);
  }
  reader.complete = false;
  return word;
}

/** A brace after `$` belongs to a variable: `${name}`. */
function readBare(reader: Reader): string {
  let word = '';
  while (reader.at < reader.text.length) {
    const char = reader.text.charAt(reader.at);
    if (isSpace(char) || char === ';' || (char === '{' && !word.endsWith('$'))) return word;
    word += char === '\\' ? readEscape(reader) : step(reader);
  }
  return word;
}

/** Length of a long bracket of Lua (`[[`, `[=[`) at the place; 0 when there is none. */
function longBracket(text: string, at: number): number {
  const match = /^\[=*\[/.exec(text.slice(at, at + 32));
  return match === null ? 0 : match[0].length;
}

function skipLongText(reader: Reader, length: number): void {
  const end = reader.text.indexOf(`]${'='.repeat(length - 2)}]`, reader.at + length);
  const stop = end < 0 ? reader.text.length : end + length;
  if (end < 0) reader.complete = false;
  while (reader.at < stop) step(reader);
}

/** Past the brace that closes a block of Lua, minding its strings and comments. */
function skipLua(reader: Reader): void {
  let depth = 1;
  while (reader.at < reader.text.length) {
    const char = reader.text.charAt(reader.at);
    const comment = reader.text.startsWith('--', reader.at);
    const long = longBracket(reader.text, comment ? reader.at + 2 : reader.at);
    if (comment) reader.at += 2;
    if (long > 0) skipLongText(reader, long);
    else if (comment) while (reader.at < reader.text.length && reader.text.charAt(reader.at) !== '\n') reader.at += 1;
    else if (char === '"' || char === "'") readQuoted(reader, char);
    else {
      step(reader);
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      if (depth === 0) return;
    }
  }
  reader.complete = false;
}

/** Words up to `;` or a block. */
function readDirective(reader: Reader): SnippetDirective {
  const { line } = reader;
  const words: string[] = [];
  for (;;) {
    skipSpaceAndComments(reader);
    const char = reader.text.charAt(reader.at);
    const [name = '', ...args] = words;
    if (char === '') {
      reader.complete = false;
      return { name, args, line, block: undefined };
    }
    if (char === ';') {
      step(reader);
      return { name, args, line, block: undefined };
    }
    if (char === '{') {
      step(reader);
      if (!name.endsWith('_by_lua_block')) return { name, args, line, block: readBlock(reader, true) };
      skipLua(reader);
      return { name, args, line, block: undefined };
    }
    if (char === '"' || char === "'") {
      words.push(readQuoted(reader, char));
      if (!/^[\s;{)]?$/.test(reader.text.charAt(reader.at))) reader.complete = false;
    } else words.push(readBare(reader));
  }
}

function readBlock(reader: Reader, nested: boolean): readonly SnippetDirective[] {
  const directives: SnippetDirective[] = [];
  for (;;) {
    skipSpaceAndComments(reader);
    const char = reader.text.charAt(reader.at);
    if (char === '') {
      if (nested) reader.complete = false;
      return directives;
    }
    if (char === '}') {
      step(reader);
      if (nested) return directives;
      reader.complete = false;
    } else directives.push(readDirective(reader));
  }
}

/**
 * Splits nginx configuration into directives, as nginx itself does. Never fails: what cannot be read makes the scan incomplete.
 * Source: ngx_conf_read_token in https://github.com/nginx/nginx/blob/release-1.27.1/src/core/ngx_conf_file.c,
 * Lua blocks in https://github.com/openresty/lua-nginx-module/blob/v0.10.28/src/ngx_http_lua_directive.c
 */
export function scanSnippet(text: string): SnippetScan {
  const reader: Reader = { text, at: 0, line: 1, complete: true };
  return { directives: readBlock(reader, false), complete: reader.complete };
}
