/**
 * What must be known of a PCRE path pattern to say it in RE2, the dialect most gateways have.
 * Sources: https://github.com/google/re2/wiki/Syntax and https://www.pcre.org/original/doc/html/pcrepattern.html
 */
export interface RegexFacts {
  /** Literal text every match starts with, lower-cased: nginx ignores case on regex hosts. */
  readonly head: string;
  /** Branches of the top level: two or more when `|` stands outside all groups. */
  readonly branches: readonly string[];
  /** Constructs RE2 does not have, in words. */
  readonly unsupported: readonly string[];
  readonly groups: number;
}

interface Token {
  readonly length: number;
  /** What stands for it in RE2; a superset of it when `unsupported` is set. */
  readonly text: string;
  readonly unsupported?: string;
  readonly kind: 'literal' | 'atom' | 'open' | 'capture' | 'close' | 'bar' | 'quantifier' | 'anchor';
}

const groupOpenings: readonly (readonly [RegExp, (found: RegExpExecArray) => Omit<Token, 'length'>])[] = [
  [/^\(\?[imsU-]*[:)]/, (found) => ({ text: found[0], kind: found[0].endsWith(':') ? 'open' : 'atom' })],
  [/^\(\?P?<([A-Za-z_]\w*)>/, (found) => ({ text: `(?P<${found[1] ?? ''}>`, kind: 'capture' })],
  [/^\(\?<?[=!]/, () => ({ text: '(?:', kind: 'open', unsupported: 'look-around' })],
  [/^\(\?>/, () => ({ text: '(?:', kind: 'open', unsupported: 'an atomic group' })],
  [/^\(\?#[^)]*\)/, () => ({ text: '', kind: 'atom' })],
  [/^\(\?(?:R|[+-]?\d+|&\w+|P>\w+|P=\w+)\)/, () => ({ text: '.*', kind: 'atom', unsupported: 'recursion' })],
  [/^\(\?.?/, () => ({ text: '(?:', kind: 'open', unsupported: 'a group RE2 does not know' })],
];

function groupToken(rest: string): Token {
  for (const [pattern, token] of groupOpenings) {
    const found = pattern.exec(rest);
    if (found !== null) return { length: found[0].length, ...token(found) };
  }
  return { length: 1, text: '(', kind: 'capture' };
}

function escapeToken(rest: string): Token {
  const next = rest[1] ?? '';
  if (/[1-9gk]/.test(next)) return { length: 2, text: '.*', kind: 'atom', unsupported: 'a back-reference' };
  const hex = /^\\(?:x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]+\}|[pP](?:\w|\{\^?\w+\})|Q.*?\\E)/.exec(rest);
  if (hex !== null) return { length: hex[0].length, text: hex[0], kind: 'atom' };
  if (/[dDwWsSbBAztnrfva]/.test(next)) return { length: 2, text: rest.slice(0, 2), kind: 'atom' };
  if (next === 'Z') return { length: 2, text: '\\z', kind: 'atom' };
  if (next === 'h') return { length: 2, text: '[ \\t]', kind: 'atom' };
  if (/[A-Za-z0-9]/.test(next) || next === '') return { length: next === '' ? 1 : 2, text: '.*', kind: 'atom', unsupported: `the escape \\${next}` };
  return { length: 2, text: rest.slice(0, 2), kind: 'literal' };
}

const maximumRepeat = 1000;

function quantifierToken(rest: string): Token | undefined {
  const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})([?+]?)/.exec(rest);
  if (found === null) return undefined;
  const [whole] = found;
  if (found[1] === '+') return { length: whole.length, text: whole.slice(0, -1), kind: 'quantifier', unsupported: 'a possessive quantifier' };
  const tooMany = whole.startsWith('{') && (whole.match(/\d+/g) ?? []).some((count) => Number(count) > maximumRepeat);
  if (tooMany) return { length: whole.length, text: '*', kind: 'quantifier', unsupported: `a repetition over ${String(maximumRepeat)}` };
  return { length: whole.length, text: whole, kind: 'quantifier' };
}

/** nginx compares decoded text, gateways the path as it was sent: what no URL holds as it is stands escaped in it, and so does the percent sign itself. */
function asSent(character: string): string {
  if (/[!-~]/.test(character) && !/["%<>`{}]/.test(character)) return character;
  return `(?:${[...Buffer.from(character, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')})`;
}

function tokenAt(pattern: string, at: number): Token {
  const rest = pattern.slice(at);
  const first = rest.charAt(0);
  if (first === '\\') return escapeToken(rest);
  if (first === '(') return groupToken(rest);
  if (first === ')') return { length: 1, text: ')', kind: 'close' };
  if (first === '|') return { length: 1, text: '|', kind: 'bar' };
  if (first === '^' || first === '$') return { length: 1, text: first, kind: 'anchor' };
  if (first === '.') return { length: 1, text: '.', kind: 'atom' };
  const set = /^\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/s.exec(rest);
  if (set !== null) return { length: set[0].length, text: set[0], kind: 'atom' };
  return quantifierToken(rest) ?? { length: 1, text: asSent(first), kind: 'literal' };
}

const plainText = /^[\w\-/~!@,;=&:']*$/;

/**
 * Reads a pattern of nginx (without the `^` the controller puts before it). Where RE2 lacks a construct, the branches hold a superset of
 * about the same length, fit for a rule that is closed and for nothing else.
 */
export function readRegex(pattern: string): RegexFacts {
  if (plainText.test(pattern)) return { head: pattern.toLowerCase(), branches: [pattern], unsupported: [], groups: 0 };
  return scanRegex(pattern);
}

function scanRegex(pattern: string): RegexFacts {
  const branches: string[] = [];
  let branch = '';
  const unsupported: string[] = [];
  /** Closing text of the groups that are open. */
  const closings: string[] = [];
  let groups = 0;
  let head = '';
  let inHead = true;
  let at = 0;
  while (at < pattern.length) {
    const token = tokenAt(pattern, at);
    at += token.length;
    if (token.unsupported !== undefined) unsupported.push(token.unsupported);
    if (inHead && token.kind === 'literal') head += pattern.slice(at - 1, at);
    else if (inHead) {
      // The quantifier may make the character before it optional.
      if (token.kind === 'quantifier') head = head.slice(0, -1);
      inHead = false;
    }
    if (token.kind === 'capture') groups += 1;
    if (token.kind === 'open' || token.kind === 'capture') closings.push(token.unsupported === 'look-around' ? ')?' : ')');
    if (token.kind === 'bar' && closings.length === 0) {
      branches.push(branch);
      branch = '';
    } else branch += token.kind === 'close' ? (closings.pop() ?? ')') : token.text;
  }
  branches.push(branch);
  return { head: branches.length > 1 ? '' : head.toLowerCase(), branches, unsupported, groups };
}

/** nginx anchors only the first branch: `^/a|/b` takes /b anywhere. Measured on the controller v1.15.1. */
function anywhere(branch: string): string {
  return branch.startsWith('^') ? branch.slice(1) : `.*${branch}`;
}

/**
 * The pattern for engines that match the whole path and for engines that search: both ends are anchored, and what nginx leaves open at
 * the end is `.*`. The wrapper has the same length for every pattern of one branch, so gateways that rank expressions by length keep the
 * controller's order, which is by length as well.
 */
export function portableRegex({ branches }: RegexFacts): string {
  const [first = '', ...others] = branches;
  return others.length === 0 ? `(?i)^${first}.*$` : `(?i)^(?:${[first, ...others.map(anywhere)].join('|')}).*$`;
}
