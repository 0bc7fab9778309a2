import { maxDepth } from './limits.ts';
import { Marks } from './marks.ts';

/** Finds the places of keys and items in JSON that JSON.parse has accepted. */
export class JsonWalker {
  readonly #text: string;
  #at: number;
  #depth = 0;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  walk(marks: Marks): void {
    this.#blank();
    const open = this.#text[this.#at];
    if (open === '"') this.#string();
    else if (open === '{' || open === '[') this.#collection(open, marks);
    else this.#scalar();
  }

  #collection(open: '{' | '[', marks: Marks): void {
    this.#at += 1;
    this.#depth += 1;
    const at = this.#depth > maxDepth ? undefined : marks;
    for (let item = 0; !this.#closes(); item += 1) {
      const start = this.#at;
      const key = open === '{' ? this.#key() : item;
      const child = at?.add(key, start);
      // What is nested too deeply, or not asked for, is passed over without recursion.
      if (child === undefined) this.#pass();
      else this.walk(child);
    }
    this.#depth -= 1;
  }

  #blank(): void {
    while (this.#at < this.#text.length && ' \t\r\n,:'.includes(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  /** Steps over a closing bracket. */
  #closes(): boolean {
    this.#blank();
    const code = this.#text[this.#at];
    if (code !== undefined && code !== '}' && code !== ']') return false;
    this.#at += 1;
    return true;
  }

  #string(): string {
    const start = this.#at;
    for (this.#at += 1; this.#text[this.#at] !== '"' && this.#at < this.#text.length; this.#at += 1) if (this.#text[this.#at] === '\\') this.#at += 1;
    this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  #key(): string {
    const quoted = this.#string();
    if (!quoted.includes('\\')) return quoted.slice(1, -1);
    const key: unknown = JSON.parse(quoted);
    return String(key);
  }

  #scalar(): void {
    while (this.#at < this.#text.length && !' \t\r\n,:]}'.includes(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #pass(): void {
    let open = 0;
    do {
      this.#blank();
      const code = this.#text[this.#at];
      if (code === undefined) return;
      if (code === '"') this.#string();
      else if (code === '{' || code === '[' || code === '}' || code === ']') {
        open += code === '{' || code === '[' ? 1 : -1;
        this.#at += 1;
      } else this.#scalar();
    } while (open > 0);
  }
}
