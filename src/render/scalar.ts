/**
 * Words that some YAML version or parser reads as a boolean or null (YAML 1.1: https://yaml.org/type/bool.html, https://yaml.org/type/null.html).
 * Kubernetes reads with Go parsers that know both versions, so a word of either is quoted.
 */
const reserved: ReadonlySet<string> = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 'nan', 'inf', 'infinity']);
const longestReserved = 8;

/** Starts with a letter or slash, so it is no number, date, indicator or document marker. A colon may not come last, or it is a key. */
const word = /^[A-Za-z/](?:[\w./%@+~=,:-]*[\w./%@+~=,-])?$/;

/** Starts with a digit; whether it is a number or a date is told by `letterOfNoNumber`. */
const digitWord = /^[0-9][\w./-]*$/;

/**
 * A character that no number, date or time of YAML 1.1, YAML 1.2 or Go can hold: hexadecimal digits, `x`, `o`, `b`, `e`, `p` (Go's binary
 * exponent), `_`, and `t`, `z` of timestamps (https://yaml.org/type/timestamp.html) are left out. `30s`, `2Mi`, `10.0.0.0/8` stay plain.
 */
const letterOfNoNumber = /[g-mnq-su-wyG-MNQ-SU-WY/]/;

/** Printable ASCII with spaces inside, starting with something that is no indicator. Expressions such as `/api(/|$)(.*)` are common values. */
const phrase = /^[A-Za-z/(^$](?:[ -~]*[!-9;-~])?$/;

/** What ends a plain scalar early: `: ` starts a value, ` #` a comment. */
const phraseBreak = /: | #/;

/** Characters that JSON leaves as they are but YAML parsers refuse, drop or take for a line break: DEL, C1, NEL, LS, PS, BOM, non-characters. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** JSON strings are double-quoted YAML scalars (https://yaml.org/spec/1.2.2/#chapter-1-introduction-to-yaml). */
function quote(text: string): string {
  return JSON.stringify(text).replace(unprintable, escapeCharacter);
}

function isReserved(text: string): boolean {
  return text.length <= longestReserved && reserved.has(text.toLowerCase());
}

/** Some parsers take an exponent alone for a number. */
const exponent = /^[eE][-+]?[0-9_.]+$/;

function scalar(text: string): string {
  if (word.test(text)) return isReserved(text) || exponent.test(text) ? quote(text) : text;
  if (digitWord.test(text)) return letterOfNoNumber.test(text) ? text : quote(text);
  return phrase.test(text) && !phraseBreak.test(text) && !isReserved(text) ? text : quote(text);
}

const cacheLimit = 10_000;
const cachedLength = 64;

/** Writes strings as YAML scalars: plain where every parser reads the same string back, double-quoted otherwise. */
export interface ScalarWriter {
  readonly write: (text: string) => string;
}

/** Remembers what it wrote: manifests repeat themselves. The memory is bounded. */
export function createScalarWriter(): ScalarWriter {
  const known = new Map<string, string>();
  return {
    write: (text) => {
      const before = known.get(text);
      if (before !== undefined) return before;
      const written = scalar(text);
      if (text.length <= cachedLength && known.size < cacheLimit) known.set(text, written);
      return written;
    },
  };
}

/** Numbers as every YAML version reads them: YAML 1.1 wants a dot before an exponent (https://yaml.org/type/float.html). */
export function writeNumber(value: number): string {
  const text = Object.is(value, -0) ? '0' : String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
