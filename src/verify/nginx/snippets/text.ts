/** A line of nginx configuration: words, and what stands between its braces. */
export interface Line {
  readonly name: string;
  readonly words: readonly string[];
  readonly inner: readonly Line[] | undefined;
}

const token = /\s+|#[^\n]*|"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|[{};]|(?:\\[\s\S]|\$\{|[^\s;{\\])+/gy;

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, (whole, char: string) => ({ n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' })[char] ?? whole);
}

interface Open {
  readonly lines: Line[];
  readonly head: readonly string[];
}

/**
 * The lines of a text, or undefined when it is no whole piece of configuration, or holds Lua.
 * Source: https://nginx.org/en/docs/beginners_guide.html#conf_structure
 */
export function linesOf(text: string): readonly Line[] | undefined {
  const stack: Open[] = [{ lines: [], head: [] }];
  let words: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    const top = stack.at(-1);
    if (found === null || top === undefined) return undefined;
    const [raw, double, single] = found;
    if (/^(?:\s|#)/.test(raw)) continue;
    if (raw === ';' || raw === '{') {
      const [name, ...rest] = words;
      if (name === undefined || name.includes('_by_lua')) return undefined;
      if (raw === ';') top.lines.push({ name, words: rest, inner: undefined });
      else stack.push({ lines: [], head: words });
      words = [];
    } else if (raw === '}') {
      const outer = stack.at(-2);
      const [name = '', ...rest] = top.head;
      if (words.length > 0 || outer === undefined) return undefined;
      stack.pop();
      outer.lines.push({ name, words: rest, inner: top.lines });
    } else words.push(unescape(double ?? single ?? raw));
  }
  return stack.length === 1 && words.length === 0 ? stack[0]?.lines : undefined;
}
