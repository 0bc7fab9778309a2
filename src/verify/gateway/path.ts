import type { VerifyProfile } from './profile.ts';

/** The path of a request as a gateway sees it before it looks for a rule. */
export type NormalPath = { readonly kind: 'path'; readonly path: string; /** What rules are compared with. */ readonly routing: string; readonly query: string } | { readonly kind: 'refused'; readonly status: number };

const unreserved = /[A-Za-z0-9\-._~]/u;

/** Escapes of unreserved characters are undone, all others stay (RFC 3986, 6.2.2.2). */
function decodeUnreserved(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(/%([0-9A-Fa-f]{2})/gu, (whole, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return unreserved.test(character) ? character : whole;
  });
}

/** `.` and `..` segments; what would leave the root stays at it. A last one leaves a slash behind. */
function resolveDots(path: string): string {
  if (!path.includes('/.')) return path;
  const out: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..') {
      out.pop();
    } else if (segment !== '.') {
      out.push(segment);
      continue;
    }
    if (last) out.push('');
  }
  return `/${out.join('/')}`;
}

const broken = { kind: 'refused', status: 400 } as const;

function normaliseAsEnvoy(raw: string, query: string): NormalPath {
  if (raw.includes('%00') || /[^\u0021-\u007e]/u.test(raw)) return broken;
  const hash = raw.indexOf('#');
  // Slashes are merged after dots are resolved: `/a//../b` is `/a/b` (Envoy, normalize_path before merge_slashes).
  const resolved = resolveDots(decodeUnreserved((hash < 0 ? raw : raw.slice(0, hash)).replaceAll('\\', '/')));
  // Of nothing but slashes, Envoy keeps the first and the last one: it joins the parts between them (PathUtil::mergeSlashes).
  const path = /^\/{2,}$/u.test(resolved) ? '//' : resolved.replace(/\/{2,}/gu, '/');
  return { kind: 'path', path, routing: path, query };
}

/** Characters that Go leaves as they are in a path that a client wrote (net/url, validEncoded). */
const writtenAsIs = /[^!$&'()*+,\-./0-9:;=@A-Z[\]_a-z~%]/gu;

const percentEncoded = (character: string): string => [...Buffer.from(character, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

const escapesOfOthers = /(?:%(?!3A|2F|3F|23|5B|5D|40|21|24|26|27|28|29|2A|2B|2C|3B|3D|25)[0-9A-F]{2})+/gu;

/** Traefik compares rules with the path decoded, but for reserved characters. Source: traefik, pkg/muxer/http/mux.go, withRoutingPath */
function decodeForRules(path: string): string {
  return path.replace(escapesOfOthers, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** Source: traefik, pkg/server/server_entrypoint_tcp.go (normalizePath, sanitizePath), and Go's net/url and path.Clean */
function normaliseAsGo(raw: string, query: string): NormalPath {
  if (/%(?![0-9A-Fa-f]{2})|#/u.test(raw) || /[\u0000-\u0020\u007f]/u.test(raw)) return broken;
  const decoded = decodeUnreserved(raw.replace(/%[0-9a-f]{2}/giu, (escape) => escape.toUpperCase())).replace(writtenAsIs, percentEncoded);
  const resolved = resolveDots(decoded.replace(/\/{2,}/gu, '/'));
  // path.Clean leaves no slash where the last segment was one of dots.
  const path = /\/\.{1,2}$/u.test(decoded) && resolved.length > 1 ? resolved.replace(/\/$/u, '') : resolved;
  return { kind: 'path', path, routing: decodeForRules(path), query };
}

/**
 * Decodes, merges slashes and resolves dots. %2F is left alone here. `http://host/path` (absolute form) is not expected.
 * Measured on Envoy and Traefik.
 */
export function normalise(target: string, { paths }: Pick<VerifyProfile, 'paths'>): NormalPath {
  const question = target.indexOf('?');
  const raw = question < 0 ? target : target.slice(0, question);
  const query = question < 0 ? '' : target.slice(question);
  if (!raw.startsWith('/')) return broken;
  return paths === 'go' ? normaliseAsGo(raw, query) : normaliseAsEnvoy(raw, query);
}
