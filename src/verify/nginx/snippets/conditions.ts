import type { Variables } from '../expand.ts';

/** Without the brackets, which may be words of their own. */
function unbracketed(words: readonly string[]): readonly string[] {
  const opened = words[0] === '(' ? words.slice(1) : words.map((word, at) => (at === 0 ? word.replace(/^\(/, '') : word));
  return opened.at(-1) === ')' ? opened.slice(0, -1) : opened.map((word, at) => (at === opened.length - 1 ? word.replace(/\)$/, '') : word));
}

function matches(left: string, pattern: string, ignoreCase: boolean): boolean | undefined {
  // Groups that repeat could take forever on a hostile text.
  if (/\)[*+{]/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern, ignoreCase ? 'i' : '').test(left);
  } catch {
    return undefined;
  }
}

/**
 * Whether the condition of an `if` holds for a request; undefined when that is not known.
 * Source: ngx_http_rewrite_if_condition in https://github.com/nginx/nginx/blob/release-1.26.3/src/http/modules/ngx_http_rewrite_module.c
 */
export function holds(words: readonly string[], variables: Variables): boolean | undefined {
  const [variable = '', operator, right, ...more] = unbracketed(words);
  const name = /^\$\{?(\w+)\}?$/.exec(variable)?.[1];
  const left = name === undefined || more.length > 0 ? undefined : variables(name.toLowerCase());
  if (left === undefined) return undefined;
  if (operator === undefined) return left !== '' && left !== '0';
  if (right === undefined) return undefined;
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  const found = /^!?~\*?$/.test(operator) ? matches(left, right, operator.endsWith('*')) : undefined;
  return found === undefined ? undefined : found !== operator.startsWith('!');
}
