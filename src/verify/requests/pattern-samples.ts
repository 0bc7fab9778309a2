/** Strings of a pattern's language, few and chosen from its corners; what cannot be read stands for itself. */
type Samples = readonly string[];

const most = 6;

const few = (samples: Iterable<string>): Samples => [...new Set(samples)].slice(0, most);

/** The n-th string of a sequence takes the n-th choice of every part: corners meet, and there are no products. */
function sequence(parts: readonly Samples[]): Samples {
  const length = Math.max(1, ...parts.map((part) => part.length));
  return few(Array.from({ length }, (_none, at) => parts.map((part) => part[at % part.length] ?? '').join('')));
}

const escapes: ReadonlyMap<string, Samples> = new Map([
  ['d', ['1', '0']],
  ['w', ['a', 'Z', '_']],
  ['s', [' ']],
  ['S', ['a']],
  ['D', ['a']],
  ['W', ['-']],
  ['b', ['']],
  ['A', ['']],
  ['z', ['']],
  ['Z', ['']],
  ['n', ['']],
  ['h', [' ']],
  ['K', ['']],
]);

/** POSIX classes and escapes inside a set, as characters they stand for. */
const inSets: readonly (readonly [RegExp, string])[] = [
  [/\[:(?:alpha|lower):\]|\\w/g, 'a-z'],
  [/\[:upper:\]/g, 'A-Z'],
  [/\[:digit:\]|\\d/g, '0-9'],
  [/\[:(?:alnum|word|xdigit):\]/g, 'a-f0-9'],
  [/\[:(?:space|blank):\]|\\[sh]/g, ' '],
  [/\[:punct:\]|\\[WSD]/g, '-'],
];

const quantifier = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})[?+]?/;
const negated = ['x', '1', '-', '/'];

class Sampler {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  alternatives(): Samples {
    const branches = [this.branch()];
    while (this.text[this.at] === '|') {
      this.at += 1;
      branches.push(this.branch());
    }
    const length = Math.max(...branches.map((branch) => branch.length));
    return few(Array.from({ length }, (_none, index) => branches.flatMap((branch) => branch.slice(index, index + 1))).flat());
  }

  private branch(): Samples {
    const parts: Samples[] = [];
    while (this.at < this.text.length && this.text[this.at] !== '|' && this.text[this.at] !== ')') parts.push(this.repeated(this.atom()));
    return sequence(parts);
  }

  private repeated(atom: Samples): Samples {
    const match = quantifier.exec(this.text.slice(this.at));
    if (match === null) return atom;
    this.at += match[0].length;
    const sign = match[0][0];
    if (sign === '*') return few(['', ...atom, ...atom.map((one) => one + one)]);
    if (sign === '+') return few([...atom, ...atom.map((one) => one + one)]);
    if (sign === '?') return few(['', ...atom]);
    const least = Math.min(20, Number(match[1]));
    return few([...atom.map((one) => one.repeat(least)), ...(match[2] === '' ? atom.map((one) => one.repeat(least + 1)) : [])]);
  }

  private atom(): Samples {
    const char = this.text[this.at] ?? '';
    this.at += 1;
    if (char === '(') return this.group();
    if (char === '[') return this.set();
    if (char === '\\') return this.escaped();
    if (char === '.') return ['x', 'a/b', '.'];
    return char === '^' || char === '$' ? [''] : [char];
  }

  private escaped(): Samples {
    const char = this.text[this.at] ?? '';
    this.at += 1;
    return escapes.get(char) ?? [char];
  }

  /** Look-around matches nothing of its own. */
  private group(): Samples {
    const opening = /^\?(?:[:>|]|[imsx-]+[:)]|P?<[A-Za-z]\w*>|<?[=!])/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += opening.length;
    if (opening.endsWith(')')) return [''];
    const inner = this.alternatives();
    if (this.text[this.at] === ')') this.at += 1;
    return /[=!]$/.test(opening) ? [''] : inner;
  }

  private set(): Samples {
    const match = /^(\^?)(\]?(?:\[:[a-z]+:\]|\\[^]|[^\]\\])*)\]/.exec(this.text.slice(this.at));
    if (match === null) return ['['];
    this.at += match[0].length;
    const body = match[2] ?? '';
    const members = Array.from(inSets.reduce((text, [written, plain]) => text.replace(written, plain), body).replace(/\\/g, ''));
    const inside = (char: string): boolean => members.some((low, index) => (members[index + 1] === '-' ? low <= char && char <= (members[index + 2] ?? '-') : low === char));
    return match[1] === '^' ? few(negated.filter((char) => !inside(char))) : few(members.filter((char, index) => char !== '-' || index === 0));
  }
}

/** At most six strings in the language of a pattern, always the same ones. */
export function samplePattern(pattern: string): Samples {
  return new Sampler(pattern).alternatives();
}
