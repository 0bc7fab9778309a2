const isHex = (char: string): boolean => /^[0-9A-Fa-f]$/.test(char);

/**
 * Captures for an address, one character per byte: escaped when the path of the request (as it was sent) had an escape or a plus.
 * Source: ngx_http_script_copy_capture_code in https://github.com/nginx/nginx/blob/release-1.26.3/src/http/ngx_http_script.c, NGX_ESCAPE_ARGS in
 * https://github.com/nginx/nginx/blob/release-1.26.3/src/core/ngx_string.c
 */
export function addressCaptures(found: readonly (string | undefined)[], sent: string): readonly (string | undefined)[] {
  if (!/^[^?]*[%+]/.test(sent)) return found;
  return found.map((bytes) => bytes?.replace(/[\x00-\x20"#%&+;<>?\\^`{|}\x7f-\xff]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`));
}

/**
 * What nginx makes of the address of a rewrite: escapes of what an address may hold are undone up to the first question mark, an escape that is none
 * loses its percent sign.
 * Source: ngx_unescape_uri with NGX_UNESCAPE_REDIRECT, which ngx_http_script_regex_end_code calls, in the same files
 */
export function redirectAddress(bytes: string): string {
  let written = '';
  for (let at = 0; at < bytes.length; at += 1) {
    const char = bytes.charAt(at);
    if (char === '?') return written + bytes.slice(at);
    if (char !== '%') {
      written += char;
      continue;
    }
    const [first, second] = [bytes.charAt(at + 1), bytes.charAt(at + 2)];
    at += isHex(first) ? 2 : 1;
    if (!isHex(first)) written += first;
    else if (isHex(second)) {
      const code = Number.parseInt(first + second, 16);
      if (code === 0x3f) return `${written}?${bytes.slice(at + 1)}`;
      written += code > 0x25 && code < 0x7f ? String.fromCharCode(code) : `%${first}${second}`;
    }
  }
  return written;
}
