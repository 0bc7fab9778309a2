/** From a key to the end of its line, when a literal block follows: only such a block has the lines of its text. */
const literalHeader = /[^\n]*:[ \t]+\|[-+0-9]*[ \t]*(?:#[^\n]*)?\r?\n/y;

/**
 * Offset of a line, from 1, of the literal block that a key holds; undefined when the key holds another kind of text, whose lines are not
 * those of the file. Source: https://yaml.org/spec/1.2.2/#literal-style
 */
export function offsetOfLine(text: string, keyOffset: number, line: number): number | undefined {
  literalHeader.lastIndex = keyOffset;
  if (!literalHeader.test(text)) return undefined;
  let at = literalHeader.lastIndex;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf('\n', at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  const indent = /[ \t]*/y;
  indent.lastIndex = at;
  return at + (indent.exec(text)?.[0].length ?? 0);
}
