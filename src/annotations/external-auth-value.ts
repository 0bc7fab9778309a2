import { objectKey } from '../model/object.ts';
import { basicChars, extendedChars, headerList, httpMethod, urlChars, urlWithVariables } from '../nginx/forms.ts';
import { hasForm, isHeaderName, normaliseText, parseBoolean, parseList, parseUrl } from '../nginx/values.ts';
import type { ExternalAuthIntent } from '../plan/intents.ts';
import type { FamilyInput, PresentAnnotation } from './define.ts';
import { idleCompanions, type IdleCompanion } from './external-auth-companions.ts';
import { externalAuthKeys, type ExternalAuthKey } from './external-auth-keys.ts';
import { parseSecretName } from './secret-name.ts';
import { nameOfKey, presentOf } from './siblings.ts';

/** What the auth annotations of one Ingress come to. */
export type ExternalAuth =
  | { readonly kind: 'none' }
  /** A value cancels the whole group: nginx serves the location without the check. */
  | { readonly kind: 'open'; readonly culprit: PresentAnnotation }
  | { readonly kind: 'refused'; readonly meaning: string }
  | { readonly kind: 'protected'; readonly intent: ExternalAuthIntent; readonly idle: readonly IdleCompanion[] };

type Input = FamilyInput<ExternalAuthKey>;
type Get = Input['get'];

/** Status codes, then at least one time; the controller looks at nothing else. */
function isCacheDuration(text: string): boolean {
  let timed = false;
  for (const word of text.split(' ')) {
    if (/^\d{3}$/.test(word)) {
      if (timed) return false;
    } else if (/^\d+(?:ms|s|m|h|d|w|M|y)$/.test(word)) timed = true;
  }
  return timed;
}

/** Present and not empty: the controller validates nothing else. */
function filled(get: Get, name: ExternalAuthKey): PresentAnnotation | undefined {
  const annotation = get(name);
  return annotation === undefined || annotation.raw === '' ? undefined : annotation;
}

const textOf = (annotation: PresentAnnotation | undefined): string => (annotation === undefined ? '' : normaliseText(annotation.raw));

/** auth-proxy-set-headers: a ConfigMap, with its namespace; without one the look-up fails and nginx answers 503. */
function isHeaderMap(annotation: PresentAnnotation, { ingress, settings, inventory }: Input): boolean {
  const text = textOf(annotation);
  const map = text.indexOf('/') > 0 ? parseSecretName(text, ingress.ref.namespace, settings) : undefined;
  if (map === undefined) return false;
  const known = inventory.configMaps.get(objectKey(map.namespace, map.name));
  return known === undefined || [...known.data.keys()].every((name) => isHeaderName(name));
}

type Obstacle = { readonly kind: 'refused'; readonly because: string } | { readonly kind: 'open'; readonly culprit: PresentAnnotation };
const refusal = (because: string): Obstacle => ({ kind: 'refused', because });

/** The first value the controller stumbles over; it reads the annotations in this order. */
function obstacleOf(input: Input): Obstacle | undefined {
  const { get } = input;
  const url = filled(get, 'auth-url');
  if (url !== undefined && (!hasForm(url.raw, urlWithVariables) || parseUrl(textOf(url)) === undefined)) return refusal('auth-url is no URL it accepts');
  const verb = filled(get, 'auth-method');
  if (verb !== undefined && !hasForm(verb.raw, httpMethod)) return refusal('auth-method is no HTTP method');
  const duration = filled(get, 'auth-cache-duration');
  if (duration !== undefined) {
    if (!extendedChars.test(duration.raw)) return { kind: 'open', culprit: duration };
    if (!parseList(textOf(duration)).every(isCacheDuration)) return refusal('auth-cache-duration holds no duration');
  }
  const headers = filled(get, 'auth-response-headers');
  if (headers !== undefined && !(hasForm(headers.raw, headerList) && parseList(headers.raw).every((name) => isHeaderName(name)))) {
    return refusal('auth-response-headers holds a name that is no header name');
  }
  const map = filled(get, 'auth-proxy-set-headers');
  if (map !== undefined && textOf(map) !== '' && hasForm(map.raw, basicChars) && !isHeaderMap(map, input)) {
    return refusal('auth-proxy-set-headers names no ConfigMap (as namespace/name) that may be used here');
  }
  const redirect = filled(get, 'auth-request-redirect');
  if (redirect !== undefined && !hasForm(redirect.raw, urlChars)) return { kind: 'open', culprit: redirect };
  const cookie = filled(get, 'auth-always-set-cookie');
  return cookie !== undefined && parseBoolean(cookie.raw) === undefined ? { kind: 'open', culprit: cookie } : undefined;
}

/** Source: Parse in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/authreq/main.go */
export function readExternalAuth(input: Input): ExternalAuth {
  const { get, settings } = input;
  const url = textOf(get('auth-url'));
  if (url === '') return { kind: 'none' };
  const obstacle = obstacleOf(input);
  if (obstacle?.kind === 'open') return obstacle;
  if (obstacle !== undefined) return { kind: 'refused', meaning: `answers no request of the Ingress, because ${obstacle.because}` };
  const idle = idleCompanions(get, settings);
  const without = new Set(idle.map(({ annotation }) => annotation.key));
  const use = (name: ExternalAuthKey): string => {
    const annotation = get(name);
    return annotation === undefined || without.has(annotation.key) ? '' : textOf(annotation);
  };
  const from = presentOf(externalAuthKeys.map(get)).filter(({ key }) => !without.has(key) && nameOfKey(key) !== 'enable-global-auth');
  const extras = (['auth-request-redirect', 'auth-proxy-set-headers', 'auth-cache-key', 'auth-cache-duration', 'auth-always-set-cookie'] as const)
    .map((name) => [name, use(name)] as const)
    .filter(([name, text]) => text !== '' && (name !== 'auth-always-set-cookie' || parseBoolean(text) === true));
  return {
    kind: 'protected',
    idle,
    intent: {
      kind: 'external-auth',
      from,
      url,
      method: use('auth-method') || 'GET',
      signinUrl: use('auth-signin'),
      signinRedirectParam: use('auth-signin-redirect-param') || 'rd',
      responseHeaders: parseList(use('auth-response-headers')),
      extras: new Map(extras),
    },
  };
}
