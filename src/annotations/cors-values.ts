import { hasForm, normaliseText } from '../nginx/values.ts';

/**
 * Forms and defaults: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/cors/main.go
 * Some of them are written anew, to the same language, because the originals backtrack exponentially outside RE2.
 */
export const defaultMethods: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'];
export const defaultHeaders: readonly string[] = [
  'DNT',
  'Keep-Alive',
  'User-Agent',
  'X-Requested-With',
  'If-Modified-Since',
  'Cache-Control',
  'Content-Type',
  'Range',
  'Authorization',
];
export const DEFAULT_MAX_AGE_SECONDS = 1_728_000;

const originList = /^(?:[A-Za-z0-9.,-]|:(?=[0-9])|(?<=[a-z]):\/\/|\*\.)*$/;
const origin = /^[a-z]+:\/\/(?:\*\.)?[A-Za-z0-9.-]+(?::[0-9]+)?$/;
const headerList = /^[A-Za-z0-9_, -]*$/;
const methodList = /^[A-Za-z](?:[A-Za-z]|(?<=[A-Za-z]),|(?<=[A-Za-z,])\s)*$/;
const exposeList = /^[A-Za-z0-9_*-](?:[A-Za-z0-9_*-]|(?<=[A-Za-z0-9_*-]),|(?<=[A-Za-z0-9_*,-])\s)*$/;

const items = (text: string): readonly string[] => [...new Set(text.split(',').map((item) => item.trim()))].filter((item) => item !== '');

/** Names a browser can compare: a name with a space inside is none. */
const tokens = (text: string): readonly string[] => items(text).filter((item) => !/\s/.test(item));

/** `any`: the value as a whole is not accepted, and every origin is allowed. */
export type Origins = { readonly kind: 'any'; readonly accepted: boolean } | { readonly kind: 'list'; readonly origins: readonly string[]; readonly skipped: readonly string[]; readonly nullOrigin: boolean };

/** What cors-allow-origin comes to. Entries are lower-cased: nginx compares without case, and browsers send lower case. */
export function parseOrigins(raw: string): Origins {
  const text = normaliseText(raw);
  if (text === '*') return { kind: 'any', accepted: true };
  const accepted = text !== '' && hasForm(raw, originList);
  if (!accepted) return { kind: 'any', accepted: false };
  const entries = items(text);
  const valid = entries.filter((entry) => origin.test(entry));
  return {
    kind: 'list',
    origins: [...new Set(valid.map((entry) => entry.toLowerCase()))],
    skipped: entries.filter((entry) => entry !== 'null' && !origin.test(entry)),
    nullOrigin: entries.includes('null'),
  };
}

/** Undefined when the controller takes its default list instead. */
export function parseHeaders(raw: string): readonly string[] | undefined {
  return hasForm(raw, headerList) && normaliseText(raw) !== '' ? tokens(raw) : undefined;
}

export function parseMethods(raw: string): readonly string[] | undefined {
  return hasForm(raw, methodList) && methodList.test(normaliseText(raw)) ? tokens(raw) : undefined;
}

export function parseExposeHeaders(raw: string): readonly string[] | undefined {
  return hasForm(raw, exposeList) && exposeList.test(normaliseText(raw)) ? tokens(raw) : undefined;
}
