/** One line of Markdown, read as GitHub reads it: what is code, and what is left for markup. */
export interface MarkdownLine {
  readonly code: readonly string[];
  /** The line with each code span replaced by a section sign. */
  readonly rest: string;
}

/** Code spans go from a run of backticks to the next run of the same length; a backslash means nothing within them. */
function spans(line: string): MarkdownLine {
  const code: string[] = [];
  let rest = '';
  for (let at = 0; at < line.length; ) {
    const here = line[at] ?? '';
    if (here === '\\') {
      rest += line.slice(at, at + 2);
      at += 2;
      continue;
    }
    const run = /^`+/u.exec(line.slice(at))?.[0];
    if (run === undefined) {
      rest += here;
      at += 1;
      continue;
    }
    const close = new RegExp(`(?<!\`)${run}(?!\`)`, 'gu');
    close.lastIndex = at + run.length;
    const end = close.exec(line)?.index;
    if (end === undefined) throw new Error(`an open code span: ${line}`);
    const content = line.slice(at + run.length, end);
    code.push(/^ .*\S.* $/u.test(content) ? content.slice(1, -1) : content);
    rest += '§';
    at = end + run.length;
  }
  return { code, rest };
}

/** Also takes `<code>` with nothing but letters, digits and numeric entities within, which is literal everywhere. */
export function readMarkdown(document: string): readonly MarkdownLine[] {
  return document.split('\n').map((line) => {
    const entities: string[] = [];
    const plain = line.replace(/<code>((?:[A-Za-z0-9 ]|&#\d+;)*)<\/code>/gu, (_whole, text: string) => {
      entities.push(text.replace(/&#(\d+);/gu, (_entity, number: string) => String.fromCodePoint(Number(number))));
      return '§';
    });
    const { code, rest } = spans(plain);
    return { code: [...code, ...entities], rest };
  });
}

/** Everything that could be markup, a link or a mention of somebody, in a line without its code. */
export function liveMarkup({ rest }: MarkdownLine): readonly string[] {
  const literal = rest.replace(/\\[!-/:-@[-`{-~]/gu, '');
  // A word with an underscore on both sides of it is no emphasis on GitHub, but nothing of ours needs one.
  return literal.replace(/^\*\*(?:Why|Do):\*\*/u, '').match(/[`*_<>[\]{}@&]|:\/\/|www\.|[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]|(?<!^#*)#/gu) ?? [];
}
