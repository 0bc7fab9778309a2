/**
 * Lines a literal block gives back unchanged in every parser: printable ASCII, none of blanks alone, and the first not indented (its
 * indentation would be taken for the block's own).
 */
const literal = /^[!-~](?:[ -~]*[!-~])?(?:\n|\n(?:[ -~]*[!-~])?)*$/;

/** Text as a literal block (`|` or `|-`) below `indent`, or undefined when only quotes are safe. */
export function writeBlock(text: string, indent: string): string | undefined {
  if (!text.includes('\n') || !literal.test(text) || text.endsWith('\n\n')) return undefined;
  const ended = text.endsWith('\n');
  const lines = (ended ? text.slice(0, -1) : text).split('\n');
  return `${ended ? '|' : '|-'}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}
