import type { PathMatch, PathModifier } from '../../model/gateway.ts';
import type { RedirectIntent } from '../../plan/intents.ts';
import type { RuleDraft } from '../draft.ts';

type Redirect = NonNullable<RuleDraft['redirect']>;
type Unsayable = { readonly reason: string };

const hostname = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Scheme, host and port of `scheme://authority`. */
export function authorityOf(base: string): Redirect | Unsayable {
  const found = /^(https?):\/\/([^:@[\]]+)(?::(\d{1,5}))?$/i.exec(base);
  const host = found?.[2]?.toLowerCase() ?? '';
  if (found === null || host.length > 253 || !hostname.test(host) || /^[\d.]+$/.test(host)) return { reason: `${base} is no plain address with a DNS name` };
  const scheme = found[1]?.toLowerCase() === 'https' ? 'https' : 'http';
  return { scheme, hostname: host, ...(found[3] === undefined ? {} : { port: Number(found[3]) }) };
}

/** Scheme and host that are the request's are left out of the filter. */
function partsOf(base: string): Redirect | Unsayable {
  const own = base.replace('$scheme://', 'http://').replace(/\/\/\$host$/, '//host.invalid');
  const authority = authorityOf(own);
  if ('reason' in authority) return authority;
  const { scheme, hostname: name, port } = authority;
  return {
    ...(base.startsWith('$scheme') ? {} : { scheme }),
    ...(base.endsWith('//$host') ? {} : { hostname: name }),
    ...(port === undefined ? {} : { port }),
  };
}

/**
 * ReplacePrefixMatch of a redirect. Below the prefix `/` Envoy Gateway puts the text in the place of that one slash, so it has to end in another
 * (measured on 1.9.1; the others join at a single slash either way). Elsewhere it would be one too many.
 */
export function replacedPrefix(text: string, { value }: PathMatch): PathModifier {
  const bare = text.replace(/\/$/, '');
  return { type: 'ReplacePrefixMatch', replacePrefixMatch: value === '/' || bare === '' ? `${bare}/` : bare };
}

/** The path of the location with another before it. */
function prefixed(path: string, match: PathMatch): { readonly path: PathModifier } | Unsayable {
  const joined = `${path.replace(/\/$/, '')}${match.value}`;
  switch (match.type) {
    case 'Exact':
      return { path: { type: 'ReplaceFullPath', replaceFullPath: joined } };
    case 'PathPrefix':
      return { path: replacedPrefix(joined, match) };
    case 'RegularExpression':
      return { reason: 'the path of the request has to follow another, which a match by expression cannot say' };
  }
}

/** The fields of RequestRedirect for an address, or why there are none. */
export function redirectTo(location: string, follows: RedirectIntent['follows'], match: PathMatch): Redirect | Unsayable {
  const found = /^((?:https?|\$scheme):\/\/[^/?#]*)?(.*)$/is.exec(location);
  const [, base = '', path = ''] = found ?? [];
  if (path.includes('$')) return { reason: 'it holds a variable of nginx' };
  if (path.includes('?') || path.includes('#')) return { reason: 'the address has a query or a fragment' };
  if (base === '' && (!path.startsWith('/') || path.startsWith('//'))) return { reason: 'the address is neither http nor https' };
  const parts: Redirect | Unsayable = base === '' ? {} : partsOf(base);
  if ('reason' in parts) return parts;
  if (follows === undefined || follows === 'query') return { ...parts, path: { type: 'ReplaceFullPath', replaceFullPath: path === '' ? '/' : path } };
  if (path === '' || path === '/') return parts;
  const modified = prefixed(path, match);
  return 'reason' in modified ? modified : { ...parts, ...modified };
}
