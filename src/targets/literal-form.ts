import { isReachable } from './path-text.ts';
import type { PathRewrite } from './paths.ts';

/** A regex path whose author plainly meant a path prefix (or exactly one path). */
export interface LiteralForm {
  /** Without a trailing slash, unless it is `/`. */
  readonly path: string;
  readonly type: 'PathPrefix' | 'Exact';
  /** Capture group that holds what follows the prefix; undefined: none does. */
  readonly rest: number | undefined;
  /** The group starts with the slash, when there is one. */
  readonly restHasSlash: boolean;
  readonly groups: number;
  /** nginx takes paths that only start with the same letters (/foobar for /foo). */
  readonly bleeds: boolean;
  /** nginx does not take the prefix without a slash behind it. */
  readonly needsSlash: boolean;
}

type Tail = Omit<LiteralForm, 'path' | 'type'>;

const open = { bleeds: true, needsSlash: false, restHasSlash: false } as const;
const exactBoundary = { bleeds: false, needsSlash: false, restHasSlash: false } as const;
const slashOnly = { bleeds: false, needsSlash: true, restHasSlash: false } as const;

/** Endings seen in real manifests, by their text without a final `$`. */
const tails: ReadonlyMap<string, Tail> = new Map<string, Tail>([
  ['', { ...open, rest: undefined, groups: 0 }],
  ['(/|$)(.*)', { ...exactBoundary, rest: 2, groups: 2 }],
  ['($|/)(.*)', { ...exactBoundary, rest: 2, groups: 2 }],
  ['(/|$)(.+)', { ...exactBoundary, rest: 2, groups: 2 }],
  ['(?:/|$)(.*)', { ...exactBoundary, rest: 1, groups: 1 }],
  ['(/|$)', { ...exactBoundary, rest: undefined, groups: 1 }],
  ['($|/)', { ...exactBoundary, rest: undefined, groups: 1 }],
  ['(?:/|$)', { ...exactBoundary, rest: undefined, groups: 0 }],
  ['(/(.*)|$)', { ...exactBoundary, rest: 2, groups: 2 }],
  ['(/.*|$)', { ...exactBoundary, rest: 1, groups: 1, restHasSlash: true }],
  ['(/|$).*', { ...exactBoundary, rest: undefined, groups: 1 }],
  ['/?(.*)', { ...open, rest: 1, groups: 1 }],
  ['(/?)(.*)', { ...open, rest: 2, groups: 2 }],
  ['(/)?(.*)', { ...open, rest: 2, groups: 2 }],
  ['/?.*', { ...open, rest: undefined, groups: 0 }],
  ['(.*)', { ...open, rest: 1, groups: 1, restHasSlash: true }],
  ['(.+)', { ...open, rest: 1, groups: 1, restHasSlash: true }],
  ['(/.*)?', { ...open, rest: 1, groups: 1, restHasSlash: true }],
  ['(/(.*))?', { ...open, rest: 2, groups: 2 }],
  ['/()(.*)', { ...slashOnly, rest: 2, groups: 2 }],
  ['/(.*)', { ...slashOnly, rest: 1, groups: 1 }],
  ['/(.+)', { ...slashOnly, rest: 1, groups: 1 }],
  ['(/.*)', { ...slashOnly, rest: 1, groups: 1, restHasSlash: true }],
  ['(/.+)', { ...slashOnly, rest: 1, groups: 1, restHasSlash: true }],
  ['(/)(.*)', { ...slashOnly, rest: 2, groups: 2 }],
  ['/.*', { ...slashOnly, rest: undefined, groups: 0 }],
  ['/.+', { ...slashOnly, rest: undefined, groups: 0 }],
  ['.*', { ...open, rest: undefined, groups: 0 }],
  ['/*', { ...open, rest: undefined, groups: 0 }],
  ['/', { ...slashOnly, rest: undefined, groups: 0 }],
]);

/** Text that means itself, with `.` taken as the author meant it. */
const literalHead = /^(?:[\w\-./~!@,;=&:']|\\[.\-/_~])*?/.source;
const idiom = new RegExp(`^${literalHead}(?=(?:/?(?:[(]|[.][*+]|[*?]).*|/)?$)`);

/** With a final `$` an ending must take the rest of the path, or the pattern is one path only. */
const takesRest = /\.[*+]\)*\??$/;

/** The literal meaning of a path, or undefined when it is a real expression. */
export function literalForm(path: string, pathType: 'Exact' | 'Prefix'): LiteralForm | undefined {
  const ended = path.endsWith('$');
  const text = ended ? path.slice(0, -1) : path;
  const head = idiom.exec(text)?.[0];
  if (head === undefined) return undefined;
  const ending = text.slice(head.length);
  const tail = tails.get(ending);
  if (tail === undefined) return undefined;
  const plain = head.replaceAll('\\', '');
  if (plain !== '' && !plain.startsWith('/')) return undefined;
  // The CRD refuses such text in PathPrefix and Exact; as an expression it never matches, as in nginx.
  if (!isReachable(plain)) return undefined;
  const onePath = ending === '' || ending === '/';
  if (onePath && (ended || pathType === 'Exact')) return { ...tail, path: plain + ending, type: 'Exact' };
  if (ended && !takesRest.test(ending)) return undefined;
  const trimmed = plain.endsWith('/') ? plain.slice(0, -1) : plain;
  return { ...tail, path: trimmed === '' ? '/' : trimmed, type: 'PathPrefix' };
}

/** Groups the pattern does not have are empty in nginx; measured on the controller v1.15.1. */
export function dropMissingGroups(target: string, groups: number): string {
  return target.replace(/\$(\d)/g, (whole, digit: string) => (Number(digit) >= 1 && Number(digit) <= groups ? whole : ''));
}

const joinedRest = /^(?:\$1)?\$(\d)$/;

/** New prefix for `base` + the rest, or undefined when the two do not meet at a slash. */
function prefixOf(base: string, form: LiteralForm): string | undefined {
  if (base === '' && form.restHasSlash) return '/';
  if (base.endsWith('/')) return base === '/' ? '/' : base.slice(0, -1);
  return form.restHasSlash ? base : undefined;
}

/**
 * What a rewrite-target comes to on a literal match; undefined when it needs capture groups after all.
 *
 * @param target replacement text of nginx, its missing groups already dropped
 */
export function literalRewrite(target: string, form: LiteralForm): PathRewrite | undefined {
  if (!target.includes('$')) return { kind: 'full', value: target };
  if (form.type !== 'PathPrefix' || form.rest === undefined) return undefined;
  const at = target.indexOf('$');
  const found = joinedRest.exec(target.slice(at));
  if (found === null || Number(found[1]) !== form.rest) return undefined;
  // `$1$2` where $1 is the separating slash.
  const separated = found[0].length === 4 && form.rest === 2;
  if (found[0].length === 4 && !separated) return undefined;
  const base = target.slice(0, at);
  const prefix = prefixOf(separated ? `${base}/` : base, form);
  if (prefix === undefined || !prefix.startsWith('/')) return undefined;
  return prefix === form.path ? { kind: 'none' } : { kind: 'prefix', value: prefix };
}
