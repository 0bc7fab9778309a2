/** Everything that XML 1.0 has no character for, not even escaped: https://www.w3.org/TR/xml/#charsets */
const impossible = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };
const entity = (character: string): string => entities[character] ?? character;
const named = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;

const textOf = (text: string): string => text.replace(impossible, named).replace(/[&<>\r]/gu, entity);
const attributeOf = (text: string): string => text.replace(impossible, named).replace(/[&<>"\t\n\r]/gu, entity);

/** One element; `children` are elements or, as one string, text. Attributes that are undefined are left out. */
export interface Element {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number | undefined>>;
  readonly children?: readonly Element[] | string;
}

function lines({ name, attributes = {}, children = [] }: Element, indent: string): readonly string[] {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const head = `${indent}<${name}${given.map(([key, value]) => ` ${key}="${attributeOf(String(value))}"`).join('')}`;
  if (children.length === 0) return [`${head}/>`];
  if (typeof children === 'string') return [`${head}>${textOf(children)}</${name}>`];
  return [`${head}>`, ...children.flatMap((child) => lines(child, `${indent}  `)), `${indent}</${name}>`];
}

export function renderXml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '').join('\n')}\n`;
}
