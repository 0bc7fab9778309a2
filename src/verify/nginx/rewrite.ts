import type { Location } from '../../nginx/configuration.ts';
import { pathWithCapture } from '../../nginx/forms.ts';
import type { AnnotationReader } from '../../nginx/reader.ts';
import { addressCaptures, redirectAddress } from './address.ts';
import { expand, type Variables } from './expand.ts';
import { pcre } from './pattern.ts';
import { bytesOf, escapePath, textOf, type RequestTarget } from './request-target.ts';

/** What rewrite-target makes of a request. */
export type Rewrite =
  | { readonly kind: 'path'; readonly target: string; readonly prefix: string | undefined }
  /** The target is an address: nginx answers 302. */
  | { readonly kind: 'away'; readonly location: string };

/** The catch-all made by a default backend alone keeps no redirect and no rewrite. */
export function isPlain({ automatic, rule }: Location): boolean {
  return !automatic && rule === undefined;
}

/** The path as it is written to nginx: a Prefix equal to its own target has got a final slash, and without one the exact path beside it takes the request as it is. */
function writtenPath({ path, pathType }: Location, target: string): string {
  return pathType === 'Prefix' && target === path && !path.endsWith('/') ? `${path}/` : path;
}

export const withQuery = (path: string, query: string | undefined): string => (query === undefined || query === '' ? path : `${path}?${query}`);

const address = /^(?:https?:\/\/|\$scheme)/;

/**
 * The rewrite of a location; undefined when it has none, and the backend then gets the target as it was sent.
 * Source: buildProxyPass in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go
 */
export function rewriteOf(location: Location, reader: AnnotationReader, { path, query }: RequestTarget, variables: Variables): Rewrite | undefined {
  const target = pathWithCapture.test(reader.raw('rewrite-target') ?? '') && !isPlain(location) ? reader.text('rewrite-target') : '';
  if (target === '') return undefined;
  const written = writtenPath(location, target);
  if (written === target) return undefined;
  const found = pcre(bytesOf(written), 'i')?.exec(path);
  if (found === null || found === undefined) return undefined;
  if (address.test(target)) {
    const captures = addressCaptures(found, variables('request_uri') ?? '');
    return { kind: 'away', location: textOf(withQuery(redirectAddress(expand(bytesOf(target), captures, variables)), query)) };
  }
  const replaced = expand(bytesOf(target), found, variables);
  const prefix = reader.text('x-forwarded-prefix');
  return {
    kind: 'path',
    target: withQuery(escapePath(replaced), query),
    prefix: prefix === '' ? undefined : textOf(expand(bytesOf(prefix), found, variables)),
  };
}
