import type { Surroundings } from './define.ts';

/** `$name`, `${name}`, and the capture groups `$1` to `$9`. */
const variable = /\$(?:\{(\w+)\}|(\w+))/g;

/**
 * The text with its variables filled in; undefined when one of them depends on the request.
 * Source: https://nginx.org/en/docs/varindex.html
 */
export function fixedText(text: string, { constants }: Surroundings): string | undefined {
  const filled = text.replace(variable, (whole, braced: string | undefined, plain: string | undefined) => constants.get((braced ?? plain ?? '').toLowerCase()) ?? whole);
  return filled.includes('$') ? undefined : filled;
}

/** Name of the variable when the text is nothing else. */
export function onlyVariable(text: string): string | undefined {
  const found = /^\$(?:\{(\w+)\}|(\w+))$/.exec(text);
  return (found?.[1] ?? found?.[2])?.toLowerCase();
}
