import type { Finding } from '../diagnostics/finding.ts';
import { visible } from './visible.ts';

/** What GitHub-flavoured Markdown could take for markup within a line. https://github.github.com/gfm/ */
const markup = /[\\`*_{}[\]<>()#+!|~&@]/gu;

/** A text of the tool's own: its `code` stays code, everything else is literal. */
export function escapeText(text: string): string {
  return text
    .split(/(`[^`]+`)/u)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]<>|~&]/gu, '\\$&')))
    .join('');
}

/** Text of the input as a code span: nothing in it is markup, a link or a mention of somebody. */
export function code(text: string): string {
  const line = visible(text);
  if (line.trim() === '') return '(empty)';
  const fence = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/gu)].map(([run]) => run.length)) + 1);
  const pad = /^[` ]|[` ]$/u.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The same in a cell of a table, which a bar would end even within a code span; renderers disagree on a backslash before one. */
export function cell(text: string): string {
  if (!/[|\\]/u.test(text)) return code(text);
  return `<code>${visible(text).replace(/[^A-Za-z0-9 ]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`)}</code>`;
}

const isWord = (text: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}-]*$/u.test(text);
const areWords = (text: string): boolean => /^\p{L}[^\p{Cc}\p{Cs}]* /u.test(text) && !/[`<>|\\@#]|:\/\/|www\.|\]\(/iu.test(text);

/** Words read as words; what is none reads as code, so that it can neither mention nor link. Good for cells, too. */
export function words(text: string): string {
  if (isWord(text)) return text;
  return areWords(text) ? visible(text).replace(markup, '\\$&') : cell(text);
}

const argument = (text: string): string => (isWord(text) || areWords(text) ? words(text) : code(text));

/** A sentence of the catalogue, filled from a finding. */
export function sentence(template: string, { args }: Finding): string {
  return template
    .split(/(\{[a-zA-Z]+\})/u)
    .map((part, index) => (index % 2 === 1 ? argument(args[part.slice(1, -1)] ?? part) : escapeText(part)))
    .join('');
}
