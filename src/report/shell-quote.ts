/** One word for a POSIX shell, whatever it holds; plain words stay as they are. */
export function shellQuoted(text: string): string {
  return /^[\w./:@%+=,-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
