import type { VerifyProfile } from './profile.ts';

const posixClasses: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9', alpha: 'A-Za-z', digit: '0-9', lower: 'a-z', upper: 'A-Z', punct: '!-\\/:-@\\[-`{-~', space: '\\s', word: '\\w', xdigit: '0-9A-Fa-f', blank: ' \\t',
};

/** `(?i:abc)` has no counterpart before ES2025: letters become sets. */
function expandCaseGroup(text: string): string {
  return text.replace(/\(\?i:([^()]*)\)/gu, (_, body: string) => `(?:${body.replace(/\\.|[a-zA-Z]/gu, (part) => (part.length > 1 ? part : `[${part.toLowerCase()}${part.toUpperCase()}]`))})`);
}

interface Compiled {
  readonly source: string;
  readonly flags: string;
}

/** RE2 (https://github.com/google/re2/wiki/Syntax) as a JavaScript expression: what differs in writing, not in meaning. */
function translate(pattern: string): Compiled {
  let flags = '';
  const rest = pattern.replace(/^\(\?([a-zA-Z]+)\)/u, (_, given: string) => {
    flags = given.replace(/[^ims]/gu, '');
    return '';
  });
  const source = expandCaseGroup(rest)
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\z', '$')
    .replaceAll('\\A', '^')
    .replace(/\[:(\w+):\]/gu, (whole, name: string) => posixClasses[name] ?? whole);
  return { source, flags };
}

/** RE2 knows neither look-around nor back-references; JavaScript would take them. */
const beyondRe2 = /\(\?<?[=!]|\\[1-9]/u;

function compile(source: string, flags: string): RegExp | undefined {
  if (beyondRe2.test(source)) return undefined;
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** A test with the extent of the profile; undefined for an expression that RE2 would refuse as well. */
export function regexTest(pattern: string, { regexExtent }: VerifyProfile): ((text: string) => boolean) | undefined {
  const { source, flags } = translate(pattern);
  const anchored = { whole: `^(?:${source})$`, start: `^(?:${source})`, search: source }[regexExtent];
  const regex = compile(anchored, flags);
  return regex === undefined ? undefined : (text) => regex.test(text);
}

/** Replaces every match, as Envoy does (RE2::GlobalReplace); `\1` in the substitution is a group. Undefined for an expression that RE2 would refuse. */
export function regexReplace(pattern: string, substitution: string): ((text: string) => string) | undefined {
  const { source, flags } = translate(pattern);
  const regex = compile(source, `${flags}g`);
  if (regex === undefined) return undefined;
  return (text) =>
    text.replace(regex, (...found: readonly unknown[]) =>
      substitution.replace(/\\(\\|\d)/gu, (_, reference: string) => {
        if (reference === '\\') return '\\';
        const group = found[Number(reference)];
        return typeof group === 'string' ? group : '';
      }),
    );
}
