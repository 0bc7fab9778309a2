/** 1000 as `1,000`: the page is in English whatever the machine's locale. */
export function numeral(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numeral(count)} ${count === 1 ? one : many}`;
}

/** Fragment name of a code's explanation. */
export function codeAnchor(code: string): string {
  return `code-${code.replace(/[^a-zA-Z0-9]+/g, '-')}`;
}

/** `body-size` as `body size`. */
export function spoken(kind: string): string {
  return kind.replaceAll('-', ' ');
}

/** Cut after whole code points. */
export function shortened(text: string, length: number): string {
  const characters = Array.from(text.slice(0, 2 * length + 2));
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}
