import { basicChars, urlChars } from '../../nginx/forms.ts';
import type { AnnotationReader } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { hasForm } from '../../nginx/values.ts';

type Key = 'proxy-redirect-from' | 'proxy-redirect-to' | 'proxy-cookie-domain' | 'proxy-cookie-path';

const forms: Readonly<Record<Key, RegExp>> = { 'proxy-redirect-from': urlChars, 'proxy-redirect-to': urlChars, 'proxy-cookie-domain': basicChars, 'proxy-cookie-path': urlChars };

/** The value of the annotation, of the ConfigMap where there is none that the controller takes, or `off`. */
function inForce(key: Key, reader: AnnotationReader | undefined, settings: ControllerSettings): string {
  const own = reader?.text(key) ?? '';
  return own !== '' && hasForm(own, forms[key]) ? own : (settings.raw.get(key) ?? 'off').trim();
}

/** Two words are a text and its replacement; `off` and what nginx does not load replace nothing. */
function pair(text: string): readonly (readonly [string, string])[] {
  const [from, to, more] = text.split(/\s+/);
  return from === undefined || to === undefined || more !== undefined ? [] : [[from, to]];
}

/**
 * Parts of headers that nginx replaces in answers. `default`, and a text without a replacement, change at most what names the controller's own
 * upstream, which no backend sends; where gRPC is spoken the directives are void.
 * Source: proxy_redirect, proxy_cookie_domain and proxy_cookie_path in
 * https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
export function headerRewritesOf(reader: AnnotationReader | undefined, settings: ControllerSettings): ReadonlyMap<string, string> | undefined {
  if (/^(?:grpcs?|fcgi)$/i.test(reader?.text('backend-protocol') ?? '')) return undefined;
  const of = (key: Key): string => inForce(key, reader, settings);
  const [from, to] = [of('proxy-redirect-from'), of('proxy-redirect-to')];
  const replaces = from !== 'off' && from !== 'default' && to !== 'off';
  const rewrites = [
    ...(replaces ? [['location', `${from} -> ${to}`] as const] : []),
    ...pair(of('proxy-cookie-domain')).map(([old, now]) => ['set-cookie domain', `${old} -> ${now}`] as const),
    ...pair(of('proxy-cookie-path')).map(([old, now]) => ['set-cookie path', `${old} -> ${now}`] as const),
  ];
  return rewrites.length === 0 ? undefined : new Map(rewrites);
}
