/** A node of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/u.test(text)) throw new Error(`a bare ampersand in ${text}`);
  return text.replace(/&(?:([a-z]+)|#(\d+));/gu, (_whole, name: string | undefined, number: string | undefined) => (name === undefined ? String.fromCodePoint(Number(number)) : (entities[name] ?? '')));
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  const rest = text.replace(/\s+([a-z]+)="([^"<]*)"/gu, (_whole, name: string, value: string) => {
    if (name in attributes) throw new Error(`attribute ${name} twice`);
    // A literal line break would be read as a space.
    if (/[\t\n\r]/u.test(value)) throw new Error(`a raw line break in ${name}`);
    attributes[name] = decode(value);
    return '';
  });
  if (rest.trim() !== '') throw new Error(`not attributes: ${rest}`);
  return attributes;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

function take(stack: Open[], tag: RegExpExecArray): XmlElement | undefined {
  const [, closing, name = '', attributes = '', empty] = tag;
  if (closing === '/') {
    const done = stack.pop();
    if (done?.name !== name) throw new Error(`</${name}> closes <${done?.name ?? ''}>`);
    return done;
  }
  const element: Open = { name, attributes: attributesOf(attributes), children: [], text: '' };
  if (empty === '/') return element;
  stack.push(element);
  return undefined;
}

/** Reads the XML that reports are written in, and throws for whatever is not well-formed. Written for tests: no comments, CDATA or DTD. */
export function parseXml(document: string): XmlElement {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(head)) throw new Error('no declaration');
  const bad = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(document);
  if (bad !== null) throw new Error(`character U+${(bad[0].codePointAt(0) ?? 0).toString(16)} is not allowed`);
  const stack: Open[] = [{ name: '', attributes: {}, children: [], text: '' }];
  const tags = /<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/gy;
  for (let at = head.length; at < document.length; ) {
    const next = document.indexOf('<', at);
    const text = document.slice(at, next < 0 ? undefined : next);
    if (text.includes(']]>')) throw new Error(']]> in text');
    const top = stack.at(-1);
    if (top !== undefined) top.text += decode(text);
    if (next < 0) break;
    tags.lastIndex = next;
    const tag = tags.exec(document);
    if (tag === null) throw new Error(`no tag: ${document.slice(next, next + 80)}`);
    const done = take(stack, tag);
    if (done !== undefined) stack.at(-1)?.children.push(done);
    at = tags.lastIndex;
  }
  const [root, ...open] = stack;
  const [element, ...others] = root?.children ?? [];
  if (open.length > 0 || element === undefined || others.length > 0 || root?.text.trim() !== '') throw new Error('not one closed element');
  return element;
}
