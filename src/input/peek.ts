/**
 * Looks for the kind of a document without parsing it, so that documents of kinds that do not matter cost next to nothing.
 * Only the top level counts: a NetworkPolicy with `ingress:` keys is no Ingress.
 */

const topLevelKey = /(?:([A-Za-z][\w.-]*):(?=[ \r\n]|$)|#|[ \r\n]|-[ \r\n])/y;
const simpleValue = /[ ]*(?:"([\w./-]*)"|'([\w./-]*)'|([\w][\w./-]*))[ \t]*(?:[ \t]#[^\n]*)?\r?(?:\n|$)/y;

/** Kind of the document; undefined when only a parser can tell. `''` means that there surely is none. */
export function peekKind(text: string, start: number, end: number): string | undefined {
  let kind: string | undefined;
  let keys = 0;
  let lineStart = start;
  while (lineStart < end) {
    topLevelKey.lastIndex = lineStart;
    const match = topLevelKey.exec(text);
    // Flow style, quoted keys, anchors, templates: not for a peek.
    if (match === null) return undefined;
    if (match[1] !== undefined) keys += 1;
    if (match[1] === 'kind') {
      if (kind !== undefined) return undefined;
      simpleValue.lastIndex = lineStart + 5;
      const value = simpleValue.exec(text);
      if (value === null) return undefined;
      kind = value[1] ?? value[2] ?? value[3] ?? '';
    }
    const next = text.indexOf('\n', lineStart);
    if (next < 0) break;
    lineStart = next + 1;
  }
  return keys === 0 ? undefined : (kind ?? '');
}
