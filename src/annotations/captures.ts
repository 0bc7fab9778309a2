/** Number of capture groups of an nginx location pattern. A path of ordinary characters has none. */
export function countGroups(pattern: string): number {
  let groups = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at];
    if (char === '\\') at += 1;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(' && (pattern[at + 1] !== '?' || /^\?(P?<[A-Za-z_]|')/.test(pattern.slice(at + 1, at + 5)))) groups += 1;
  }
  return groups;
}

/**
 * Replacement text with the references to groups the pattern lacks taken out: nginx puts nothing there.
 * nginx knows $1 to $9, one digit each (https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite).
 */
export function dropMissingGroups(text: string, groups: number): string {
  if (!text.includes('$')) return text;
  return text.replace(/\$([1-9])/g, (reference, digit: string) => (Number(digit) <= groups ? reference : ''));
}

/** True when the text holds a variable other than $1 to $9. */
export function hasVariable(text: string): boolean {
  return /\$(?![1-9])/.test(text);
}

/** True when the text holds $1 to $9. */
export function hasCapture(text: string): boolean {
  return /\$[1-9]/.test(text);
}
