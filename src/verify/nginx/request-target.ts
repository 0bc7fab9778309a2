/** A request target as nginx reads it. */
export interface RequestTarget {
  /** Decoded, merged and resolved, one character per byte: what locations are compared with. */
  readonly path: string;
  /** After the first `?`; undefined without one. */
  readonly query: string | undefined;
}

/** One character per byte: nginx knows no encodings. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Undefined for a broken escape and for a zero byte. */
function decode(raw: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(raw)) return undefined;
  const decoded = raw.replace(/%([0-9A-Fa-f]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return decoded.includes('\0') ? undefined : decoded;
}

/** Undefined when `..` leads above the root. */
function resolve(decoded: string): string | undefined {
  const steps: string[] = [];
  const parts = decoded.split('/').slice(1);
  for (const [position, part] of parts.entries()) {
    const last = position === parts.length - 1;
    if (part === '..' && steps.pop() === undefined) return undefined;
    if (part === '.' || part === '..' || part === '') {
      if (last) steps.push('');
    } else {
      steps.push(part);
    }
  }
  return `/${steps.join('/')}`;
}

/**
 * Path and query of a request; undefined where nginx answers 400. Escapes are decoded first, so %2F separates and %2E%2E goes up.
 * Source: ngx_http_parse_complex_uri in https://github.com/nginx/nginx/blob/release-1.26.3/src/http/ngx_http_parse.c
 */
export function readTarget(target: string): RequestTarget | undefined {
  if (!target.startsWith('/')) return undefined;
  const [whole = ''] = bytesOf(target).split('#', 1);
  const mark = whole.indexOf('?');
  const decoded = decode(mark < 0 ? whole : whole.slice(0, mark));
  const path = decoded === undefined ? undefined : resolve(decoded);
  return path === undefined ? undefined : { path, query: mark < 0 ? undefined : whole.slice(mark + 1) };
}

/** Path and query with their escapes, as gateways compare them. */
export function asWritten(target: string): RequestTarget {
  const bytes = bytesOf(target);
  const mark = bytes.indexOf('?');
  return mark < 0 ? { path: bytes, query: undefined } : { path: bytes.slice(0, mark), query: bytes.slice(mark + 1) };
}

/**
 * Bytes as nginx writes a path that it changed.
 * Source: ngx_escape_uri (NGX_ESCAPE_URI) in https://github.com/nginx/nginx/blob/release-1.26.3/src/core/ngx_string.c
 */
export function escapePath(bytes: string): string {
  return bytes.replace(/[^!$&'()*+,\-./0-9:;=@A-Z[\]_a-z~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
