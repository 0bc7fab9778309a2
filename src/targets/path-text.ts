/**
 * Text of Exact and PathPrefix matches. The CRD takes unreserved characters, sub-delims, `:`, `@` and escapes, nginx compares decoded text,
 * so any other character is escaped here.
 * Source: the CEL rules of HTTPPathMatch, https://github.com/kubernetes-sigs/gateway-api/blob/main/apis/v1/httproute_types.go
 */
const allowed = /^[A-Za-z0-9/._~!$&'()*+,;=:@-]*$/;
const refused = /[^A-Za-z0-9/._~!$&'()*+,;=:@-]/gu;

/** Longest `path.value` of the CRD. */
export const maximumPathLength = 1024;

export interface PathText {
  readonly value: string;
  readonly escaped: boolean;
}

/** Steps that nginx resolves before it compares: a location that holds one is never reached. */
const unreachable = /\/\/|\/\.\.?(?:\/|$)/;

export function isReachable(path: string): boolean {
  return !unreachable.test(path);
}

/** Made of characters that gateways and nginx read alike, escaped or not (RFC 3986, 2.3). */
export function isUnreserved(path: string): boolean {
  return /^[\w./~-]*$/.test(path);
}

const escape = (character: string): string => {
  let escaped = '';
  // Not encodeURIComponent, which throws on half a surrogate pair.
  for (const byte of Buffer.from(character, 'utf8')) escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return escaped;
};

export function pathText(path: string): PathText {
  if (allowed.test(path)) return { value: path, escaped: false };
  return { value: path.replace(refused, escape), escaped: true };
}

/** A PathPrefix ignores a final slash; without one, equal prefixes are equal texts. */
export function prefixText(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
