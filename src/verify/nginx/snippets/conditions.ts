import type { Variables } from '../expand.ts';

/** Whether the condition of an `if` holds for a request; undefined when that is not known. */
export function holds(words: readonly string[], variables: Variables): boolean | undefined {
  const text = words.join(' ').trim().replace(/^\(\s*/, '').replace(/\s*\)$/, '');
  const found = /^\$\{?(\w+)\}?(?:\s+(!?=|!?~\*?)\s+([\s\S]*))?$/.exec(text);
  const [, name = '', operator, right = ''] = found ?? [];
  const left = found === null ? undefined : variables(name.toLowerCase());
  if (left === undefined) return undefined;
  if (operator === undefined) return left !== '' && left !== '0';
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  // Groups that repeat could take forever on a hostile text.
  if (/\)[*+{]/.test(right)) return undefined;
  try {
    return new RegExp(right, operator.endsWith('*') ? 'i' : '').test(left) !== operator.startsWith('!');
  } catch {
    return undefined;
  }
}
