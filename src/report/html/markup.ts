/** Text that is markup already. Made by `html` alone, so that nothing else reaches the page unescaped. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | readonly Markup[] | string | number | undefined;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Characters that are data at best and a disguise at worst: controls, zero-width characters, and the bidirectional marks and overrides that make
 * a line read differently from what it says (https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing). They are shown as their code point.
 */
const special = /[&<>"'\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** For text and for quoted attribute values alike. */
export function escapeText(text: string): string {
  return text.replace(special, (character) => entities[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  let text = '';
  for (const { markup } of part) text += markup;
  return text;
}

/** A piece of the page. Everything put in is escaped unless it is markup itself; attribute values must stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = strings[0] ?? '';
  for (const [index, part] of parts.entries()) markup += textOf(part) + (strings[index + 1] ?? '');
  return { markup };
}

export const nothing: Markup = { markup: '' };

/** A name or value of the user's: isolated, so that its writing direction does not reach what stands beside it. */
export function name(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

export function joined(parts: readonly Markup[], separator: string): Markup {
  const [first, ...others] = parts;
  if (first === undefined) return nothing;
  return html`${first}${others.map((part) => html`${separator}${part}`)}`;
}
