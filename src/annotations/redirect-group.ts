import type { Ingress } from '../model/ingress.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { normaliseText, parseBoolean, parseInteger } from '../nginx/values.ts';

/**
 * The controller reads these six annotations as one group: an empty value of one of them, or a temporal-redirect that is not http(s),
 * makes it forget the others too. Values of a wrong form have already dropped the Ingress.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/redirect/redirect.go
 */
export type RedirectGroup =
  /** `by`: name of the annotation that spoils the group. */
  | { readonly kind: 'ignored'; readonly by: AnnotationName }
  | { readonly kind: 'read'; readonly target: RedirectTarget | undefined; readonly fromToWww: boolean; readonly relative: boolean };

export interface RedirectTarget {
  readonly name: 'temporal-redirect' | 'permanent-redirect';
  readonly url: string;
  readonly status: number;
  /** False: the stated code is missing or out of range, and `status` is the default. */
  readonly codeCounts: boolean;
}

type Texts = (name: AnnotationName) => string | undefined;

const scheme = /^http[a-z0-9+.-]*:/i;
const badPort = /^[a-z0-9+.-]+:\/\/[^/?]*:[^/?]*[^0-9/?:][^/?]*(?:[/?]|$)/i;

/** isValidURL of the controller: a URL whose scheme begins with http. */
function isHttpUrl(url: string): boolean {
  return scheme.test(url) && !badPort.test(url);
}

/** The stated code within the range, or the default. */
function readStatus(raw: string | undefined, last: number, otherwise: number): Pick<RedirectTarget, 'status' | 'codeCounts'> {
  const code = raw === undefined ? undefined : parseInteger(raw);
  const counts = code !== undefined && code >= 300 && code <= last;
  return { status: counts ? code : otherwise, codeCounts: counts };
}

function readTarget(text: Texts): RedirectTarget | AnnotationName | undefined {
  const temporal = text('temporal-redirect');
  if (temporal !== undefined) {
    const url = normaliseText(temporal);
    if (url === '' || !isHttpUrl(url)) return 'temporal-redirect';
    if (text('temporal-redirect-code') === '') return 'temporal-redirect-code';
    return { name: 'temporal-redirect', url, ...readStatus(text('temporal-redirect-code'), 307, 302) };
  }
  const permanent = text('permanent-redirect');
  if (permanent !== undefined && normaliseText(permanent) === '') return 'permanent-redirect';
  if (text('permanent-redirect-code') === '') return 'permanent-redirect-code';
  if (permanent === undefined) return undefined;
  return { name: 'permanent-redirect', url: normaliseText(permanent), ...readStatus(text('permanent-redirect-code'), 308, 301) };
}

/** Reads the group as the controller does. */
export function readRedirectGroup(ingress: Ingress, settings: ControllerSettings): RedirectGroup {
  const text: Texts = (name) => ingress.annotations.get(`${settings.annotationsPrefix}/${name}`);
  const read = (name: AnnotationName): boolean | undefined => {
    const raw = text(name);
    return raw === undefined ? false : parseBoolean(raw);
  };
  const fromToWww = read('from-to-www-redirect');
  if (fromToWww === undefined) return { kind: 'ignored', by: 'from-to-www-redirect' };
  const relative = read('relative-redirects');
  if (relative === undefined) return { kind: 'ignored', by: 'relative-redirects' };
  const target = readTarget(text);
  if (typeof target === 'string') return { kind: 'ignored', by: target };
  return { kind: 'read', target, fromToWww, relative };
}
