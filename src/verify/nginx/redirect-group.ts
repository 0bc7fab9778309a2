import type { AnnotationName } from '../../nginx/annotation-table.ts';
import type { AnnotationReader } from '../../nginx/reader.ts';

/** url.Parse of Go, for what the validator lets in: a scheme that begins with http, and a port of digits. */
function isWebAddress(text: string): boolean {
  const [whole, authority = ''] = /^http[a-z\d+.-]*:(?:\/\/([^/?]*))?/iu.exec(text) ?? [];
  return whole !== undefined && !/:\d*[^\d:][^:]*$/u.test(authority);
}

/**
 * The controller reads six annotations as one: an empty value among those it comes to, or a temporal-redirect that is no web address, costs all of them.
 * Values of a wrong form cost the whole Ingress.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/redirect/redirect.go
 */
export function losesRedirects({ raw, text }: AnnotationReader): boolean {
  const isEmpty = (...names: readonly AnnotationName[]): boolean => names.some((name) => raw(name) === '');
  if (isEmpty('from-to-www-redirect', 'relative-redirects', 'temporal-redirect')) return true;
  const temporal = text('temporal-redirect');
  return temporal === '' ? isEmpty('permanent-redirect', 'permanent-redirect-code') : isEmpty('temporal-redirect-code') || !isWebAddress(temporal);
}
