import type { ControllerSettings } from '../nginx/settings.ts';
import { parseBoolean, parseList } from '../nginx/values.ts';
import type { ExternalAuthIntent } from '../plan/intents.ts';
import type { PresentAnnotation } from './define.ts';
import { settingUse } from './setting-use.ts';

/** False only for a spelling of false: any other value leaves the global check on. */
export function globalAuthEnabled(annotation: PresentAnnotation | undefined): boolean {
  return annotation === undefined || parseBoolean(annotation.raw) !== false;
}

const cache = new WeakMap<ControllerSettings, ExternalAuthIntent>();

/**
 * The check of the controller's ConfigMap, for every location without one of its own; undefined when it has none.
 * Source: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#global-auth-url
 */
export function globalAuthOf(settings: ControllerSettings): ExternalAuthIntent | undefined {
  if (settings.globalAuthUrl === '') return undefined;
  const known = cache.get(settings);
  if (known !== undefined) return known;
  const text = (name: string): string => (settings.raw.get(`global-auth-${name}`) ?? '').trim();
  const extras = ['request-redirect', 'proxy-set-headers', 'snippet', 'cache-key', 'cache-duration', 'always-set-cookie']
    .map((name) => [`global-auth-${name}`, text(name)] as const)
    .filter(([name, value]) => value !== '' && (name !== 'global-auth-always-set-cookie' || parseBoolean(value) === true));
  const intent: ExternalAuthIntent = {
    kind: 'external-auth',
    from: [],
    setting: settingUse(settings, 'global-auth-url'),
    url: settings.globalAuthUrl,
    method: text('method') || 'GET',
    signinUrl: text('signin'),
    signinRedirectParam: text('signin-redirect-param') || 'rd',
    responseHeaders: parseList(text('response-headers')),
    extras: new Map(extras),
  };
  cache.set(settings, intent);
  return intent;
}
