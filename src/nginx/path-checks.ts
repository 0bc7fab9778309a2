/**
 * nginx compares the decoded path without the query, so an escape never matches, and a question mark only means something in a regex.
 * Texts with `//` or dot segments never match either: the stage that writes matches leaves them out and says so.
 * Source: https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
export function neverMatches(path: string, regex: boolean): boolean {
  return /%[0-9A-Fa-f]{2}/.test(path) || (!regex && path.includes('?'));
}

/** Syntax of PCRE that JavaScript does not have: no verdict on such a path. */
export const onlyPcre = /\(\?|[*+?}]\+|\[\[?:|\\[QEAzZGKRhHvVX]/;
const special = /[\\^$.*+?()[\]{}|]/;

/** Whether nginx would refuse the path as a regular expression. Unknown syntax counts as valid. */
export function isInvalidRegex(path: string): boolean {
  if (!special.test(path) || onlyPcre.test(path)) return false;
  try {
    new RegExp(`^${path}`);
    return false;
  } catch {
    return true;
  }
}
