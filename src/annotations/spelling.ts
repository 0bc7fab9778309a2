import { size as sizeForm } from '../nginx/forms.ts';
import { hasForm, normaliseText, parseBoolean, parseInteger } from '../nginx/values.ts';

/**
 * A value in one spelling, to compare it with a default; undefined when the controller does not accept it, as a blank one. Gets the text as written:
 * the controller allows space around words, and none around numbers and booleans.
 */
export type Canonical = (raw: string) => string | undefined;

export const text: Canonical = (raw) => normaliseText(raw) || undefined;

export const bool: Canonical = (raw) => parseBoolean(raw)?.toString();

export const integer: Canonical = (raw) => parseInteger(raw)?.toString();

export const oneOf =
  (...options: readonly string[]): Canonical =>
  (raw) =>
    options.includes(raw.trim()) ? raw.trim() : undefined;

export const onOff: Canonical = oneOf('on', 'off');

/** One of the controller's character sets. */
export const form =
  (pattern: RegExp): Canonical =>
  (raw) =>
    hasForm(raw, pattern) ? text(raw) : undefined;

/** As a form, of text that the validator takes with its spaces. */
export const exactForm =
  (pattern: RegExp): Canonical =>
  (raw) =>
    pattern.test(raw) ? text(raw) : undefined;

/** `on` or `off` where the controller looks at them with a regular expression: a line break, as YAML's `|` leaves one, is none of both. */
export const onOffInLine: Canonical = (raw) => (hasForm(raw, /^(?:on|off)$/) ? onOff(raw) : undefined);

/** SizeRegex of the controller's parser: digits with b, k, m or g, in either case. Spaces within pass it, and then fail in nginx. */
export const size: Canonical = (raw) => form(sizeForm)(raw)?.toLowerCase();
