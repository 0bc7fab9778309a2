import { hasForm, parseBoolean, parseInteger } from '../nginx/values.ts';

/** A value in one spelling, to compare it with a default; undefined when the controller does not accept it. Gets text without space around it. */
export type Canonical = (text: string) => string | undefined;

export const text: Canonical = (value) => value;

export const bool: Canonical = (value) => parseBoolean(value)?.toString();

export const integer: Canonical = (value) => parseInteger(value)?.toString();

export const onOff: Canonical = (value) => (value === 'on' || value === 'off' ? value : undefined);

/** SizeRegex of the controller's parser: digits with b, k, m or g, in either case. */
export const size: Canonical = (value) => (/^[0-9]+[bkmg]?$/i.test(value) ? value.toLowerCase() : undefined);

/** One of the controller's character sets. */
export const form =
  (pattern: RegExp): Canonical =>
  (value) =>
    hasForm(value, pattern) ? value : undefined;

export const oneOf =
  (...options: readonly string[]): Canonical =>
  (value) =>
    options.includes(value) ? value : undefined;
